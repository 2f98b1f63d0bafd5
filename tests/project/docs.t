# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# once: all
# The manual page is well-formed and has all that --help has; completion in bash and zsh
# knows the same; the library's header is documented to the last parameter.
. lib/lib.sh

cd ..
make wsdump dmabufdump >/tmp/log 2>&1 || fail "it builds" "$(tail -n 5 /tmp/log)"
make install-command PREFIX=/usr >/tmp/log 2>&1 || fail "it installs" "$(tail -n 5 /tmp/log)"
for command in wsdump dmabufdump; do
page=man/$command.8

# (A page that this small system lacks is not ours to mend. Pages of the BSDs don't name the
# system; where none is named, groff says that it is BSD.)
is "mandoc has nothing against the page of $command" "$(mandoc -T lint $page 2>&1 | grep -v -e 'referenced manual not found' \
	-e 'outdated mandoc.db' -e 'operating system explicitly specified: Os Linux')" ""
mandoc -T ascii $page | sed 's/.\x08//g' >/tmp/page
like "its last line names the system it is for" "$(tail -n 1 /tmp/page)" '^Linux .* Linux$'
LC_ALL=C tr -d '\000-\011\013-\037' </tmp/page | tr -s ' \n' ' ' >/tmp/words

verbs=$($command --help | sed -n '/^Verbs/,/^$/s/^ \([a-z]*\) .*/\1/p')
check "there are verbs" test -n "$verbs"
for verb in '' $verbs; do
	$command $verb --help >/tmp/help
	lines=$(wc -l </tmp/help)
	check "help of '$command $verb' fits a screen: $lines lines" test "$lines" -lt 60
	is "with no line over 90 columns" "$(grep -E '.{91}' /tmp/help)" ""
	[ $command != wsdump ] || is "and of wsdump none over 80" "$(grep -E '.{81}' /tmp/help)" ""
	like "it has examples" "$(cat /tmp/help)" '^Examples:'
	missing=
	for option in $(grep -oE '^ +(-[A-Za-z], )?--[a-z-]+' /tmp/help | sed 's/.* //'); do
		grep -qF -e "$option" /tmp/words || missing="$missing $option"
	done
	is "the page has each of its options" "$missing" ""
done
missing=
for format in $($command --help | sed -n 's/^Formats: //p' | tr -d ,); do
	grep -qE "^ +$format( |\$)" /tmp/page || missing="$missing $format"
done
is "the page has each format" "$missing" ""
missing=
for column in $($command --help | sed -n '/^Columns/,/^$/s/^ \([][A-Z]*\) .*/\1/p'); do
	grep -qE "^ +\[?${column#[}" /tmp/page || missing="$missing $column"
done
for column in $($command --help | sed -n 's/^By -o only: //p' | tr -d ,); do
	grep -qE "^ +\[?$column" /tmp/page || missing="$missing $column"
done
is "the page has each column" "$missing" ""
done
verbs=$(wsdump --help | sed -n '/^Verbs/,/^$/s/^ \([a-z]*\) .*/\1/p')

# --- the library

said=$(perl "$(readlink -f "/lib/modules/$KVER/build")"/scripts/kernel-doc -none loader/libwakeup/libwakeup.h 2>&1)
is "kernel-doc has nothing against libwakeup.h" "$said" ""
declared=$(sed -n 's/^[a-z].*[ *]\(wakeup_[a-z_]*\)(.*/\1/p' loader/libwakeup/libwakeup.h | sort)
make libwakeup >/tmp/log 2>&1 || fail "the library builds" "$(tail -n 5 /tmp/log)"
is "the shared library has what it declares, and no more" \
	"$(nm -D --defined-only build/libwakeup.so.*.*.* | sed -n 's/.* T \(.*\)@@LIBWAKEUP_0$/\1/p' | sort)" "$declared"
is "the header has the version of all" "$(sed -n 's/^#define LIBWAKEUP_VERSION "\(.*\)"$/\1/p' loader/libwakeup/libwakeup.h)" \
	"$(wsdump --version | sed -n 's/^wsdump //p')"
