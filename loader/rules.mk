# SPDX-License-Identifier: GPL-2.0-only
# How a command and a library are built and installed. What there are is in loader/*/rules.mk.
# Included by the Makefile on top.

# Those of the systems that are wanted.
COMMANDS      = $(foreach system,$(SYSTEMS),$($(system)_COMMANDS))
LIBRARIES     = $(foreach system,$(SYSTEMS),$($(system)_LIBRARIES))
ALL_COMMANDS  = $(foreach system,$(ALL_SYSTEMS),$($(system)_COMMANDS))
ALL_LIBRARIES = $(foreach system,$(ALL_SYSTEMS),$($(system)_LIBRARIES))

.PHONY: tools
tools:
	$(call need,$(CC),gcc)
	$(call need,$(CLANG),clang)
	$(call need,$(BPFTOOL),bpftool)
	$(call need,$(HOST_PKGCONFIG),pkgconf)
	$(call need_lib,libbpf,libbpf-dev)
	$(call need_lib,json-c,libjson-c-dev)
	$(call need_lib,ncursesw,libncurses-dev)

$(BUILD):
	mkdir -p $@

# --- BPF programs ---------------------------------------------------------------

# The kernel's own headers stand in a directory for each architecture on Debian, which
# clang knows by a longer name.
MULTIARCH    = $(or $(shell $(CC) -print-multiarch 2>/dev/null),$(subst -pc-,-,$(shell $(CC) -dumpmachine 2>/dev/null)))
BPF_COMPILE  = $(CLANG) -target bpf -mcpu=v3 -O2 -g -Wall -Wextra -Werror \
	-idirafter /usr/include/$(MULTIARCH)

