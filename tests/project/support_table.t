# SPDX-License-Identifier: GPL-2.0-only
# where: root
# modes: module
# arch: amd64
# once: all
# The table of kernels in docs/testing.md has the rows of tests/vm/kernels, no more and no fewer.
. lib/lib.sh

cp ../docs/testing.md /tmp/testing.md
check "the table is complete" project/support-table --check /tmp/testing.md
mkdir -p ../build/results
echo '6.1 amd64 module 6.1.0-99-amd64 all abc1234 7 99 0 1 60 120' >../build/results/6.1
cp /tmp/testing.md /tmp/new.md
check "it is written where one row was run" project/support-table /tmp/new.md
is "which is new, and the others are as before" "$(diff /tmp/testing.md /tmp/new.md | grep '^>')" \
	'> | `6.1` | 6.1.0-99-amd64 | with the module | refused by the verifier | all, abc1234 | 99 (files: 7) | 1:00, 2:00 |'
sed -i "/^| \`6\.1\` |/d" /tmp/testing.md
fails "one that lacks a row is found" 255 "rows without a result: " project/support-table --check /tmp/testing.md
sed -i 's/^<!-- kernels: end/| `4.4` | |\n&/' /tmp/testing.md
fails "one with a row too many is found" 255 "not in tests/vm/kernels: 4.4" project/support-table --check /tmp/testing.md

done_testing
