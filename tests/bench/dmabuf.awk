# SPDX-License-Identifier: GPL-2.0-only
#
# usage: awk -f dmabuf.awk RESULTS
#
# RESULTS has lines "KERNEL FIGURE BUFFERS INSTRUCTIONS". Prints them as a table, and the
# targets with what came of them. Exit status 1 when one is missed.

BEGIN {
	text["export_without"] = "export and free, without the module"
	text["export"] = "export and free, with it"
	text["bufinfo"] = "debugfs: read bufinfo"
	text["walk"] = "the walk"
	text["fdinfo"] = "/proc/self/fdinfo: open, read and close each"
	text["task_file"] = "iterator over open files"
	text["reader"] = "static C: bufinfo, fdinfo and maps of 100 processes"
	text["first"] = "dmabufdump --raw"
	text["pinned"] = "pinned: dmabufdump --raw"
	text["pinned_table"] = "pinned: dmabufdump"
}

{
	if (!had_kernel[$1]++)
		kernels[++nr_kernels] = $1
	if (!had_row[$2, $3]++) {
		rows[++nr_rows] = $2
		buffers[nr_rows] = $3
	}
	value[$1, $2, $3] = $4
}

# target KERNEL TEXT IS MOST
function target(k, what, is, most) {
	printf "%-10s %-58s %8.3f of %s%s\n", k, what, is, most, (is > most ? " MISSED" : "")
	missed += (is > most)
}

END {
	printf "\n%-52s %8s", "millions of instructions", "buffers"
	for (k = 1; k <= nr_kernels; k++)
		printf " %9s", kernels[k]
	print ""
	for (r = 1; r <= nr_rows; r++) {
		printf "%-52s %8d", text[rows[r]], buffers[r]
		for (k = 1; k <= nr_kernels; k++) {
			if ((kernels[k], rows[r], buffers[r]) in value)
				printf " %9.3f", value[kernels[k], rows[r], buffers[r]] / 1e6
			else
				printf " %9s", "-"
		}
		print ""
	}
	print ""
	for (k = 1; k <= nr_kernels; k++) {
		name = kernels[k]
		target(name, "walk, instructions a buffer", value[name, "walk", 1000] / 1000, 320)
		if (("7.3", "walk", 1000) in value && name != "7.3")
			target(name, "walk, part of the one in 7.3", value[name, "walk", 1000] / value["7.3", "walk", 1000], 1.1)
		target(name, "walk, part of bufinfo", value[name, "walk", 1000] / value[name, "bufinfo", 1000], 1 / 30)
		target(name, "iterator over open files, part of fdinfo", value[name, "task_file", 1000] / value[name, "fdinfo", 1000], 1 / 25)
		target(name, "pinned command, part of the static C reader", value[name, "pinned", 1000] / value[name, "reader", 1000], 1 / 10)
		target(name, "export with the module, part of that without", value[name, "export", 1000] / value[name, "export_without", 1000], 1.02)
	}
	exit missed || !nr_kernels
}
