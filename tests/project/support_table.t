# SPDX-License-Identifier: GPL-2.0-only
# where: root
# modes: module
# arch: amd64
# once: all
# The table of kernels in docs/testing.md has the rows of tests/vm/kernels, no more and no fewer.
. lib/lib.sh

cp ../docs/testing.md /tmp/testing.md
check "the table is complete" project/support-table --check /tmp/testing.md
sed -i "/^| \`6\.1\` |/d" /tmp/testing.md
fails "one that lacks a row is found" 255 "rows without a result: " project/support-table --check /tmp/testing.md
sed -i 's/^<!-- kernels: end/| `4.4` | |\n&/' /tmp/testing.md
fails "one with a row too many is found" 255 "not in tests/vm/kernels: 4.4" project/support-table --check /tmp/testing.md

done_testing
