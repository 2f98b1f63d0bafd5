# SPDX-License-Identifier: GPL-2.0-only
# What tests of deferral from NMI need. Their source of NMIs is for x86, and their programs want a
# libbpf that knows modules' struct_ops.

DEFERRING := defer owners parity storm

ifeq ($(shell grep -s ^CONFIG_X86_64=y $(KDIR)/.config)$(shell pkg-config --atleast-version=1.4 libbpf && echo new),CONFIG_X86_64=ynew)
PROGRAMS += $(DEFERRING) defer_bench
OBJECTS  += defer_refusals.bpf.o defer_refusals_license.bpf.o
MODULES  += nmi_fixture.ko
endif

vpath %.c nmi_defer
vpath %.bpf.c nmi_defer

$(BUILD)/nmi_fixture.ko: $(BUILD)/ws_fixture.ko
	cp fixture/$(@F) $@

$(BUILD)/%.skel.h: $(BUILD)/%.bpf.o
	bpftool gen skeleton $< name $*_bpf >$@

$(BUILD)/defer.bpf.o $(BUILD)/defer_bench.bpf.o: $(wildcard nmi_defer/*.h) ../bpf/nmi_defer.bpf.h
$(BUILD)/defer.bpf.o $(BUILD)/defer_bench.bpf.o: BPF_COMPILE += -D__TARGET_ARCH_x86

$(BUILD)/defer_refusals_license.bpf.o: nmi_defer/defer_refusals.bpf.c | $(BUILD)
	$(BPF_COMPILE) -DNOT_GPL -c $< -o $@

DEFER = $(CC) $(CFLAGS) -I$(BUILD) -Inmi_defer $(filter %.c,$^) -lbpf -pthread -o $@

$(DEFERRING:%=$(BUILD)/%): $(BUILD)/%: nmi_defer/%.c nmi_defer/harness.c ../loader/common/defer.c \
		$(BUILD)/defer.skel.h | $(BUILD)
	$(DEFER)

$(BUILD)/defer_bench: nmi_defer/defer_bench.c ../loader/common/defer.c $(BUILD)/defer_bench.skel.h | $(BUILD)
	$(DEFER)
