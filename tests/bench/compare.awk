# SPDX-License-Identifier: GPL-2.0-only
#
# usage: awk -f compare.awk BUDGETS RESULTS
#
# Exit status 1 when a result is more than 5 % over its budget. A size that was not
# measured is not compared; a budget whose row is missing from a measured size fails.

BEGIN { slack = 1.05 }

/^#/ || NF < 2 { next }

FILENAME == ARGV[1] { budget[$1] = $2; unit[$1] = $3; next }

{
	result[$1] = $2
	split($1, part, ".")
	measured[part[2]] = 1
}

END {
	for (name in budget) {
		split(name, part, ".")
		if (!measured[part[2]])
			continue
		if (!(name in result)) {
			print "MISSING " name ": it has a budget and was not measured"
			failed = 1
			continue
		}
		checked++
		if (result[name] > budget[name] * slack) {
			printf "OVER BUDGET %s: %.0f %s, %.1f %% more than %.0f\n", name, result[name],
			       unit[name], 100 * (result[name] / budget[name] - 1), budget[name]
			failed = 1
		} else if (result[name] * slack < budget[name]) {
			printf "well under budget %s: %.0f of %.0f %s; the budget can be lowered\n", name,
			       result[name], budget[name], unit[name]
		}
	}
	if (!checked) {
		print "no result has a budget"
		failed = 1
	}
	if (failed)
		exit 1
	print checked " results within their budgets"
}
