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
.PHONY: all install uninstall deb clean distclean help

all: modules

# $(call need,TOOL,PACKAGE): stop with the package's name when a tool is missing.
need = @command -v $(1) >/dev/null || { \
	echo "make: '$(1)' is missing: install package $(2)" >&2; exit 1; }
# $(call need_lib,MODULE,PACKAGE): likewise for a library of this machine.
need_lib = @$(HOST_PKGCONFIG) --exists $(1) || { \
	echo "make: library '$(1)' is missing: install package $(2)" >&2; exit 1; }

# Each system, command and library has a rules.mk of its own, which names its parts; then come
# the rules that are the same for all. DKMS's copy of this tree has module/ only.
include $(wildcard loader/*/rules.mk)
SYSTEMS ?= $(ALL_SYSTEMS)
include module/rules.mk $(wildcard loader/rules.mk tests/rules.mk)

all: $(COMMANDS) $(LIBRARIES)

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
## make test-mutants   break the product on purpose, in one way at a time, and see that a test
##                     notices: tests/mutants; MUTANTS="pins-owner modprobe-env" for some, as
##                     each takes two minutes
## make bench          instructions and time of every way to read the list, in such VMs, against
##                     budgets; SIZES="158 1008" for some numbers of sources, KERNELS="6.12" for
##                     some kernels, WALL=no without the time
## make bench-nosysfs  what the nodes in sysfs cost, and what wakeup_nosysfs.ko gives back
## make bench-dmabuf   what a look at all dma-bufs costs, in every way there is, against targets
## make bench-defer    what it costs to defer from NMI, by the module and by the kernel itself
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
## install and uninstall take KVER, PREFIX, SYSTEMS, such as "wakeup", and DESTDIR. Under
## DESTDIR the modules' source is put where DKMS looks for it, and nothing is built.
## VMLINUZ is the kernel's image, where headers without BTF need it and it's in none of the
## usual places.

install: install-module install-command install-library

# The commands unpin what keeps the modules in memory. What can't be removed doesn't keep the rest.
uninstall:
	$(MAKE) -k uninstall-command uninstall-library; status=$$?; \
	$(MAKE) uninstall-module && exit $$status

deb:
	$(call need,dh,debhelper)
	debian/make-deb $(abspath $(BUILD))/deb

clean:
	rm -rf $(BUILD) 2>/dev/null || sudo rm -rf $(BUILD)
	find . -path ./.git -prune -o -path ./.cache -prune -o \( -name '*.o' -o -name '*.ko' \
		-o -name '*.mod' -o -name '*.mod.c' -o -name '.*.cmd' -o -name modules.order \
		-o -name Module.symvers \) -exec rm -f {} +

# Some of it belongs to root, as Debian's roots do. Earlier versions had those in .cache.
distclean: clean
	if [ "$$(id -u)" = 0 ]; then rm -rf .cache; else sudo rm -rf .cache; fi
	@tests/vm/left-over
