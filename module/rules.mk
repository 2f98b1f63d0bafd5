# SPDX-License-Identifier: GPL-2.0-only
# The modules: how they are built, and given to DKMS. Included by the Makefile on top. This and
# module/ are all that DKMS gets.

# The names that DKMS has for the modules of the systems that are wanted, and the conf of each: that of
# wakeup-kfuncs is where `dkms add` looks for it. In DKMS's copy there is one conf only.
DKMS_NAMES = $(foreach system,$(SYSTEMS),$($(system)_DKMS))
DKMS_CONFS = $(if $(DKMS_NAMES),$(foreach name,$(DKMS_NAMES),\
	$(or $(wildcard module/$(name).dkms.conf),dkms.conf)),dkms.conf)

# The kernel that KDIR is for. Its release is what decides which modules it needs.
RELEASE = $(or $(shell cat $(KDIR)/include/config/kernel.release 2>/dev/null),$(KVER))

# All that this kernel can be served with; module/serves says why it leaves one out, so ask it
# when it matters, and once.
ifeq ($(origin MODULES),undefined)
MODULES = $(eval MODULES := $(foreach conf,$(DKMS_CONFS),\
	$(shell module/serves $(conf) "$(RELEASE)" "$(KDIR)")))$(MODULES)
endif

.PHONY: modules modules-clean module-tools

modules:
	$(if $(strip $(MODULES)),$(build_modules))

# What can be missing is looked for before kbuild runs.
check_tools = @KVER="$(KVER)" CROSS_COMPILE="$(CROSS_COMPILE)" LLVM="$(LLVM)" MAKEFLAGS= \
	module/tools "$(KDIR)" "$(if $(filter command,$(origin CC)),$(CC))"

module-tools:
	$(check_tools)

BTF_TOOLS := $(addprefix $(BUILD)/btf/,kernel_btf resolve_ids check_ids)

define build_modules
$(check_tools)
@$(MAKE) -s $(BTF_TOOLS)
+VMLINUZ="$(VMLINUZ)" module/compile $(KDIR) $(BUILD)/btf $(MODULES)
endef

$(BUILD)/btf/%: module/btf/%.c $(wildcard module/btf/*.h)
	$(call need,$(HOSTCC),gcc)
	mkdir -p $(@D)
	$(HOSTCC) -O2 -std=gnu11 $(WARN) $< -o $@

modules-clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) clean

# --- DKMS ---------------------------------------------------------------------

# What has systemd load a module at boot, for systems that have module/NAME.at-boot.conf.
AT_BOOT = $(UNITDIR)/sysinit.target.d
at_boot = $(patsubst module/%.at-boot.conf,%,$(wildcard $(1:%=module/%.at-boot.conf)))

.PHONY: install-module uninstall-module

# Under DESTDIR there is no DKMS: it gets the source, for a package's scripts to register.
install-module:
	set -e; for name in $(DKMS_NAMES); do \
		$(if $(DESTDIR),module/dkms copy $$name $(DESTDIR)/usr/src/$$name-$(VERSION),\
			module/dkms install $$name $(KVER)); \
	done
	set -e; for name in $(call at_boot,$(DKMS_NAMES)); do \
		install -D -m 644 module/$$name.at-boot.conf $(DESTDIR)$(AT_BOOT)/$$name.conf; done

uninstall-module:
	rm -f $(DKMS_NAMES:%=$(DESTDIR)$(AT_BOOT)/%.conf)
	[ ! -d $(DESTDIR)$(AT_BOOT) ] || rmdir --ignore-fail-on-non-empty $(DESTDIR)$(AT_BOOT)
	set -e; for name in $(DKMS_NAMES); do \
		$(if $(DESTDIR),rm -rf $(DESTDIR)/usr/src/$$name-$(VERSION),module/dkms remove $$name); \
	done
