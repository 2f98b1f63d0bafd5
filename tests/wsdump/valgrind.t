# SPDX-License-Identifier: GPL-2.0-only
# where: check
# once: all
# quick: no
# The command under valgrind, which unlike the sanitizers notices what is read before it was
# written: all that it does without BPF, of whose memory valgrind knows nothing. That is the
# command line, comparing files, and what it says where it may load nothing.
. lib/lib.sh

cd ..
check "the command builds" make wsdump BUILD=/tmp/plain STATIC= CFLAGS='-O1 -g'
mkdir /tmp/watched
cp -r tests/fuzz/corpus /tmp/watched/
chmod 1777 /tmp/watched
cd /tmp/watched

# watched COMMAND...: by a user who may load nothing, with what valgrind says in /tmp/said
watched() {
	setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all --inh-caps=-all \
		valgrind --quiet --error-exitcode=99 --leak-check=full \
		--errors-for-leak-kinds=definite,indirect,possible \
		--log-file=/tmp/watched/said-%p "$@"
}

# clean STATUS WHAT ARGUMENTS...: for one run
clean() {
	_wanted=$1 _what=$2
	shift 2
	rm -f said-*
	run watched /tmp/plain/wsdump "$@"
	is "$_what" "$status $(cat said-*)" "$_wanted "
}

clean 0 "--help" --help
for verb in diff watch run trace; do
	clean 0 "$verb --help" $verb --help
done
clean 0 "--version" --version
clean 2 "a wrong option" --frobnicate
clean 2 "a wrong column" -o name,size
clean 2 "a wrong duration" --since 1fortnight
clean 1 "a listing, which it may not have" --json -s -total -o +id 'fixture*'
clean 125 "a command, whose difference it may not have" run -w there -- true
clean 1 "a trace that it may not have" trace 1 --svg svg --perfetto perfetto
clean 1 "a screen that it may not have" watch 1 --count 1
clean 1 "a difference to now" diff corpus/two

# Every file once: what is good as all formats, what is bad with what is wrong with it.
good=0 bad=0
for file in corpus/*; do
	rm -f said-*
	run watched /tmp/plain/wsdump diff --json "$file" "$file"
	case $status in
	0) good=$((good + 1)) last=$file ;;
	1) bad=$((bad + 1)) ;;
	*) fail "$file: status $status" "$(cat said-*)" "$err" ;;
	esac
	[ -z "$(cat said-*)" ] || fail "$file: valgrind has something to say" "$(cat said-*)"
done
check "$good good files and $bad bad ones are read" test $good -ge 5 -a $bad -ge 10
for format in '' --raw '--idle --output-all' '--sort -time --top 2 --noheadings'; do
	# shellcheck disable=SC2086
	clean 0 "diff $format" diff $format "$last" "$last"
done

# ...and it would notice
printf '#include <stdlib.h>\nint main(void) { char *p = malloc(9); return p[8] > 3; }\n' >/tmp/bad.c
gcc -O0 -g /tmp/bad.c -o /tmp/bad
run watched /tmp/bad
is "what reads before it writes is noticed" "$status" 99

done_testing