is "so has the static one" "$(nm -g --defined-only build/libwakeup.a | sed -n 's/.* [A-Z] //p' | sort)" "$declared"
is "the page of the library is fine" "$(mandoc -T lint man/libwakeup.3 2>&1 | grep -v -e 'referenced manual not found' \
	-e 'outdated mandoc.db' -e 'operating system explicitly specified: Os Linux')" ""
is "it has each function" "$(sed -n 's/^\.Fn \([a-z_]*\) .*/\1/p' man/libwakeup.3 | sort -u)" "$declared"
is "it says which version it is" "$(objdump -p build/libwakeup.so.*.*.* | sed -n 's/^ *SONAME *//p')" libwakeup.so.0

# --- completion: what the Tab key offers

export completes=wsdump

# bash_offers WORDS...: of the last word, which may be empty
bash_offers() {
	bash -c '
		. /usr/share/bash-completion/bash_completion
		. /usr/share/bash-completion/completions/$completes
		compopt() { :; }	# only a real command line has options
		COMP_WORDS=($completes "$@") COMP_CWORD=$# COMP_LINE="$completes $*"
		COMP_LINE=${COMP_LINE// = /=}
		COMP_POINT=${#COMP_LINE} COMP_TYPE=9
		_wsdump $completes "${@: -1}" "${COMP_WORDS[$#-1]}"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | sed 's/ $//' | sort -u
}

is "bash completes an option" "$(bash_offers --for)" --format
is "and all of them" "$(bash_offers -- | grep -v -- '^--$')" "$(wsdump --help | grep -oE '^ +(-[A-Za-z], )?--[a-z-]+' | sed 's/.* //' | sort)"
is "a format" "$(bash_offers --format j)" json
is "by its letter" "$(bash_offers -f deb)" debugfs
is "in one word with the option" "$(bash_offers --format = and)" android
is "a column" "$(bash_offers -o ev)" events
is "the next of several" "$(bash_offers -o name,ev)" name,events
is "one that is added" "$(bash_offers -o +rel)" +released
is "one to sort by, backwards" "$(bash_offers --sort -tot)" -total
is "a column that only a verb has" "$(bash_offers diff -o sha)" share
is "one of those that say what the device is" "$(bash_offers -o driv)" driver
for verb in $verbs; do
	is "verb $verb" "$(bash_offers "$verb" | grep -x "$verb")" "$verb"
	is "and its options" "$(bash_offers "$verb" --he)" --help
done
name=$(cat /sys/class/wakeup/*/name 2>/dev/null | grep -xm 1 '[A-Za-z0-9_.:@+-]*')
is "a source, where there is any" "$([ -z "$name" ] || bash_offers "$name" | grep -xF -m 1 "$name")" "$name"

completes=dmabufdump
is "the other command's options" "$(bash_offers --kern)" --kernel-only
is "and columns" "$(bash_offers -o held)" held-by
completes=wsdump

# zsh_makes TEXT...: what the command lines are after Tab
zsh_makes() {
	timeout 120 tests/lib/zsh_tab /usr/share/zsh/site-functions "$@"
}

is "zsh completes options, formats, columns and verbs" "$(zsh_makes 'wsdump --for' 'wsdump --format ra' \
	'wsdump -f deb' 'wsdump -o ev' 'wsdump -o name,ev' 'wsdump -o +rel' 'wsdump --sort -tot' \
	'wsdump lis' 'wsdump list --so' 'wsdump watch -o sha')" "\
wsdump --format 
wsdump --format raw 
wsdump -f debugfs 
wsdump -o events
wsdump -o name,events
wsdump -o +released
wsdump --sort -total 
wsdump list 
wsdump list --sort 
wsdump watch -o share"

# --- where things are

missing=
for folder in module/*/ loader/*/ tests/*/; do
	grep -qF "\`$folder" CONTRIBUTING.md docs/testing.md || missing="$missing $folder"
done
is "CONTRIBUTING.md says what each folder has" "$missing" ""

done_testing
