# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# except: 6.1-arm64
# quick: ci arm64
# Names are bytes of any value, and are whole in each format; none does harm to a terminal, a
# line or a spreadsheet.
. dmabufdump/lib.sh

need_kfuncs
need_dmabuf_fixture
newline=$(printf 'two\nlines')
latin=$(printf 'caf\351')
escape=$(printf '\033[31mred')
hold a make 4096 x name 1234567890123456789012345678901 \
	make 4096 x name "$newline" \
	make 4096 x name "$latin" \
	make 4096 x name "$escape" \
	make 4096 x name '=1+1' \
	make 4096 x name '' \
	make 4096 x name 'tab	"quoted" \back' \
	make 4096 x name 'grün' \
	make 4096 x
inos=$(grep -v ready /tmp/a)

# name N: the Nth, by JSON
name() {
	dmabufdump --json | jq -c ".buffers[] | select(.ino == $(ino a "$1")) | [.name, .name_hex // null]"
}

is "31 bytes are all there" "$(name 1)" '["1234567890123456789012345678901",null]'
is "a newline is escaped" "$(name 2)" '["two\nlines",null]'
is "what is no UTF-8 comes as bytes besides" "$(name 3)" '["caf�","636166e9"]'
is "an escape sequence is one" "$(name 4)" '["\u001b[31mred",null]'
is "an empty name is none" "$(name 6)" '[null,null]'
is "nor is the lack of one" "$(name 9)" '[null,null]'
is "UTF-8 stays" "$(name 8)" '["grün",null]'
is "a line is a line for scripts" "$(dmabufdump --raw -n | wc -l)" 9
is "with bytes that are not printable as digits" "$(column "$(ino a 2)" name)" 'two\x0alines'
is "the backslash, too" "$(column "$(ino a 7)" name)" 'tab\x09"quoted" \x5cback'
is "a table's line as well" "$(dmabufdump | wc -l)" 11
is "and nothing that a terminal obeys" "$(dmabufdump | LC_ALL=C grep -c "$(printf '\033')")" 0
like "no formula for a spreadsheet" "$(dmabufdump --csv)" "\"'=1\\+1\""
is "the kernel's own format has them as the kernel has" \
	"$(dmabufdump --format bufinfo | awk -F '\t' '/^[0-9]+\t/ { print $7 }' | sort)" \
	"$(awk -F '\t' '/^[0-9]+\t/ { print $7 }' $bufinfo | sed 's/^$/<none>/' | sort)"

# What Android's libdmabufinfo does with its text: four lines a buffer, of which the first two
# are numbers.
dmabufdump --format android | awk '
	NR % 4 == 1 && !/^[0-9]+$/ { print "line " NR " is no inode number: " $0 }
	NR % 4 == 2 && !/^4096$/ { print "line " NR " is no size: " $0 }
	NR % 4 == 0 && !/^x$/ { print "line " NR " is no exporter: " $0 }
	END { if (NR != 36) print NR " lines" }' >/tmp/wrong
is "Android's reader finds its four lines a buffer" "$(cat /tmp/wrong)" ""
is "with a blank for the newline in a name" "$(dmabufdump --format android | grep -c '^two lines$')" 1

# A name that changes all the time: never half of one and half of another.
hold b make 4096 renamed rename
for i in $(seq 50); do column "$(ino b)" name; done | sort -u >/tmp/names
is "a name that changes is one or the other" "$(grep -vx -e 'a*' -e bbbbbbb /tmp/names)" ""
is "in whole" "$(grep -x 'a*' /tmp/names | grep -vx 'a\{31\}' | grep .)" ""
release a b
done_testing
