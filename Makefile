# SPDX-License-Identifier: GPL-2.0-only
#
# The verbs people type: `make help` lists them. What the kernel's build system
# compiles is in Kbuild.

VERSION := $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)

KVER    ?= $(shell uname -r)
KDIR    ?= /lib/modules/$(KVER)/build
BUILD   ?= build
PREFIX  ?= /usr/local
SBINDIR ?= $(PREFIX)/sbin
LIBDIR  ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR  ?= $(PREFIX)/share/man
UNITDIR ?= $(PREFIX)/lib/systemd/system
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR  ?= $(PREFIX)/share/zsh/site-functions

# For another architecture, CROSS_COMPILE=aarch64-linux-gnu- and the like: the kernel's
# build system takes it as well. What is to run here has HOST in its name.
CROSS_COMPILE  ?=
ifeq ($(origin CC),default)
CC             := $(CROSS_COMPILE)gcc
endif
ifeq ($(origin AR),default)
AR             := $(CROSS_COMPILE)ar
endif
OBJCOPY        ?= $(CROSS_COMPILE)objcopy
PKGCONFIG      ?= $(CROSS_COMPILE)pkg-config
CLANG          ?= clang
BPFTOOL        ?= bpftool
HOSTCC         ?= gcc
HOST_PKGCONFIG ?= pkg-config
CFLAGS    ?= -O2 -g
# The dynamic linker costs more than all that the command does when it is pinned.
STATIC    ?= -static
WARN      := -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes

# bpftool and modinfo are where a user's PATH often does not look.
export PATH := $(PATH):/usr/sbin:/sbin

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all modules modules-clean wsdump libwakeup install uninstall demo test vm clean distclean help

all: wsdump libwakeup modules

help:
	@sed -n 's/^## //p' Makefile

## make                build the module for the running kernel, and the command
## make wsdump         build the command only
## make modules        build the module only; KVER=6.12.1-example for another kernel
## make install        install both, the module by DKMS; as root
## make uninstall      remove both; as root
## make deb            Debian packages of both, in build/deb
## make android        build the command for Android, static, in build/android; and the
##                     module, given the device's kernel tree: KDIR=/path LLVM=1
## make demo           boot a stock Debian kernel in a VM and print its wakeup sources;
##                     KERNEL=6.1 for another row of tests/vm/kernels
## make test           run the tests on a stock Debian kernel, in such VMs: some ten minutes;
##                     TESTS="names refusals" for some tests, KERNELS="6.1* arm64" for
##                     other kernels: names, architectures and modes of tests/vm/kernels
## make test-ci        more of them, such as those of packages, and on three kernels more what is
##                     about the kernel
## make test-all       all tests on all kernels: hours, and some GB to download and to keep
## make support-table  write what came of that into docs/testing.md
## make refusals-table write what verifiers said to misuses of the kfuncs, when tests refusals
##                     and in_tree were last run, into docs/refusals.md
## make check          what compilers, cppcheck, clang-tidy, sparse and checkpatch say
## make test-sanitize  the tests with a command that ASan, LSan and UBSan watch; TESTS as above
## make coverage       which lines of the command those have run, as docs/coverage.md
## make pictures       the pictures of the README, in such a VM: docs/*.svg and its listing
## make debug-kernel   build two kernels for these VMs: one that checks memory, locks and
##                     lifetimes, and one that finds data races
## make test-debug     run all tests on them that are about a kernel, with longer stresses:
##                     STRESS_SECONDS=1800; DEBUG_KERNELS=kcsan for one of the two; JOBS=6
##                     for so many at a time, as long stresses are long
## make bench          instructions and time of every way to read the list, in such VMs, against
##                     budgets; SIZES="158 1008" for some numbers of sources, KERNELS="6.12" for
##                     some kernels
## make bench-nosysfs  what the nodes in sysfs cost, and what wakeup_nosysfs.ko gives back
## make profile        what the command and the library spend instructions on, by function;
##                     PROFILE="1008 used" for other sources than 1,008 without an event
## make fuzz           feed any bytes to what reads files, with libFuzzer; FUZZ_SECONDS=3600
## make vm             a shell in such a VM, with the module loaded
## make clean          remove what was built
## make distclean      the same, and say what is left in the cache that all clones share
##
## For arm64 on another machine: ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- with wsdump,
## modules and install-command; KDIR has that kernel's headers.
##
## install takes KVER, PREFIX and DESTDIR (the last for the command only). VMLINUZ is the
## kernel's image, where headers without BTF need it and it's in none of the usual places.

