# SPDX-License-Identifier: GPL-2.0-only
# What is kept between runs, and where. Sourced by common.sh.
#
# $cache is the user's: downloads, Debian roots, kernels. All clones of this tree share it. The
# name of each thing in it ends with a key, a hash of what the thing is made from, so that one
# made from something else is never taken for it. A thing is made by one process at a time,
# beside its place, and renamed when it is complete.
#
# $work is this clone's: what is built from the tree, and the folders of tests that are running.

cache=${WSDUMP_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/wsdump}
case $cache in
/*) ;;
*) die "WSDUMP_CACHE=$cache is not an absolute path" ;;
esac
work=$top/build/vm

# key WORDS...: what is made from these words has this in its name
key() {
	echo "$*" | sha256sum | cut -c 1-10
}

# timed NAME WHAT COMMAND...: say what is being done and how long it took the last time, do it,
# and note how long it took. "$cache/times" has a file for each NAME.
timed() {
	_timed=$1 _last=$(cat "$cache/times/$1" 2>/dev/null || true) _start=$(date +%s)
	say "$2${_last:+, $_last s the last time}"
	shift 2
	"$@"
	mkdir -p "$cache/times"
	echo $(($(date +%s) - _start)) >"$cache/times/.$_timed.$$"
	mv "$cache/times/.$_timed.$$" "$cache/times/$_timed"
}

# make_once PATH WHAT COMMAND...: unless PATH is there, have "COMMAND... PATH.part" make it as
# PATH.part, a file or a folder. PATH ends with a key.
make_once() {
	_path=$1
	shift
	[ ! -e "$_path" ] || return 0
	mkdir -p "$(dirname "$_path")"
	(
		flock -n 9 || {
			say "waiting for another run, which is busy with $_path"
			flock 9
		}
		[ ! -e "$_path" ] || exit 0
		as_root rm -rf "$_path.part"
		_name=${_path##*/}
		timed "${_name%-*}" "$@" "$_path.part"
		as_root mv "$_path.part" "$_path"
	) 9>"$_path.lock"
}

# run_dir: make a folder $dir for this process, which goes when it ends
run_dir() {
	mkdir -p "$work"
	dir=$(mktemp -d "$work/run.XXXXXX")
	trap 'as_root rm -rf "$dir"' EXIT
	trap 'exit 130' INT TERM HUP
}
