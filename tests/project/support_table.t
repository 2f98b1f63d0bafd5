# SPDX-License-Identifier: GPL-2.0-only
# where: root
# modes: module
# arch: amd64
# once: all
# The README's table of kernels has the rows of tests/vm/kernels, no more and no fewer.
. lib/lib.sh

cp ../README.md /tmp/README.md
check "the table is complete" project/support-table --check /tmp/README.md
sed -i "/^| \`6\.1\` |/d" /tmp/README.md
fails "one that lacks a row is found" 255 "rows without a result: " project/support-table --check /tmp/README.md
sed -i 's/^<!-- kernels: end/| `4.4` | |\n&/' /tmp/README.md
fails "one with a row too many is found" 255 "not in tests/vm/kernels: 4.4" project/support-table --check /tmp/README.md

done_testing
