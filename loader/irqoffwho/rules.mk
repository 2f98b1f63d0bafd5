# SPDX-License-Identifier: GPL-2.0-only
# Deferral from NMI: the command irqoffwho, with the module that it needs.

ALL_SYSTEMS += nmi
nmi_DKMS    := nmi-defer

# It knows the registers of x86-64 only. Modules' struct_ops are known to libbpf 1.4 and later.
ifneq ($(and $(filter x86_64%,$(shell $(CC) -dumpmachine 2>/dev/null)),\
	$(shell $(PKGCONFIG) --atleast-version=1.4 libbpf 2>/dev/null && echo new)),)
nmi_COMMANDS := irqoffwho

# It brings the header for programs of others that defer, with the one that this includes.
DEFER_HEADERS := nmi_defer.bpf.h compat.bpf.h

.PHONY: install-defer-header uninstall-defer-header
install-irqoffwho: install-defer-header
uninstall-irqoffwho: uninstall-defer-header

install-defer-header:
	install -d $(DESTDIR)$(INCLUDEDIR)/nmi_defer
	install -m 644 $(DEFER_HEADERS:%=bpf/%) $(DESTDIR)$(INCLUDEDIR)/nmi_defer/

uninstall-defer-header:
	rm -f $(DEFER_HEADERS:%=$(DESTDIR)$(INCLUDEDIR)/nmi_defer/%)
	[ ! -d $(DESTDIR)$(INCLUDEDIR)/nmi_defer ] || rmdir $(DESTDIR)$(INCLUDEDIR)/nmi_defer
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
