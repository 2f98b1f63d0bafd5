# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# once: all
# quick: ci
# What a fuzzer has found to be of interest in saved snapshots, for the command, built to
# notice any access outside of memory and any undefined behaviour.
. lib/lib.sh

cd ..
corpus=tests/fuzz/corpus
sanitize='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined'
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

check "there are files" test "$(ls $corpus | wc -l)" -ge 20
check "the command builds" make wsdump BUILD=/tmp/san STATIC= CFLAGS="$sanitize"
check "the fuzzer's target does" make replay BUILD=/tmp/san STATIC= CFLAGS="$sanitize"
check "every file passes it" /tmp/san/replay $corpus/*

# Each of them as OLD and NEW: a difference or one line, never anything else.
good=0
for file in $corpus/*; do
	for format in --json --idle; do
		run /tmp/san/wsdump diff $format "$file" "$file"
		case $status in
		0) good=$((good + 1)) ;;
		1) [ -z "$out" ] && [ "$(wc -l </tmp/run.err)" = 1 ] ||
			fail "$file: one line" "$out" "$err" ;;
		*) fail "$file: status $status" "$out" "$err" ;;
		esac
		if [ $status = 0 ] && [ $format = --json ]; then
			printf '%s\n' "$out" | jq . >/dev/null || fail "$file: JSON" "$out"
		fi
	done
done
check "some of them are good" test $good -ge 10

done_testing
