# SPDX-License-Identifier: GPL-2.0-only
# What only tests of freqext need. Included by tests/Makefile.

# Not where libbpf knows no struct_ops of modules (Debian 12's), nor where there is no cpufreq.
HAVE_CPU_FREQ := $(shell grep -qs ^CONFIG_CPU_FREQ=y $(KDIR)/.config $(KDIR)/include/config/auto.conf && \
	grep -s bpf_link__update_map /usr/include/bpf/libbpf.h)

ifneq ($(HAVE_CPU_FREQ),)
PROGRAMS += probe cost scx
OBJECTS  += probe.bpf.o cost.bpf.o scx.bpf.o example.bpf.o bad_sleepable.bpf.o bad_write.bpf.o bad_license.bpf.o \
	    bad_type.bpf.o bad_xdp.bpf.o bad_none.bpf.o bad_two.bpf.o bad_name.bpf.o bad_noname.bpf.o
MODULES  += cpufreq_dummy.ko
endif

vpath %.c freqext
vpath %.bpf.c freqext

$(BUILD)/cpufreq_dummy.ko: $(BUILD)/ws_fixture.ko
	cp fixture/$(@F) $@

# One source, spoilt in as many ways.
$(BUILD)/bad_%.bpf.o: freqext/bad.bpf.c | $(BUILD)
	$(BPF_COMPILE) -DBAD_$* -c $< -o $@

# The example of the page, as its reader copies it.
$(BUILD)/example.bpf.c: ../docs/write-a-governor.md | $(BUILD)
	sed -n '/^    \/\/ SPDX/,/^    char LICENSE/s/^    //p; /^$$/p' $< >$@

$(BUILD)/example.bpf.o: $(BUILD)/example.bpf.c
	$(BPF_COMPILE) -c $< -o $@
