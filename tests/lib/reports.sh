# SPDX-License-Identifier: GPL-2.0-only
# What the kernel prints when something is wrong with it: an extended regular expression,
# for tests in the VM and for tests/vm/boot, which looks at all that it printed.
reports='BUG:|WARNING:|Oops|INFO: (task|rcu)|CFI failure|general protection|possible .*locking|KASAN|KCSAN:|UBSAN|ODEBUG|_(add|del) corruption|unreferenced object|Call Trace'

# Standard input, in which what comes with an allocation that fails is not called a trace of
# calls any more. Other traces are.
expected_traces() {
	awk '/vmalloc error|allocation failure/ { until = NR + 10 }
		NR < until && sub(/Call Trace/, "trace") { until = 0 }
		{ print }'
}
