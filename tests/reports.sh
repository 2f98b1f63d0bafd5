# SPDX-License-Identifier: GPL-2.0-only
# What the kernel prints when something is wrong with it: an extended regular expression,
# for tests in the VM and for tests/vm/boot, which looks at all that it printed.
reports='BUG:|WARNING:|Oops|INFO: (task|rcu)|CFI failure|general protection|possible .*locking|KASAN|KCSAN:|UBSAN|ODEBUG|_(add|del) corruption|unreferenced object|Call Trace'
