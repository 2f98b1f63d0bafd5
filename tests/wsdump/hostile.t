# SPDX-License-Identifier: GPL-2.0-only
# where: monitoring
# once: all
# first: hostile.vm.sh
# quick: ci
# Names that are made to break what prints them: every format stays well formed, as a parser
# of that format sees it that somebody else has written, has each name as it is or escaped in
# its own way, and nothing that a terminal would obey.
. lib/lib.sh

files=/tmp/files
mkdir $files
tar -C $files -xzf /files/hostile.tgz
check "the VM has handed out everything" test -s $files/watch--json
[ -z "${locks:-}" ] || check "the kernel has refused names with spaces" test -s $files/refused

cat >/tmp/check.py <<'END'
import csv, io, json, re, shlex, sys
import xml.etree.ElementTree as xml
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

def data(name):
    return open('/tmp/files/' + name, 'rb').read()

names = written = data('names').split(b'\0')[:-1]
if sys.argv[1]:
    # to the kernel's file a newline is the end, and the same name is the same lock, which
    # then is locked as often
    written = [n.split(b'\n')[0] for n in names]
    names = list(dict.fromkeys(written))
count = 0

def ok(what, good, said=''):
    global count
    count += 1
    print('%s - %s' % ('ok' if good else 'not ok', what))
    if not good:
        print('#', repr(said)[:2000])

def is_text(name):
    try:
        return name.decode() is not None
    except UnicodeDecodeError:
        return False

def json_name(name):
    # as the manual has it: bytes that are no UTF-8 become U+FFFD, each
    out, i = '', 0
    while i < len(name):
        for n in (1, 2, 3, 4):
            if len(name[i:i + n]) == n and is_text(name[i:i + n]):
                out += name[i:i + n].decode()
                i += n
                break
        else:
            out += '\ufffd'
            i += 1
    return out

def unescape(text):
    # \xHH, as table, raw, pairs and csv have it
    return re.sub(rb'\\x([0-9a-f]{2})', lambda m: bytes([int(m[1], 16)]), text)

def same(got, what, wanted=names):
    missing = [n for n in set(wanted) if got.count(n) != wanted.count(n)]
    ok('%s: each of %d names' % (what, len(wanted)), not missing, missing[:3])

# control characters: of ASCII, DEL, and in UTF-8 those of C1; those of writing direction, and
# others that show nothing
hidden = '\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0001-\U000e007f'
def obeyed(text, allowed):
    return re.findall(rb'[\x00-\x1f\x7f]', text.translate(None, allowed)) + \
        re.findall('[\x80-\x9f%s]' % hidden, text.decode(errors='surrogateescape'))

for name, allowed in (('table', b'\n'), ('table.C', b'\n'), ('raw', b'\n\t'), ('json', b'\n'),
        ('pairs', b'\n'), ('csv', b'\r\n'), ('diff', b'\n'), ('diff.C', b'\n'),
        ('diff--json', b'\n'), ('diff--raw', b'\n\t'), ('watch', b'\n'), ('watch--json', b'\n'),
        ('trace', b'\n'), ('trace.raw', b'\n\t')):
    said = obeyed(data(name), allowed)
    ok('%s: nothing that a terminal obeys or hides' % name, not said, said[:10])
for name in ('raw', 'pairs', 'table.C', 'diff.C', 'diff--raw', 'trace.raw'):
    ok('%s: ASCII' % name, data(name).isascii())

# JSON
doc = json.loads(data('json'))
got = [bytes.fromhex(s['name_hex']) if 'name_hex' in s else s['name'].encode()
       for s in doc['wakeup_sources']]
same(got, 'json')
ok('json: what is no UTF-8 is replaced, byte by byte', all(
    s['name'] == json_name(n) for s, n in zip(doc['wakeup_sources'], got)))
ok('json: names that are text have no hex', all(
    is_text(n) != ('name_hex' in s) for s, n in zip(doc['wakeup_sources'], got)))
for name in ('diff--json', 'watch--json'):
    changes = json.loads(data(name))['changes']
    same([bytes.fromhex(s['name_hex']) if 'name_hex' in s else s['name'].encode()
          for s in changes], name)

# CSV
rows = list(csv.reader(io.StringIO(data('csv').decode(), newline=''), strict=True))
ok('csv: as many fields in each row', len({len(r) for r in rows}) == 1 and len(rows) > len(names))
ok('csv: nothing begins a formula', not [r for r in rows[1:] if r[0][:1] in tuple('=+-@\t\r')])
same([unescape(re.sub(rb"^'", b'', r[0].encode())) for r in rows[1:]], 'csv')

# a line of fields with TAB between them
lines = data('raw').decode().split('\n')[:-1]
ok('raw: as many fields in each line', len({l.count('\t') for l in lines}) == 1)
same([unescape(l.encode()) for l in data('raw.names').decode().split('\n')[:-1]], 'raw')

# the shell's words
pairs = [shlex.split(l) for l in data('pairs').decode().split('\n')[:-1]]
ok('pairs: as many words in each line', len({len(p) for p in pairs}) == 1)
ok('pairs: each a variable', all(re.match('[a-z_]+=', w) for p in pairs for w in p))
same([unescape(p[0][len('name='):].encode()) for p in pairs], 'pairs')

# metrics
text = data('openmetrics').decode()
families = list(openmetrics(text))
labels = [s.labels['name'] for f in families for s in f.samples
          if s.name == 'wakeup_source_active']
missing = [n for n in names if labels.count(json_name(n)) < 1]
ok('openmetrics: each name is a label', not missing and len(labels) > len(names), missing[:3])
ok('openmetrics: ends once', text.count('\n# EOF\n') >= 1 and text.endswith('\n# EOF\n'))
old = [s.labels['name'] for f in prometheus(data('prometheus').decode()) for s in f.samples
       if s.name == 'wakeup_source_active']
ok('prometheus: the same', sorted(old) == sorted(labels))

# XML
root = xml.fromstring(data('svg'))
ok('svg: a picture', root.tag.endswith('svg') and len(root) > 40)
trace = data('trace.raw').decode().split('\n')[:-1]
ok('trace --raw: as many fields in each line', len({l.count('\t') for l in trace}) == 1)
same([unescape(l.split('\t')[5].encode()) for l in trace if '\tactivate\t' in l],
    'trace --raw', written)

# tables: one row each
ok('table: a row for each', data('table').count(b'\n') == len(doc['wakeup_sources']) + 1)
ok('diff: a row for each', data('diff').count(b'\n') == len(names) + 2 , data('diff')[:300])
END
python3 /tmp/check.py "${locks:-}" >/tmp/checked 2>&1 || fail "all were looked at" "$(tail -n 5 /tmp/checked)"
while IFS= read -r line; do
	case $line in
	"ok - "*) pass "${line#ok - }" ;;
	"not ok - "*) fail "${line#not ok - }" "$(grep -A 1 -xF -- "$line" /tmp/checked | tail -n 1)" ;;
	esac
done </tmp/checked
run promtool check metrics <$files/prometheus
is "promtool reads them" "$status$out$err" 0

done_testing
