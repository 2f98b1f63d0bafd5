# SPDX-License-Identifier: GPL-2.0-only
#
# usage: awk -f compare.awk RESULTS BUDGETS
#
# Prints the budgets, each with what was measured, and what is wanted behind that where it is less.
# Exit status 1 when more was measured than the budget, or when a figure is missing where others
# of this kernel and number of sources are there. Wall time is printed and not judged.

FILENAME == ARGV[1] {
	value[$1, $2, $3, $4] = $5
	measured[$1, $3, $4] = 1
	next
}

/^#/ || !NF { next }

# Where there are no figures at all there is nothing to compare.
$1 == "figure" {
	for (i = 3; i < NF; i++)
		kernel[i] = $i
	end = NF
	printf "%-22s %7s", $1, $2
	for (i = 3; i < end; i++)
		printf " %17s", kernel[i]
	print ""
	next
}

{
	line = ""
	for (i = 3; i < end; i++)
		line = line sprintf(" %17s", compare(kernel[i], $1, $2, $i, $end, $(end + 1)))
	if (line ~ /[^ -]/)
		printf "%-22s %7d%s  %s %s\n", $1, $2, line, $end, $(end + 1)
}

function compare(k, figure, sources, most, unit, peer,		of, part, n, measure, used, wanted)
{
	measure = unit == "wall" ? "wall-ns" : "instructions"
	if (most == "-" || !((k, sources, measure) in measured))
		return "-"
	if (match(most, /\(.*\)/)) {
		wanted = " " substr(most, RSTART)
		most = substr(most, 1, RSTART - 1)
	}
	checked++
	of = unit == "millions" ? 1e6 : unit == "each" ? sources : value[k, peer, sources, measure]
	if (!((k, figure, sources, measure) in value) || !of) {
		failed++
		return "MISSING"
	}
	used = value[k, figure, sources, measure] / of
	n = split(most, part, "/") == 2 ? part[1] / part[2] : most
	if (used > n && unit != "wall")
		failed++
	return sprintf(used >= 100 ? "%.0f" : used >= 10 ? "%.1f" : used >= 1 ? "%.2f" : "%.3f", used) \
	       (used > n ? " OVER " : " of ") most wanted
}

END {
	print ""
	if (!checked)
		print "no figure has a budget"
	else
		print checked - failed " of " checked " figures are within their budgets"
	exit failed || !checked
}
