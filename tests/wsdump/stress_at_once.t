# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# quick: ci
# 64 commands at once, of which each loads a program of its own: see stress.sh.
. lib/lib.sh
. lib/stress.sh

at_once() {
	for _i in $(seq 64); do listing "$_i" & done
	wait
	happened
}

begin
at_once
meanwhile at_once
wait_seconds
finish
done_testing
