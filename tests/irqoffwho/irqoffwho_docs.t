# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# rows: 6.12
# irqoffwho's manual page is well-formed and has all that --help has, and bash completes it.
. lib/lib.sh

cd ..
make irqoffwho >/tmp/log 2>&1 || fail "it builds" "$(tail -n 5 /tmp/log)"
make install-irqoffwho PREFIX=/usr >/tmp/log 2>&1 || fail "it installs" "$(tail -n 5 /tmp/log)"
page=man/irqoffwho.8
is "mandoc has nothing against the page" "$(mandoc -T lint $page 2>&1 | grep -v -e 'referenced manual not found' \
	-e 'outdated mandoc.db' -e 'operating system explicitly specified: Os Linux')" ""
mandoc -T ascii $page | sed 's/.\x08//g' >/tmp/page

for verb in '' watch; do
	irqoffwho $verb --help >/tmp/help
	lines=$(wc -l </tmp/help)
	check "help of 'irqoffwho $verb' fits a screen: $lines lines" test "$lines" -lt 60
	is "with no line over 90 columns" "$(grep -E '.{91}' /tmp/help)" ""
	missing=
	for option in $(grep -oE '^ +(-[A-Za-z], )?--[a-z-]+' /tmp/help | sed 's/.* //'); do
		grep -qF -e "$option" /tmp/page || missing="$missing $option"
	done
	is "the page has each of its options" "$missing" ""
done
missing=
for word in $(sed -n 's/^Formats: //p' /tmp/help | tr -d ,) \
	$(sed -n '/^Columns/,/^$/s/^ \[\{0,1\}\([A-Z-]*\)\]\{0,1\} .*/\1/p' /tmp/help); do
	grep -qwF -e "$word" /tmp/page || missing="$missing $word"
done
is "and each format and column" "$missing" ""

# bash_offers WORDS...: of the last word, which may be empty
bash_offers() {
	bash -c '
		. /usr/share/bash-completion/bash_completion
		. /usr/share/bash-completion/completions/irqoffwho
		compopt() { :; }
		COMP_WORDS=(irqoffwho "$@") COMP_CWORD=$# COMP_LINE="irqoffwho $*"
		COMP_POINT=${#COMP_LINE} COMP_TYPE=9
		_irqoffwho irqoffwho "${@: -1}" "${COMP_WORDS[$#-1]}"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" | sort -u
}

is "bash completes an option" "$(bash_offers --for | tr '\n' ' ')" "--for --format "
is "and all of them" "$(bash_offers -- | grep -v -- '^--$')" "$(grep -oE '^ +(-[A-Za-z], )?--[a-z-]+' /tmp/help | sed 's/.* //' | sort)"
is "a format" "$(bash_offers --format hi)" histogram
is "by its letter" "$(bash_offers -f fo)" folded
is "a column" "$(bash_offers -o fun)" function
is "one that is added" "$(bash_offers -o +cg)" +cgroup
is "one to sort by, backwards" "$(bash_offers --sort -sam)" -samples
is "the verb" "$(bash_offers wa)" watch
is "and its options" "$(bash_offers watch --he)" --help
is "zsh completes options, formats and columns" "$(timeout 120 tests/lib/zsh_tab /usr/share/zsh/site-functions \
	'irqoffwho --form' 'irqoffwho --format hi' 'irqoffwho -o fun' 'irqoffwho wat')" "\
irqoffwho --format 
irqoffwho --format histogram 
irqoffwho -o function
irqoffwho watch "

done_testing