$(BUILD)/%.bpf.o: bpf/%.bpf.c $(wildcard bpf/*.h) | tools $(BUILD)
	$(BPF_COMPILE) -c $< -o $@

# Light skeletons: the program, and one for the kernel that loads it. They need fewer
# capabilities than libbpf's full ones, and are loaded in a third of the time.
$(BUILD)/%.lskel.h: $(BUILD)/%.bpf.o
	$(BPFTOOL) gen skeleton -L $< name $*_bpf >$@

# For what a light one can't load: struct_ops.
$(BUILD)/%.skel.h: $(BUILD)/%.bpf.o
	$(BPFTOOL) gen skeleton $< name $*_bpf >$@

# --- C --------------------------------------------------------------------------

# Where a static program starts and ends, gcc 13 and later read all of its unwind tables, which
# takes a tenth of a run. Nothing here unwinds: no exceptions, no cancelled threads. So the
# start files find these two missing, as they may be.
NO_UNWINDING = $(addprefix -Wl$(comma)--defsym=,__register_frame_info=0 __deregister_frame_info=0)
comma       := ,

# Load programs, read saved snapshots, draw the screen of `wsdump watch`.
LIBS = $$($(PKGCONFIG) $(if $(STATIC),--static) --libs libbpf json-c ncursesw) \
	$(if $(STATIC),$(ELF_GAP))

# libbpf needs libelf for files that hold programs, which nothing here opens. Debian 13's static
# libelf calls two functions for these that it does not have; whoever called them would end.
ELF_TREE = $(shell nm $$($(CC) -print-file-name=libelf.a) 2>/dev/null | \
	sed -n 's/.* \(.\) eu_search_tree_init$$/\1/p' | sort -u)
ELF_GAP  = $(if $(filter xU,x$(ELF_TREE)),\
	$(addprefix -Wl$(comma)--defsym=,eu_search_tree_init=abort eu_search_tree_fini=abort))

COMPILE = $(CC) $(CPPFLAGS) -D_GNU_SOURCE -DWSDUMP_VERSION='"$(VERSION)"' -I$(BUILD) -Iloader \
	$(CFLAGS) -std=gnu11 -fvisibility=hidden $(WARN) -MMD -MP -c $< -o $@

$(BUILD)/obj/%.o: loader/%.c | tools
	@mkdir -p $(@D)
	$(COMPILE)

$(BUILD)/pic/%.o: loader/%.c | tools
	@mkdir -p $(@D)
	$(COMPILE) -fPIC

# What is common to the commands. Each takes what it calls.
COMMON_OBJECTS := $(patsubst loader/%.c,$(BUILD)/obj/%.o,$(wildcard loader/common/*.c))

$(BUILD)/common.a: $(COMMON_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^

# Objects of the sources in a folder of loader/: FOLDER, "obj" or "pic"
objects = $(patsubst loader/%.c,$(BUILD)/$(2)/%.o,$(wildcard loader/$(1)/*.c))

# $(call library,NAME): of all in loader/NAME/ and NAME_COMMON in loader/common/. NAME_HEADERS are
# what has to be made before, such as skeletons.
#
# The static one is one object, in which only the functions of NAME.h can be seen from outside: a
# command has a fail() of its own.
define library
.PHONY: $(1)
$(1): $(BUILD)/$(1).a $(BUILD)/$(1).so.$(VERSION)

$(1)_OBJECTS := $(call objects,$(1),obj) $($(1)_COMMON:%=$(BUILD)/obj/common/%.o)
$(1)_PIC     := $(call objects,$(1),pic) $($(1)_COMMON:%=$(BUILD)/pic/common/%.o)

$$($(1)_OBJECTS) $$($(1)_PIC): $($(1)_HEADERS:%=$(BUILD)/%)

$(BUILD)/$(1).a: $$($(1)_OBJECTS)
	$$(CC) -r -nostdlib $$^ -o $$(BUILD)/$(1).whole.o
	$$(OBJCOPY) --localize-hidden $$(BUILD)/$(1).whole.o
	rm -f $$@
	$$(AR) rcs $$@ $$(BUILD)/$(1).whole.o

$(BUILD)/$(1).so.$(VERSION): $$($(1)_PIC) loader/$(1)/$(1).map
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -shared -Wl,-soname,$($(1)_SONAME) -Wl,-z,defs \
		-Wl,--version-script=loader/$(1)/$(1).map $$($(1)_PIC) \
		$$$$($$(PKGCONFIG) --libs libbpf) -o $$@

-include $$($(1)_OBJECTS:.o=.d) $$($(1)_PIC:.o=.d)
endef
$(foreach name,$(ALL_LIBRARIES),$(eval $(call library,$(name))))

# $(call command,NAME): of all in loader/NAME/, what it calls of loader/common/, and NAME_LIBRARIES.
# NAME_HEADERS as above.
define command
.PHONY: $(1)
$(1): $(BUILD)/$(1)

$(1)_OBJECTS := $(call objects,$(1),obj)

$$($(1)_OBJECTS): $($(1)_HEADERS:%=$(BUILD)/%)

$(BUILD)/$(1): $$($(1)_OBJECTS) $($(1)_LIBRARIES:%=$(BUILD)/%.a) $(BUILD)/common.a
	$$(CC) $$(CFLAGS) $$(LDFLAGS) $$(STATIC) $$(if $$(STATIC),$$(NO_UNWINDING)) $$^ $$(LIBS) -o $$@

-include $$($(1)_OBJECTS:.o=.d)
endef
$(foreach name,$(ALL_COMMANDS),$(eval $(call command,$(name))))

-include $(COMMON_OBJECTS:.o=.d)

# --- Android --------------------------------------------------------------------

# No NDK: what is static needs no C library of Android's. See docs/android.md.
ANDROID = ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- BUILD=$(BUILD)/android

.PHONY: android

android:
	$(MAKE) $(ANDROID) $(COMMANDS)
	$(if $(filter command environment,$(origin KDIR)),\
		$(MAKE) $(ANDROID) KDIR="$(KDIR)" MODULES="$(MODULES)" modules && \
		cp $(MODULES:%=module/%.ko) $(BUILD)/android/)

# --- installing -----------------------------------------------------------------

# A command brings its page, its completions and its units, as far as it has any.
UNITS = $(patsubst loader/$(1)/%,%,$(wildcard loader/$(1)/*.timer) \
	$(patsubst %.in,%,$(wildcard loader/$(1)/*.service.in)))

define install_command
.PHONY: install-$(1) uninstall-$(1)

install-$(1): $(1)
	install -D -m 755 $$(BUILD)/$(1) $$(DESTDIR)$$(SBINDIR)/$(1)
	install -D -m 644 man/$(1).8 $$(DESTDIR)$$(MANDIR)/man8/$(1).8
	install -D -m 644 completions/$(1).bash $$(DESTDIR)$$(BASHDIR)/$(1)
	install -D -m 644 completions/_$(1) $$(DESTDIR)$$(ZSHDIR)/_$(1)
	install -d $$(DESTDIR)$$(UNITDIR)
	for unit in $(call UNITS,$(1)); do \
		file=loader/$(1)/$$$$unit; [ -e $$$$file ] || file=$$$$file.in; \
		sed 's|@sbindir@|$$(SBINDIR)|' $$$$file >$$(DESTDIR)$$(UNITDIR)/$$$$unit; \
	done

uninstall-$(1):
	$$(if $$(DESTDIR),,loader/uninstall $(1) $$(SBINDIR)/$(1) $(call UNITS,$(1)))
	rm -f $$(DESTDIR)$$(SBINDIR)/$(1) $$(DESTDIR)$$(MANDIR)/man8/$(1).8 \
		$$(DESTDIR)$$(BASHDIR)/$(1) $$(DESTDIR)$$(ZSHDIR)/_$(1) \
		$$(addprefix $$(DESTDIR)$$(UNITDIR)/,$(call UNITS,$(1)))
endef
$(foreach name,$(ALL_COMMANDS),$(eval $(call install_command,$(name))))

# A library may have a page, which its functions have as well.
MAN3      = $(MANDIR)/man3
FUNCTIONS = $(shell sed -n 's/^\.Fn \([a-z_]*\) .*/\1/p' man/$(1).3 2>/dev/null | sort -u)

# The unversioned link is what programs are linked with, NAME_SONAME what they run with.
define install_library
.PHONY: install-$(1) uninstall-$(1)

install-$(1): $(1)
	install -D -m 644 loader/$(1)/$(1).h $$(DESTDIR)$$(INCLUDEDIR)/$(1).h
	install -D -m 644 $$(BUILD)/$(1).a $$(DESTDIR)$$(LIBDIR)/$(1).a
	rm -f $$(DESTDIR)$$(LIBDIR)/$(1).so*
	install -m 644 $$(BUILD)/$(1).so.$(VERSION) $$(DESTDIR)$$(LIBDIR)/
	ln -sf $(1).so.$(VERSION) $$(DESTDIR)$$(LIBDIR)/$($(1)_SONAME)
	ln -sf $($(1)_SONAME) $$(DESTDIR)$$(LIBDIR)/$(1).so
	install -d $$(DESTDIR)$$(LIBDIR)/pkgconfig
	sed -e 's|@prefix@|$$(PREFIX)|' -e 's|@includedir@|$$(INCLUDEDIR)|' \
		-e 's|@libdir@|$$(LIBDIR)|' -e 's|@version@|$$(VERSION)|' \
		-e 's|@elf_gap@|$$(strip $$(ELF_GAP))|' loader/$(1)/$(1).pc.in \
		>$$(DESTDIR)$$(LIBDIR)/pkgconfig/$(1).pc
	$$(if $$(wildcard man/$(1).3),install -D -m 644 man/$(1).3 $$(DESTDIR)$$(MAN3)/$(1).3)
	for name in $$(call FUNCTIONS,$(1)); do ln -sf $(1).3 $$(DESTDIR)$$(MAN3)/$$$$name.3; done
	$$(if $$(DESTDIR),,[ "$$$$(id -u)" != 0 ] || ldconfig)

uninstall-$(1):
	rm -f $$(DESTDIR)$$(INCLUDEDIR)/$(1).h $$(DESTDIR)$$(LIBDIR)/$(1).a \
		$$(DESTDIR)$$(LIBDIR)/$(1).so* $$(DESTDIR)$$(LIBDIR)/pkgconfig/$(1).pc \
		$$(addprefix $$(DESTDIR)$$(MAN3)/,$(1).3 $$(addsuffix .3,$$(call FUNCTIONS,$(1))))
	$$(if $$(DESTDIR),,[ "$$$$(id -u)" != 0 ] || ldconfig)
endef
$(foreach name,$(ALL_LIBRARIES),$(eval $(call install_library,$(name))))

.PHONY: install-command install-library uninstall-command uninstall-library

install-command: $(COMMANDS:%=install-%)
install-library: $(LIBRARIES:%=install-%)
uninstall-command: $(COMMANDS:%=uninstall-%)
uninstall-library: $(LIBRARIES:%=uninstall-%)
