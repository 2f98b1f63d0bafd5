# SPDX-License-Identifier: GPL-2.0-only
# dma-bufs: the command dmabufdump, with the module that it needs.

ALL_SYSTEMS     += dmabuf
dmabuf_COMMANDS := dmabufdump
dmabuf_DKMS     := dmabuf-kfuncs

DMABUF_BPF := dmabufdump dmabufdump_small dmabufdump_large dmabuf_holders
dmabufdump_HEADERS := $(DMABUF_BPF:%=%.lskel.h) dmabufdump_id.h dmabuf_text.lskel.h \
	dmabuf_text_target.lskel.h

# The walk in two more forms, for kernels that know no iterators: see bpf/dmabufdump.bpf.c.
$(BUILD)/dmabufdump_%.bpf.o: bpf/dmabufdump.bpf.c $(wildcard bpf/*.h) | tools $(BUILD)
	$(BPF_COMPILE) -DDB_SNAPSHOT=DB_SNAPSHOT_$(if $(filter small,$*),SMALL,LARGE) -c $< -o $@

# What is pinned is used by programs with the same objects only.
$(BUILD)/dmabufdump_id.h: $(DMABUF_BPF:%=$(BUILD)/%.bpf.o)
	printf '#define DMABUFDUMP_BPF_ID 0x%sULL\n' "$$(cat $^ | sha256sum | cut -c 1-16)" >$@
