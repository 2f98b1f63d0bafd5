# SPDX-License-Identifier: GPL-2.0-only
# where: tools
# first: trace_files.vm.sh
# with: trace-processor
# once: all
# quick: ci
# What `wsdump trace` writes: Perfetto's own trace processor understands the one file, and
# counts in it what the lines say; the other is a picture that XML tools read.
. lib/lib.sh

files=/files
gcc -O2 -Wall -Wextra -Werror wsdump/trace_query.c $files/libtest_trace_processor.so -Wl,-rpath=$files \
	-o /tmp/trace_query || exit 1

query() {
	/tmp/trace_query $files/trace.pftrace "$1" | tail -n +2
}

# Lines of events, as name, id, begin and end, both within the trace.
awk -F '\t' '
	NR == 1 { next }
	$2 == "active" || $2 == "activate" { begin[$3, $6] = $1; next }
	{ print $6 "|" $3 "|" begin[$3, $6] "|" $1 }' $files/trace.raw | sort >/tmp/spans
check "the story was recorded" test "$(wc -l </tmp/spans)" = 21

# The same from Perfetto, in which a name that is no UTF-8 has U+FFFD, and two sources of one name
# have their numbers added, as tracks of one name can't be told apart.
query "select track.name, extract_arg(arg_set_id, 'debug.id'), ts, ts + dur
	from slice join track on slice.track_id = track.id
	where slice.category = 'wakeup_source'" >/tmp/perfetto.all
awk -F '|' -v OFS='|' '
	NR == FNR { if (!(($1, $2) in seen)) ids[$1]++; seen[$1, $2]; next }
	{ if (ids[$1] > 1) $1 = $1 " (" $2 ")"; print }' /tmp/spans /tmp/spans >/tmp/named
sed "s/^bad\\\\xff\\\\xc2\\\\x85\\\\xef\\\\xbf\\\\xbe/bad\xef\xbf\xbd\xc2\x85\xef\xbf\xbe/" /tmp/named |
	grep -v '^two' | sort >/tmp/wanted
grep '^[^|]*|[^|]*|[^|]*|[^|]*$' /tmp/perfetto.all | grep -v '^lines|' | sort >/tmp/perfetto
is "Perfetto has the same slices, with the same times" "$(diff /tmp/wanted /tmp/perfetto)" ""
is "also of a name with a newline" "$(grep -A 1 '^two' /tmp/perfetto.all | grep -c '^lines|[0-9]')" 3

is "each source has a track, also two of one name" \
	"$(query "select count(distinct track_id) from slice where category = 'wakeup_source'")" 8
is "the two of one name have three slices each" \
	"$(query "select count() from slice where name = 'twin' group by track_id" | tr '\n' ' ')" "3 3 "
is "what was active before says since when" \
	"$(query "select count() from slice where extract_arg(arg_set_id, 'debug.active_before_trace_ns') > 0")" 1
is "what still is says so" \
	"$(query "select name from slice where extract_arg(arg_set_id, 'debug.still_active') order by name" | tr '\n' ' ')" "modem touch "
is "no slice is without an end" "$(query "select count() from slice where dur < 0")" 0
is "the union is one slice, as one source was active throughout" \
	"$(query "select count() from slice join track on slice.track_id = track.id where track.name = 'any active'")" 1
is "Perfetto met with no errors" \
	"$(query "select name || ' ' || value from stats where severity in ('error', 'data_loss') and value > 0")" ""
is "times are on CLOCK_MONOTONIC" \
	"$(query "select min(ts) from slice where category = 'wakeup_source'")" \
	"$(awk -F '\t' '$2 == "active" { print $1 }' $files/trace.raw)"

# --- the picture ---------------------------------------------------------------------

cat >/tmp/svg.py <<'END'
import sys, xml.etree.ElementTree as tree
ns = '{http://www.w3.org/2000/svg}'
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == ns + 'svg', root.tag
for rect in root.iter(ns + 'rect'):
    if rect.get('class') in ('bar', 'union', 'about'):
        x, width = float(rect.get('x')), float(rect.get('width'))
        assert x >= 216 and width >= 1 and x + width <= 880, (x, width)
        print('bar', repr(rect.find(ns + 'title').text))
for g in root.iter(ns + 'g'):
    print('row', repr(g.find(ns + 'text').text))
assert not list(root.iter(ns + 'image')) and not list(root.iter(ns + 'script'))
END
check "the picture is well-formed XML" python3 -c "import xml.dom.minidom as m; m.parse('$files/trace.svg')"
python3 /tmp/svg.py $files/trace.svg >/tmp/svg || fail "and as described" "$(cat /tmp/svg)"
is "it has a row for each source" "$(grep -c ^row /tmp/svg)" 8
is "the one that was held all along comes first" "$(sed -n 's/^row //p' /tmp/svg | head -n 1)" "'touch'"
is "names that would break XML are as they were" "$(grep -cF "row 'a<b>&\"c\\'d'" /tmp/svg)" 1
is "and those that XML can't have are written out" \
	"$(grep -cxF -e "row 'two\\\\x0alines'" -e "row 'bad\\\\xff\\\\xc2\\\\x85\\\\xef\\\\xbf\\\\xbe'" /tmp/svg)" 2
is "two of one name are told apart" "$(grep -c "^row 'twin ([0-9]*)'" /tmp/svg)" 2
check "colours and marks are explained" grep -q '>one source, an arrow if it still is<' $files/trace.svg
is "what is still active has an arrow at the edge" "$(grep -c '<path class="bar" d="M872 [0-9]*l8 7l-8 7z"/>' $files/trace.svg)" \
	"$(awk -F '\t' '$2 == "still"' $files/trace.raw | wc -l)"
is "nothing was active 1 times" "$(grep -c 'activated 1 times' $files/trace.svg)" 0
is "nor for 0.0% of the time" "$(grep -c '>0\.0%<' $files/trace.svg)" "$(grep -c '>0</text>.*>0\.0%<' $files/trace.svg)"
is "no two tracks have one name" "$(query "select count() from (select name from track where name != '' group by name having count() > 1)")" 0
is "a bar for each span" "$(grep -c ^bar /tmp/svg)" 22

done_testing
