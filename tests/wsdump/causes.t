# SPDX-License-Identifier: GPL-2.0-only
# once: release
# arch: amd64
# quick: ci
# A system call that fails, in any verb: the line names the cause by the kernel's error, and the way
# out; not what would be wrong in that place more often.
. lib/lib.sh

modprobe wakeup_kfuncs
need_fixture
control many 3
wsdump --json >/tmp/one

status_of() { case $1 in run*) echo 125 ;; *) echo 1 ;; esac; }

# Those that load a program, by words that need no quotes.
verbs='list
watch 0.01 --count 1
diff /tmp/one
run true
run -w /tmp/file true
trace 0.1
trace 0.1 --quiet --svg /tmp/file
list --json --write /tmp/file
--pin'

# all RULES PATTERN [VERBS]: each says so
all() {
	echo "${3:-$verbs}" >/tmp/verbs
	while read -r verb; do
		# a summary, which is printed before the file is complete, is no half of it
		case $verb in
		*--quiet*) out=/dev/null ;;
		*) out=/dev/stdout ;;
		esac
		fails "$1, $verb" "$(status_of "$verb")" "$2" \
			sh -c 'exec ./forbid "$0" wsdump '"$verb"' >'$out "$1"
	done </tmp/verbs
	is "nothing is left of them" "$(find /tmp -name '*file*') $(ls /sys/fs/bpf)" " "
}

# --- bpf(2)

all bpf=EPERM "^wsdump: can't load the BPF program: Operation not permitted: .*a seccomp filter or a security module forbids bpf\(2\)"
all bpf=ENOSYS "^wsdump: can't load the BPF program: Function not implemented: .*CONFIG_BPF_SYSCALL, or a seccomp filter"
all bpf=EMFILE "^wsdump: can't load the BPF program: Too many open files: .*'ulimit -n'"
all bpf=ENFILE "^wsdump: can't load the BPF program: Too many open files in system: .*fs.file-max"
all bpf=ENOMEM "^wsdump: can't load the BPF program: Cannot allocate memory: .*memory.max"
all bpf=EAGAIN "^wsdump: can't load the BPF program: Resource temporarily unavailable: .*try again"
all bpf=EBUSY "^wsdump: can't load the BPF program: Device or resource busy: .*try again"
# each command of it: a map, a program, a run
for command in 0 5 10; do
	all bpf:$command=EPERM "Operation not permitted: .*seccomp"
done
all bpf:6=EPERM "^wsdump: can't pin .*: Operation not permitted: .*seccomp" --pin
all bpf:6=ENOSPC "^wsdump: can't pin .*: No space left on device$" --pin
all bpf:17=EPERM "^wsdump: can't attach to the kernel's tracepoint wakeup_source_.*: Operation not permitted: .*seccomp" 'trace 1'

wsdump --pin
fails "what is pinned can't be run" 1 "^wsdump: can't run the BPF program: Operation not permitted: .*seccomp" \
	./forbid bpf:10=EPERM wsdump
wsdump --unpin

fails "a user namespace has root, and no BPF" 1 "Operation not permitted: the kernel takes no BPF programs from a user namespace" \
	unshare -U -r wsdump
check "files can be compared there" unshare -U -r wsdump diff /tmp/one /tmp/one

# --- other calls

