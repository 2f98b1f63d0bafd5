# SPDX-License-Identifier: GPL-2.0-only
# The library. wsdump is linked with it, and knows libwakeup.h only.

libwakeup_COMMON  := fail kfuncs kmsg load modprobe pins
libwakeup_HEADERS := wsdump.lskel.h wsdump_old.lskel.h wsdump_id.h trace.lskel.h
# The number rises when a program that was linked with an older one would not run.
libwakeup_SONAME  := libwakeup.so.0

# The same source for old kernels: bpf/compat.bpf.h.
$(BUILD)/wsdump_old.bpf.o: bpf/wsdump.bpf.c $(wildcard bpf/*.h) | tools $(BUILD)
	$(BPF_COMPILE) -DBPF_NO_LOOPS_AND_CASTS -c $< -o $@

# What is pinned is used by programs with the same walk only.
$(BUILD)/wsdump_id.h: $(BUILD)/wsdump.bpf.o $(BUILD)/wsdump_old.bpf.o
	printf '#define WSDUMP_BPF_ID 0x%sULL\n' "$$(cat $^ | sha256sum | cut -c 1-16)" >$@
