# SPDX-License-Identifier: GPL-2.0-only
# once: all
# checked: no
# What can be checked without a kernel: files of the command with a program each here.
. lib/lib.sh

for unit in asleep duration utf8; do
	./$unit >/tmp/unit || fail "$unit runs to its end"
	while read -r line; do
		case $line in
		"ok "*) pass "$unit: ${line#ok * - }" ;;
		"not ok "*) fail "$unit: ${line#not ok * - }" "$(grep '^#' /tmp/unit)" ;;
		esac
	done </tmp/unit
done

done_testing
