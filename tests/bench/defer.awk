# SPDX-License-Identifier: GPL-2.0-only
# The figures of tests/bench/defer as a table for people, and whether they are within budget.

{
	if (!($1 in seen))
		rows[++nr_rows] = $1
	seen[$1] = 1
	value[$1, $2] = $3
}

function line(text, name,	i) {
	printf "%-58s", text
	for (i = 1; i <= nr_rows; i++)
		printf " %8s", (rows[i], name) in value ? value[rows[i], name] : "-"
	print ""
}

# A figure of the module's rows, at most @limit.
function gate(row, text, got, limit) {
	printf "%s %s: %s: %.2f, at most %s\n", got <= limit ? "ok  " : "OVER", row, text, got, limit
	over += got > limit
}

END {
	printf "%-58s", "instructions"
	for (i = 1; i <= nr_rows; i++)
		printf " %8s", rows[i]
	print ""
	line("start a timer in a task, by nmi_defer.bpf.h", "start_direct")
	line("  by bpf_timer_start()", "start_bpf_timer")
	line("in NMI: the call that starts a timer", "nmi_timer_call")
	line("  that starts an interrupt", "nmi_irq_call")
	line("  that starts work", "nmi_work_call")
	line("  that outputs to a ring buffer", "nmi_ringbuf_call")
	line("in NMI: start a timer, all of it", "start_deferred")
	line("from the call in NMI to: the interrupt", "to_irq")
	line("  the work", "to_work")
	line("  a program that is woken by a ring buffer", "to_program")
	print ""
	for (i = 1; i <= nr_rows; i++) {
		r = rows[i]
		if (r !~ /^6/)		# others' figures are for comparison
			continue
		gate(r, "start in a task, of bpf_timer_start()", value[r, "start_direct"] / value[r, "start_bpf_timer"], 1.1)
		gate(r, "start from NMI, all of it, of bpf_timer_start()", value[r, "start_deferred"] / value[r, "start_bpf_timer"], 1.6)
		gate(r, "the call in NMI, instructions", value[r, "nmi_timer_call"], 150)
		gate(r, "to the interrupt, of the way to a program", value[r, "to_irq"] / value[r, "to_program"], 0.1)
		gate(r, "to the work, of the way to a program", value[r, "to_work"] / value[r, "to_program"], 0.3333)
	}
	exit over > 0
}
