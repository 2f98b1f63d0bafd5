# SPDX-License-Identifier: GPL-2.0-only
# where: check
# with: checkpatch
# once: all
# quick: no
# What tools say of the source that read it and don't run it. Their rules and exceptions,
# with reasons, are in .clang-tidy, .cppcheck and below. `make check` runs this test only.
. lib/lib.sh

cd ..
build=/tmp/check
kdir=$(ls -d /lib/modules/*/build | tail -n 1)
jobs=$(nproc)

# says_nothing DESCRIPTION COMMAND...: and succeeds
says_nothing() {
	_what=$1
	shift
	"$@" >/tmp/said 2>&1 && _status=0 || _status=$?
	is "$_what" "$_status $(grep -v '^$' /tmp/said)" "0 "
}

# --- compilers ---------------------------------------------------------------------

for cc in gcc clang; do
	check "the commands and the library build with $cc, without a warning" \
		make -j"$jobs" wsdump irqoffwho libwakeup dmabufdump freqext CC=$cc BUILD=$build/$cc CFLAGS='-O2 -g -Werror'
	for file in module/btf/*.c tests/fuzz/*.c; do
		says_nothing "$file does with $cc" $cc -std=gnu11 -O2 -Wall -Wextra -Werror \
			-Wmissing-prototypes -Wstrict-prototypes -Iloader -Iloader/wsdump -Iloader/common -Imodule/btf \
			$([ "$file" = "${file#module}" ] && echo -D_GNU_SOURCE) -c "$file" -o /dev/null
	done
	check "the example for the kfuncs does with $cc" make -C examples CC=$cc \
		BUILD=$build/examples-$cc CFLAGS='-O2 -g -std=gnu11 -Wall -Wextra -Werror'
	says_nothing "that for the library does with $cc, in C99" $cc -std=c99 -pedantic -Wall -Wextra \
		-Werror -Iloader/libwakeup -c examples/awake.c -o /dev/null
done
says_nothing "the header does in C++" clang++ -x c++ -std=c++11 -pedantic -Wall -Wextra -Werror \
	-fsyntax-only loader/libwakeup/libwakeup.h

# --- what reads C -----------------------------------------------------------------------

says_nothing "cppcheck finds nothing" cppcheck --quiet -j"$jobs" --error-exitcode=1 --std=c11 \
	--enable=warning,style,performance,portability --check-level=exhaustive \
	--suppressions-list=.cppcheck --inline-suppr --library=posix --library=gnu \
	-D_GNU_SOURCE '-DWSDUMP_VERSION="x"' -I$build/gcc -Iloader -Iloader/common -Ibpf \
	'-DLIBBPF_OPTS(type,name,...)=struct type name = { __VA_ARGS__ }' \
	loader module/btf -i examples/wakeup_list.bpf.c examples

# tidy [CHECKS] <FILES
tidy() {
	xargs -n 8 -P "$jobs" sh -c 'checks=$1 && shift && clang-tidy --quiet "$checks" "$@" -- -std=gnu11 -D_GNU_SOURCE \
			-DWSDUMP_VERSION=\"x\" -isystem $0/gcc -isystem $0/examples-gcc -Iloader -Iloader/common -Iloader/libwakeup -Ibpf -Imodule/btf' $build "--checks=${1:-}" \
			2>/tmp/tidy.err || { cat /tmp/tidy.err; return 1; }
}
# In one file it follows a skeleton through bpftool's code, and does not know that libbpf frees it.
skeleton=loader/irqoffwho/sampling.c
ls loader/*/*.c module/btf/*.c examples/*.c | grep -v -e 'bpf.c$' -e $skeleton >$build/files
says_nothing "clang-tidy finds nothing" tidy <$build/files
echo $skeleton >$build/files
says_nothing "nor in $skeleton" tidy -clang-analyzer-unix.Malloc <$build/files
# ...and would.
printf 'int f(int *p);\nint f(int *p)\n{\n\tif (!p)\n\t\treturn *p;\n\treturn 0;\n}\n' >$build/bad.c
refuse "which a bad file shows" clang-tidy --quiet --config-file=.clang-tidy $build/bad.c -- 
refuse "so it does for cppcheck" cppcheck --quiet --error-exitcode=1 --enable=warning \
	--suppressions-list=.cppcheck $build/bad.c

# --- the module: the kernel's own tools ------------------------------------------------

# sparse and the compiler, with all warnings that kbuild has at its first level.
make -C "$kdir" M="$PWD" C=2 CHECK=sparse W=1 modules >/tmp/kbuild 2>&1
is "the module builds, with sparse" "$?" 0
is "neither sparse nor the compiler warns" "$(grep -E '(warning|error):' /tmp/kbuild)" ""
check "sparse has looked at it" grep -q 'CHECK .*wakeup_kfuncs.c' /tmp/kbuild

# Exceptions: the types of the kfuncs differ between kernels, and no header declares them.
# compat.h is where versions are compared. It has stand-ins for the kernel's macros of any form,
# and #error lines that may not be split.
checkpatch() {
	_ignore=NEW_TYPEDEFS,AVOID_EXTERNS
	[ "$1" != module/compat.h ] || _ignore=LINUX_VERSION_CODE,CONSTANT_COMPARISON,COMPLEX_MACRO,MULTISTATEMENT_MACRO_USE_DO_WHILE,LONG_LINE
	perl /files/checkpatch.pl --no-tree --file --terse --strict --no-summary \
		--max-line-length=100 --ignore "$_ignore" "$1"
}
for file in module/*.c module/*.h module/nmi_defer/* module/cpufreq_ext/*; do
	case $file in *.mod.c | *.o | *.cmd) continue ;; esac		# kbuild's
	says_nothing "checkpatch has nothing against $file" checkpatch "$file"
done
printf 'int f(void) {\n  return (0);\n}\n' >$build/bad.c
refuse "which a bad file shows" checkpatch $build/bad.c

done_testing
