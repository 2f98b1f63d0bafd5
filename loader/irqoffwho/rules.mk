# SPDX-License-Identifier: GPL-2.0-only
# Deferral from NMI: the command irqoffwho, with the module that it needs.

ALL_SYSTEMS += nmi
nmi_DKMS    := nmi-defer

# It knows the registers of x86-64 only. Modules' struct_ops are known to libbpf 1.4 and later.
ifneq ($(and $(filter x86_64%,$(shell $(CC) -dumpmachine)),\
	$(shell $(PKGCONFIG) --atleast-version=1.4 libbpf 2>/dev/null && echo new)),)
nmi_COMMANDS := irqoffwho
else
.PHONY: irqoffwho
irqoffwho:
	@echo "make: irqoffwho is for x86-64, and needs libbpf 1.4 or later" >&2; exit 1
endif

irqoffwho_HEADERS := irqoffwho.skel.h

$(BUILD)/irqoffwho.bpf.o: BPF_COMPILE += -D__TARGET_ARCH_x86

# libbpf reads its program as an ELF file, which Debian's static libelf can't.
$(BUILD)/irqoffwho: STATIC :=
$(BUILD)/irqoffwho: LIBS = $$($(PKGCONFIG) --libs libbpf)
