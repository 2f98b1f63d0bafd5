# SPDX-License-Identifier: GPL-2.0-only
# The benchmark's results as tables for people: for each number of sources, a column for each
# kernel.

BEGIN {
	text["true"] = "true (static busybox)"
	text["sysfs_open"] = "sysfs: open, read, close ten files a source"
	text["sysfs_pread"] = "sysfs: files kept open, read again"
	text["debugfs_busybox"] = "debugfs: cat (static busybox)"
	text["debugfs_coreutils"] = "debugfs: cat (coreutils)"
	text["ringbuf"] = "libbpf skeleton, ring buffer"
	text["ringbuf_walk"] = "libbpf skeleton, ring buffer: walk alone"
	text["example"] = "libbpf skeleton, mapped array: wakeup_list"
	text["library_open"] = "library opened"
	text["snapshot"] = "library's snapshot"
	text["wsdump_boot"] = "wsdump, the very first run after boot"
	text["wsdump_first"] = "wsdump"
	text["wsdump_first_json"] = "wsdump --json"
	text["wsdump_first_raw"] = "wsdump --raw"
	text["wsdump_first_dynamic"] = "wsdump, dynamically linked"
	text["wsdump_trace"] = "wsdump trace"
	text["wsdump_pin"] = "wsdump --pin"
	text["wsdump_pinned"] = "pinned: wsdump"
	text["wsdump_pinned_json"] = "pinned: wsdump --json"
	text["wsdump_pinned_raw"] = "pinned: wsdump --raw"
	text["wsdump_pinned_dynamic"] = "pinned: wsdump, dynamically linked"
	text["debugfs_busybox_used"] = "used: debugfs: cat (static busybox)"
	text["ringbuf_walk_used"] = "used: ring buffer: walk alone"
	text["snapshot_used"] = "used: library's snapshot"
	text["wsdump_pinned_used"] = "used, pinned: wsdump"
	text["wsdump_pinned_raw_used"] = "used, pinned: wsdump --raw"
	text["wsdump_first_used"] = "used: wsdump"
	# calls, timed inside of a process
	split("sysfs_pread ringbuf_walk snapshot ringbuf_walk_used snapshot_used", calls)
	for (i in calls)
		is_call[calls[i]] = 1
}

{
	if (!had_kernel[$1]++)
		kernels[++nr_kernels] = $1
	if (!had_figure[$2]++)
		figures[++nr_figures] = $2
	if (!had_size[$3]++)
		sizes[++nr_sizes] = $3
	value[$1, $2, $3, $4] = $5
	has[$3, $4] = has[$2, $3, $4] = 1
}

# Three digits, as that is what repeats.
function short(n)
{
	return sprintf(n >= 100 ? "%.0f" : n >= 10 ? "%.1f" : n >= 1 ? "%.2f" : "%.3f", n)
}

# table TITLE SIZE UNIT SCALE CALLS: of the calls, or of all else
function table(title, size, unit, scale, call,		f, k, name, v)
{
	if (!has[size, unit])
		return
	printf "\n%-46s", size " sources: " title
	for (k = 1; k <= nr_kernels; k++)
		printf " %8s", kernels[k]
	print ""
	for (f = 1; f <= nr_figures; f++) {
		name = figures[f]
		if ((name in is_call) != call || !has[name, size, unit])
			continue
		printf "%-46s", (name in text) ? text[name] : name
		for (k = 1; k <= nr_kernels; k++) {
			v = value[kernels[k], name, size, unit]
			printf " %8s", v == "" ? "-" : short(v / scale)
		}
		print ""
	}
}

END {
	for (s = 1; s <= nr_sizes; s++) {
		table("millions of instructions", sizes[s], "instructions", 1e6, 0)
		table("instructions a source", sizes[s], "instructions", sizes[s], 1)
		table("wall time, ms", sizes[s], "wall-ns", 1e6, 0)
		table("peak memory, KiB", sizes[s], "peak-KiB", 1, 0)
		table("kernel memory held, KiB", sizes[s], "held-KiB", 1, 1)
	}
	print ""
}