some='list
list --write /tmp/file
diff /tmp/one
diff /tmp/one /tmp/one
watch 0.01 --count 1
run true
run -w /tmp/file true
trace 0.1 --quiet --svg /tmp/file'
all capset=EPERM "^wsdump: can't give up the capabilities of this process: Operation not permitted: a seccomp filter" "$some"
all setresuid=EPERM "^wsdump: can't become user 65534: Operation not permitted: a seccomp filter" "$some"
all setresuid=ENOSYS "^wsdump: can't become user 65534: Function not implemented: .*seccomp" "$some"
files='list --write /tmp/file
run -w /tmp/file true
trace 0.1 --quiet --svg /tmp/file'
all clone=EAGAIN,clone3=EAGAIN "^wsdump: can't write /tmp/file: can't start a process: Resource temporarily unavailable: too many processes.*'ulimit -u'.*pids.max" "$files"
all pipe2=EMFILE "^wsdump: can't write /tmp/file: can't start a process: Too many open files: .*'ulimit -n'" "$files"
all rename=ENOSPC "^wsdump: can't write /tmp/file: No space left on device$" "$files"
all clone=EAGAIN,clone3=EAGAIN "^wsdump: can't start a process: Resource temporarily unavailable: too many processes" 'run true'
all clone=ENOMEM,clone3=ENOMEM "^wsdump: can't start a process: Cannot allocate memory: .*memory.max" 'run true'
all pipe2=EMFILE "^wsdump: can't make a pipe: Too many open files: .*'ulimit -n'" 'run true'
all signalfd4=EMFILE "^wsdump: can't wait for signals: Too many open files: .*'ulimit -n'" 'trace 1'
all epoll_create1=EMFILE "^wsdump: can't map the buffer for events: Too many open files: .*'ulimit -n'" 'trace 1'
all flock=ENOLCK "^wsdump: can't lock /sys/fs/bpf/wsdump: No locks available$" --pin
all mkdir=EPERM "^wsdump: can't make /sys/fs/bpf/wsdump: Operation not permitted$" --pin
all statfs=ENOMEM "^wsdump: can't look at /sys/fs/bpf: Cannot allocate memory: " --pin
wait_for "the module unloads" rmmod wakeup_kfuncs
all clone=EAGAIN,clone3=EAGAIN "^wsdump: could not load module wakeup_kfuncs: can't run .*/modprobe: Resource temporarily unavailable: too many processes" list
all init_module=EPERM,finit_module=EPERM "^wsdump: could not load module wakeup_kfuncs: a seccomp filter or a security module forbids it, .*Operation not permitted" list
all init_module=ENOMEM,finit_module=ENOMEM "^wsdump: could not load module wakeup_kfuncs: free memory.*Cannot allocate memory" list
modprobe wakeup_kfuncs

# --- limits of the process

# A limit on open files, from the least with which it starts to where all can do their work
for limit in 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	echo "$verbs" >/tmp/verbs
	while read -r verb; do
		# shellcheck disable=SC2086
		run sh -c 'ulimit -n $0; exec wsdump $1' $limit "$verb"
		[ "$status" = 0 ] || echo "$err" | grep -q "^wsdump: .*'ulimit -n'" || echo "$limit, $verb: $status $err"
		[ "$status" != 0 ] || echo "$verb" >>/tmp/done.$limit
	done </tmp/verbs
	wsdump --unpin 2>/dev/null
done >/tmp/wrong
is "with 3 to 20 descriptors each does its work, or names the limit" "$(cat /tmp/wrong)" ""
refuse "with 3 none does" test -e /tmp/done.3
is "with 20 all do" "$(cat /tmp/done.20)" "$verbs"
rm -f /tmp/file

# A limit on memory, likewise; with less than the least a program can't be started
for limit in 3000 3100 3200 3300 3400 3500 3600 3700 3800 3900 4000 5000 20000; do
	run sh -c 'ulimit -v $0; exec wsdump' $limit
	case $status in
	0) echo done ;;
	1) echo "$err" | grep -q "^wsdump: .*\(out of memory\|no memory for\|'ulimit -v'\)" || echo "$limit: $err" ;;
	127) ;;		# not the command's: it was not started
	*) echo "$limit: status $status $err" ;;
	esac
	echo "# $limit KiB: $status $err" >>/tmp/limits
done | sort -u >/tmp/wrong
cat /tmp/limits
is "with 3 to 20 MB it does its work, or names the limit" "$(cat /tmp/wrong)" "done"

# --- settings of the kernel

jit=/proc/sys/net/core/bpf_jit_enable
was=$(cat $jit)
echo 0 >$jit
for verb in list 'watch 0.01 --count 1' 'diff /tmp/one' 'run true' --pin; do
	# shellcheck disable=SC2086
	fails "$jit is 0, $verb" "$(status_of "$verb")" "Operation not supported: .*run 'sysctl net.core.bpf_jit_enable=1' as root" wsdump $verb
done
echo "$was" >$jit
for harden in 1 2; do
	echo $harden >/proc/sys/net/core/bpf_jit_harden
	check "bpf_jit_harden $harden does no harm" wsdump
done
echo 0 >/proc/sys/net/core/bpf_jit_harden

done_testing