# $(call need,TOOL,PACKAGE): stop with the package's name when a tool is missing.
need = @command -v $(1) >/dev/null || { \
	echo "make: '$(1)' is missing: install package $(2)" >&2; exit 1; }
# $(call need_lib,MODULE,PACKAGE): likewise for a library of this machine.
need_lib = @$(HOST_PKGCONFIG) --exists $(1) || { \
	echo "make: library '$(1)' is missing: install package $(2)" >&2; exit 1; }

# --- the module ---------------------------------------------------------------

modules:
	@test -e $(KDIR)/Makefile || { echo "make: no kernel headers in $(KDIR):" \
		"install package linux-headers-$(KVER), or give KVER=" >&2; exit 1; }
	$(if $(OWN_BTF),rm -f module/wakeup_kfuncs.ko)
	$(MAKE) -C $(KDIR) M=$(CURDIR) $(if $(OWN_BTF),CONFIG_DEBUG_INFO_BTF_MODULES=) modules
	$(if $(OWN_BTF),$(MAKE) module-btf)

# kbuild makes a module's BTF only where the headers come with the kernel's, and with
# the tool that resolves ids; that of Debian 12 has neither. Then kbuild is told not to
# try, and module/btf/ does it, each time to a module just linked. The headers are
# left as they are.
RESOLVE_BTFIDS = $(KDIR)/tools/bpf/resolve_btfids/resolve_btfids
OWN_BTF        = $(if $(and $(wildcard $(KDIR)/vmlinux),$(wildcard $(RESOLVE_BTFIDS))),,yes)

BTF_TOOLS := $(addprefix $(BUILD)/btf/,kernel_btf resolve_ids)

.PHONY: module-btf

module-btf: $(BTF_TOOLS)
	VMLINUZ="$(VMLINUZ)" module/btf/add_btf $(KDIR) $(BUILD)/btf module/wakeup_kfuncs.ko

$(BUILD)/btf/%: module/btf/%.c module/btf/btf_blob.h module/btf/file.h
	$(call need,$(HOSTCC),gcc)
	mkdir -p $(@D)
	$(HOSTCC) -O2 -std=gnu11 $(WARN) $< -o $@

modules-clean:
	$(MAKE) -C $(KDIR) M=$(CURDIR) clean

# --- the command --------------------------------------------------------------

