# SPDX-License-Identifier: GPL-2.0-only
# What runs the tests, in VMs, and the fuzzer. Included by the Makefile on top.

# --- the VM -------------------------------------------------------------------

# A row of tests/vm/kernels.
KERNEL ?= 6.12
export WSDUMP_ROW := $(KERNEL)

.PHONY: vm-ready bench bench-defer bench-dmabuf bench-freqext bench-nosysfs profile pictures test-ci test-all support-table

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
	WSDUMP_FILES=$(BUILD) tests/vm/boot test wsdump/pictures-why.vm.sh
	sed 's/^/    /' $(BUILD)/why >$(BUILD)/why.md
	sed -i -e '/^<!-- picture: written/,/^<!-- picture: end/{/^<!--/!d}' \
		-e '/^<!-- picture: written/r $(BUILD)/why.md' README.md

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

.PHONY: test-mutants

test-mutants:
	tests/mutants/run $(MUTANTS)

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

# A process that opens the library, as the command is one: linked statically.
$(BUILD)/bench/snapshot: tests/bench/snapshot.c tests/bench/inside.h $(BUILD)/libwakeup.a
	mkdir -p $(@D)
	$(CC) -O2 -Wall -Wextra -D_GNU_SOURCE $(STATIC) $(if $(STATIC),$(NO_UNWINDING)) \
		$(filter %.c %.a,$^) $(LIBS) -o $@

bench:
	WSDUMP_BENCH="$(BENCH_KERNELS)" WSDUMP_BENCH_WALL=$(WALL) tests/bench/run $(SIZES)

bench-nosysfs: vm-ready
	tests/bench/nosysfs

bench-dmabuf:
	tests/bench/dmabuf $(BENCH_KERNELS)

bench-defer:
	tests/bench/defer

bench-freqext:
	tests/bench/freqext

profile: vm-ready
	tests/bench/profile $(PROFILE)

# --- fuzzing ------------------------------------------------------------------

# What reads files from anywhere, with any bytes. Files of interest are collected in
# $(BUILD)/corpus, and those that are worth it get a place in tests/fuzz/corpus.
FUZZ_SECONDS ?= 600
FUZZ_FLAGS   := -g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
FUZZ_BUILD   := $(BUILD)/fuzzing

# What a target is linked with; it takes what it calls.
FUZZED       := fuzzed.a libwakeup.a common.a
FUZZ_COMPILE  = $(CC) -std=gnu11 -D_GNU_SOURCE -Iloader -Iloader/wsdump $(WARN) $(CFLAGS)

.PHONY: fuzz replay

fuzz:
	@echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' | \
		$(CLANG) -fsanitize=fuzzer -x c - -o /dev/null || { \
		echo "make: clang has no libFuzzer: install package libclang-rt-dev" >&2; exit 1; }
	$(MAKE) BUILD=$(FUZZ_BUILD) CC=$(CLANG) CFLAGS="$(FUZZ_FLAGS)" STATIC= $(FUZZ_BUILD)/fuzz
	mkdir -p $(BUILD)/corpus
	$(FUZZ_BUILD)/fuzz -dict=tests/fuzz/saved.dict -max_len=8192 -artifact_prefix=$(BUILD)/ \
		-max_total_time=$(FUZZ_SECONDS) $(BUILD)/corpus tests/fuzz/corpus

$(BUILD)/fuzz: tests/fuzz/saved.c $(FUZZED:%=$(BUILD)/%)
	$(FUZZ_COMPILE) -fsanitize=fuzzer $^ $(LIBS) -o $@

# Given files only, with no fuzzer.
replay: $(BUILD)/replay

$(BUILD)/fuzzed.a: $(wsdump_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/replay: tests/fuzz/replay.c tests/fuzz/saved.c $(FUZZED:%=$(BUILD)/%)
	$(FUZZ_COMPILE) $^ $(LIBS) -o $@
