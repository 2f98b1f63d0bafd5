# SPDX-License-Identifier: GPL-2.0-only
# The benchmark's results as a table for people: one for each number of sources.

BEGIN {
	text["sysfs_open"] = "sysfs: open, read, close ten files a source"
	text["sysfs_pread"] = "sysfs: files kept open, read again (call)"
	text["debugfs_busybox"] = "debugfs: cat (static busybox)"
	text["debugfs_coreutils"] = "debugfs: cat (coreutils)"
	text["ringbuf"] = "BPF with ring buffer, libbpf"
	text["ringbuf_walk"] = "BPF with ring buffer, walk alone (call)"
	text["snapshot"] = "wsdump: library's snapshot (call)"
	text["wsdump_boot"] = "wsdump, the very first run after boot"
	text["wsdump_first"] = "wsdump"
	text["wsdump_first_json"] = "wsdump --json"
	text["wsdump_first_raw"] = "wsdump --raw"
	text["wsdump_warm"] = "wsdump, pinned"
	text["wsdump_warm_json"] = "wsdump --json, pinned"
	text["wsdump_warm_raw"] = "wsdump --raw, pinned"
	text["debugfs_busybox_used"] = "all had an event: cat (static busybox)"
	text["ringbuf_walk_used"] = "  ring buffer, walk alone (call)"
	text["snapshot_used"] = "  library's snapshot (call)"
	text["wsdump_warm_used"] = "  wsdump, pinned"
	text["wsdump_warm_raw_used"] = "  wsdump --raw, pinned"
	text["wsdump_first_used"] = "  wsdump"
}

{
	split($1, part, ".")
	if (!seen[part[1]]++)
		order[++nr_rows] = part[1]
	if (!known[part[2]]++)
		sizes[++nr_sizes] = part[2]
	value[$1] = $2
}

# 4 digits are more than repeats
function millions(n)
{
	if (n == "")
		return "-"
	return sprintf(n >= 1e8 ? "%.0f" : n >= 1e7 ? "%.1f" : n >= 1e6 ? "%.2f" : "%.3f", n / 1e6)
}

function or_none(n)
{
	return n == "" ? "-" : n
}

END {
	for (s = 1; s <= nr_sizes; s++) {
		n = sizes[s]
		printf "\n%-44s %12s %10s %9s %9s %9s\n", n " wakeup sources", "instructions",
		       "a source", "wall", "peak", "kernel"
		printf "%-44s %12s %10s %9s %9s %9s\n", "", "millions", "", "ms", "KiB", "KiB"
		for (r = 1; r <= nr_rows; r++) {
			name = order[r]
			i = value[name "." n]
			printf "%-44s %12s %10.0f %9s %9s %9s\n",
			       (name in text) ? text[name] : name, millions(i), i / n,
			       millions(value[name "." n ".wall"]),
			       or_none(value[name "." n ".peak"]), or_none(value[name "." n ".held"])
		}
	}
	print ""
}