# The library; all other files of loader/ are the command, which knows libwakeup.h only.
LIB_COMMON  := fail kfuncs load modprobe pins
LIB_SOURCES := $(wildcard loader/libwakeup/*.c) $(LIB_COMMON:%=loader/common/%.c)
# The command has a fail() of its own: the library's is not to be seen.
SOURCES     := $(wildcard loader/wsdump/*.c) loader/common/fail.c \
	$(filter-out $(LIB_SOURCES),$(wildcard loader/common/*.c))
OBJECTS     := $(SOURCES:loader/%.c=$(BUILD)/obj/%.o)
LIB_OBJECTS := $(LIB_SOURCES:loader/%.c=$(BUILD)/obj/%.o)
PIC_OBJECTS := $(LIB_SOURCES:loader/%.c=$(BUILD)/pic/%.o)

# The number rises when a program that was linked with an older one would not run.
SONAME := libwakeup.so.0
SHARED := libwakeup.so.$(VERSION)

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

wsdump: $(BUILD)/wsdump
libwakeup: $(BUILD)/libwakeup.a $(BUILD)/$(SHARED)

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

# The kernel's own headers stand in a directory for each architecture on Debian, which
# clang knows by a longer name.
MULTIARCH    = $(or $(shell $(CC) -print-multiarch 2>/dev/null),$(subst -pc-,-,$(shell $(CC) -dumpmachine)))
BPF_COMPILE  = $(CLANG) -target bpf -mcpu=v3 -O2 -g -Wall -Wextra -Werror \
	-idirafter /usr/include/$(MULTIARCH)

$(BUILD)/%.bpf.o: bpf/%.bpf.c $(wildcard bpf/*.h) | tools $(BUILD)
	$(BPF_COMPILE) -c $< -o $@

# Light skeletons: the program, and one for the kernel that loads it. They need fewer
# capabilities than libbpf's full ones, and are loaded in a third of the time.
$(BUILD)/%.lskel.h: $(BUILD)/%.bpf.o
	$(BPFTOOL) gen skeleton -L $< name $*_bpf >$@

# The same source for old kernels: bpf/compat.bpf.h.
$(BUILD)/wsdump_old.bpf.o: bpf/wsdump.bpf.c $(wildcard bpf/*.h) | tools $(BUILD)
	$(BPF_COMPILE) -DBPF_NO_LOOPS_AND_CASTS -c $< -o $@

# What is pinned is used by programs with the same walk only.
$(BUILD)/wsdump_id.h: $(BUILD)/wsdump.bpf.o $(BUILD)/wsdump_old.bpf.o
	printf '#define WSDUMP_BPF_ID 0x%sULL\n' "$$(cat $^ | sha256sum | cut -c 1-16)" >$@

SKELETONS := $(addprefix $(BUILD)/,wsdump.lskel.h wsdump_old.lskel.h wsdump_id.h trace.lskel.h)

COMPILE = $(CC) $(CPPFLAGS) -D_GNU_SOURCE -DWSDUMP_VERSION='"$(VERSION)"' -I$(BUILD) -Iloader \
	$(CFLAGS) -std=gnu11 -fvisibility=hidden $(WARN) -MMD -MP -c $< -o $@

$(BUILD)/obj/%.o: loader/%.c $(SKELETONS)
	@mkdir -p $(@D)
	$(COMPILE)

$(BUILD)/pic/%.o: loader/%.c $(SKELETONS)
	@mkdir -p $(@D)
	$(COMPILE) -fPIC

# One object, in which only the functions of libwakeup.h can be seen from outside.
$(BUILD)/libwakeup.a: $(LIB_OBJECTS)
	$(CC) -r -nostdlib $^ -o $(BUILD)/libwakeup.whole.o
	$(OBJCOPY) --localize-hidden $(BUILD)/libwakeup.whole.o
	rm -f $@
	$(AR) rcs $@ $(BUILD)/libwakeup.whole.o

$(BUILD)/$(SHARED): $(PIC_OBJECTS) loader/libwakeup/libwakeup.map
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,-z,defs \
		-Wl,--version-script=loader/libwakeup/libwakeup.map $(PIC_OBJECTS) \
		$$($(PKGCONFIG) --libs libbpf) -o $@

$(BUILD)/wsdump: $(OBJECTS) $(BUILD)/libwakeup.a
	$(CC) $(CFLAGS) $(LDFLAGS) $(STATIC) $(if $(STATIC),$(NO_UNWINDING)) $^ $(LIBS) -o $@

-include $(OBJECTS:.o=.d) $(LIB_OBJECTS:.o=.d) $(PIC_OBJECTS:.o=.d)

# --- fuzzing ------------------------------------------------------------------

# What reads files from anywhere, with any bytes. Files of interest are collected in
# $(BUILD)/corpus, and those that are worth it get a place in tests/fuzz/corpus.
FUZZ_SECONDS ?= 600
FUZZ_FLAGS   := -g -O1 -std=gnu11 -D_GNU_SOURCE -Iloader -Iloader/wsdump -DWSDUMP_VERSION='"fuzz"' \
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
FUZZED       := $(addprefix wsdump/,saved json_keys compare state changes change_columns \
	snapshot_json) \
	$(addprefix common/,columns listing formats options streams table raw json csv pairs \
	terminal escape text invisible utf8 duration out fail)

.PHONY: fuzz replay

fuzz: $(BUILD)/libwakeup.a
	@echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' | \
		$(CLANG) -fsanitize=fuzzer -x c - -o $(BUILD)/fuzz.check || { \
		echo "make: clang has no libFuzzer: install package libclang-rt-dev" >&2; exit 1; }
	$(CLANG) $(FUZZ_FLAGS) tests/fuzz/saved.c $(FUZZED:%=loader/%.c) $< $(LIBS) \
		-o $(BUILD)/fuzz
	mkdir -p $(BUILD)/corpus
	$(BUILD)/fuzz -dict=tests/fuzz/saved.dict -max_len=8192 -artifact_prefix=$(BUILD)/ \
		-max_total_time=$(FUZZ_SECONDS) $(BUILD)/corpus tests/fuzz/corpus

# Given files only, with no fuzzer.
replay: $(BUILD)/replay

$(BUILD)/replay: tests/fuzz/replay.c tests/fuzz/saved.c $(FUZZED:%=$(BUILD)/obj/%.o) \
		$(BUILD)/libwakeup.a
	$(CC) -std=gnu11 -D_GNU_SOURCE -Iloader -Iloader/wsdump $(WARN) $(CFLAGS) $^ $(LIBS) -o $@

# --- Android ------------------------------------------------------------------

# No NDK: what is static needs no C library of Android's. See docs/android.md.
ANDROID = ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- BUILD=$(BUILD)/android

.PHONY: android

android:
	$(MAKE) $(ANDROID) wsdump
	$(if $(filter command environment,$(origin KDIR)),\
		$(MAKE) $(ANDROID) KDIR="$(KDIR)" modules && \
		cp module/wakeup_kfuncs.ko module/wakeup_nosysfs.ko $(BUILD)/android/)

# --- installing ---------------------------------------------------------------

.PHONY: install install-command install-library install-module uninstall

install: install-module install-command install-library

UNITS := wsdump-pin.service wsdump-prometheus.service

install-command: wsdump
	install -D -m 755 $(BUILD)/wsdump $(DESTDIR)$(SBINDIR)/wsdump
	install -D -m 644 man/wsdump.8 $(DESTDIR)$(MANDIR)/man8/wsdump.8
	install -D -m 644 completions/wsdump.bash $(DESTDIR)$(BASHDIR)/wsdump
	install -D -m 644 completions/_wsdump $(DESTDIR)$(ZSHDIR)/_wsdump
	install -d $(DESTDIR)$(UNITDIR)
	for unit in $(UNITS); do \
		sed 's|@sbindir@|$(SBINDIR)|' loader/wsdump/$$unit.in >$(DESTDIR)$(UNITDIR)/$$unit; \
	done
	install -m 644 loader/wsdump/wsdump-prometheus.timer $(DESTDIR)$(UNITDIR)/

# The unversioned link is what programs are linked with, $(SONAME) what they run with.
install-library: libwakeup
	install -D -m 644 loader/libwakeup/libwakeup.h $(DESTDIR)$(INCLUDEDIR)/libwakeup.h
	install -D -m 644 $(BUILD)/libwakeup.a $(DESTDIR)$(LIBDIR)/libwakeup.a
	rm -f $(DESTDIR)$(LIBDIR)/libwakeup.so*
	install -m 644 $(BUILD)/$(SHARED) $(DESTDIR)$(LIBDIR)/$(SHARED)
	ln -sf $(SHARED) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libwakeup.so
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig
	sed -e 's|@prefix@|$(PREFIX)|' -e 's|@includedir@|$(INCLUDEDIR)|' \
		-e 's|@libdir@|$(LIBDIR)|' -e 's|@version@|$(VERSION)|' \
		-e 's|@elf_gap@|$(strip $(ELF_GAP))|' loader/libwakeup/libwakeup.pc.in \
		>$(DESTDIR)$(LIBDIR)/pkgconfig/libwakeup.pc
	$(if $(DESTDIR),,[ "$$(id -u)" != 0 ] || ldconfig)

AT_BOOT = $(UNITDIR)/sysinit.target.d/wakeup-kfuncs.conf

install-module:
	$(call need,dkms,dkms)
	$(if $(OWN_BTF),$(call need,pahole,pahole))
	module/dkms install $(KVER)
	install -D -m 644 module/at-boot.conf $(AT_BOOT)

uninstall:
	if [ -d /run/systemd/system ]; then systemctl -q stop wsdump-pin || :; fi
	rm -f /etc/systemd/system/multi-user.target.wants/wsdump-pin.service
	if [ -d /sys/fs/bpf/wsdump ]; then $(DESTDIR)$(SBINDIR)/wsdump --unpin; fi
	rm -f $(DESTDIR)$(SBINDIR)/wsdump $(DESTDIR)$(MANDIR)/man8/wsdump.8 \
		$(addprefix $(DESTDIR)$(UNITDIR)/,$(UNITS) wsdump-prometheus.timer) $(AT_BOOT) \
		$(DESTDIR)$(BASHDIR)/wsdump $(DESTDIR)$(ZSHDIR)/_wsdump \
		$(DESTDIR)$(INCLUDEDIR)/libwakeup.h $(DESTDIR)$(LIBDIR)/libwakeup.a \
		$(DESTDIR)$(LIBDIR)/libwakeup.so* $(DESTDIR)$(LIBDIR)/pkgconfig/libwakeup.pc
	$(if $(DESTDIR),,[ "$$(id -u)" != 0 ] || ldconfig)
	if [ -d $(dir $(AT_BOOT)) ]; then \
		rmdir --ignore-fail-on-non-empty $(dir $(AT_BOOT)); fi
	if command -v dkms >/dev/null; then module/dkms remove; fi

.PHONY: deb

deb:
	$(call need,dh,debhelper)
	debian/make-deb $(abspath $(BUILD))/deb

# --- the VM -------------------------------------------------------------------

# A row of tests/vm/kernels.
KERNEL ?= 6.12
export WSDUMP_ROW := $(KERNEL)

.PHONY: vm-ready bench bench-nosysfs profile pictures test-ci test-all support-table

vm-ready:
	tests/vm/setup
	tests/vm/build

demo: vm-ready
	tests/vm/boot demo

# What the README shows, made by the command in the VM.
pictures: vm-ready
	WSDUMP_FILES=docs tests/vm/boot test wsdump/pictures.vm.sh
	mkdir -p $(BUILD)
	WSDUMP_FILES=$(BUILD) tests/vm/boot test wsdump/pictures-watch.vm.sh
	docs/pictures/svg <$(BUILD)/watch.screen >docs/watch.svg
	sed 's/^/    /' $(BUILD)/listing >$(BUILD)/listing.md
	sed -i -e '/^<!-- picture: written/,/^<!-- picture: end/{/^<!--/!d}' \
		-e '/^<!-- picture: written/r $(BUILD)/listing.md' README.md

# Those that budgets are for.
BENCH_KERNELS := $(or $(KERNELS),6.1 6.12 7.3)

# What takes long for what it says is left to test-ci and test-all: the keyword "quick" of
# tests/keywords.
ifndef KERNELS
KERNELS := 6.12
QUICK   := --quick
endif

# ONCE=no leaves out what runs on one row only, when another run has done that already.
test:
	tests/run $(QUICK) $(if $(filter no,$(ONCE)),--no-once) $(foreach k,$(KERNELS),--kernel '$(k)') $(TESTS)

test-ci:
	$(MAKE) test KERNELS='6.12 6.1 7.3 6.12-arm64' QUICK=--ci

test-all:
	$(MAKE) test KERNELS='*'
	tests/project/support-table docs/testing.md

support-table:
	tests/project/support-table docs/testing.md

# Kernels that check themselves, built from Debian's source: tests/vm/kernel.d. Tests in
# the VM only, and each of the stresses in them takes STRESS_SECONDS.
DEBUG_KERNELS  ?= debug kcsan
STRESS_SECONDS ?= 120

.PHONY: debug-kernel test-debug

debug-kernel:
	tests/vm/setup
	tests/vm/make-kernel debug kcsan

test-debug:
	WSDUMP_OPTIONS=wsdump.stress_seconds=$(STRESS_SECONDS) \
	WSDUMP_VM_SECONDS=$$((3600 + 6 * $(STRESS_SECONDS))) \
	tests/run --no-once $(if $(JOBS),--jobs $(JOBS)) \
		$(foreach k,$(DEBUG_KERNELS),--kernel '$(k)') $(TESTS)

# From what tests left of all kernels that people run.
.PHONY: refusals-table check test-sanitize coverage

refusals-table:
	tests/wsdump/refusals-table docs/refusals.md \
		$(filter-out debug kcsan,$(shell tests/vm/names module in-tree android | cut -d ' ' -f 1))

# The tests that run the command in a VM with what Debian has, with a command that notices
# and counts: tests/vm/pack. A report of it fails the test that it was made in.
# Not those that have the keyword "checked: no".
test-sanitize:
	rm -rf $(BUILD)/handed-out/6.12-checked
	WSDUMP_VARIANT=checked tests/run --kernel 6.12 $(TESTS)

coverage:
	tests/coverage/run

check:
	tests/run --verbose check

vm: vm-ready
	tests/vm/boot shell

bench:
	WSDUMP_BENCH="$(BENCH_KERNELS)" tests/bench/run $(SIZES)

bench-nosysfs: vm-ready
	tests/bench/nosysfs

profile: vm-ready
	tests/bench/profile $(PROFILE)

clean:
	rm -rf $(BUILD) 2>/dev/null || sudo rm -rf $(BUILD)
	find . -path ./.git -prune -o -path ./.cache -prune -o \( -name '*.o' -o -name '*.ko' \
		-o -name '*.mod' -o -name '*.mod.c' -o -name '.*.cmd' -o -name modules.order \
		-o -name Module.symvers \) -exec rm -f {} +

# Some of it belongs to root, as Debian's roots do. Earlier versions had those in .cache.
distclean: clean
	if [ "$$(id -u)" = 0 ]; then rm -rf .cache; else sudo rm -rf .cache; fi
	@tests/vm/left-over
