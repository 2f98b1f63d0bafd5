# SPDX-License-Identifier: GPL-2.0-only
# where: root
# once: all
# Of each character of Unicode, whether text for a terminal has it as it is or escaped, against
# what Python knows of Unicode. (A blank is alone here, so it is at the end, and escaped.)
. lib/lib.sh

check "what prints all characters builds" make -s BUILD=/tmp /tmp/text
/tmp/text >/tmp/characters || fail "it prints all"

cat >/tmp/check.py <<'END'
import unicodedata

# signs that are drawn around a number
drawn = {*range(0x600, 0x606), 0x6dd, 0x70f, 0x890, 0x891, 0x8e2, 0x110bd, 0x110cd}
# marks and letters that stand for nothing: fillers, vowels that are inherent, selectors
nothing = {0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0,
           *range(0x180b, 0x1810), *range(0xfe00, 0xfe10), *range(0xe0100, 0xe01f0)}

lines = iter(open('/tmp/characters', 'rb').read().split(b'\n'))
shown, escaped, wrong = 0, 0, []
for c in range(0x110000):
    if 0xd800 <= c < 0xe000:
        continue
    text, got = chr(c).encode(), next(lines)
    kind = unicodedata.category(chr(c))
    if got == b''.join(b'\\x%02x' % b for b in text):
        escaped += 1
        # Cn: has come to Unicode since, or is missing in the locale as well
        if not (kind in ('Cc', 'Cf', 'Zl', 'Zp', 'Zs', 'Cn', 'Co') and c not in drawn or c in nothing):
            wrong.append('U+%04X %s is escaped' % (c, kind))
    elif got == text:
        shown += 1
        if kind in ('Cc', 'Cf', 'Zl', 'Zp', 'Zs') and c not in drawn or c in nothing:
            wrong.append('U+%04X %s is shown' % (c, kind))
    else:
        wrong.append('U+%04X comes as %r' % (c, got))
if list(lines) != [b'']:
    wrong.append('more lines than characters')
print(shown, escaped)
print('\n'.join(wrong))
END
run python3 /tmp/check.py
is "$(echo "$out" | sed -n '1s/\(.*\) \(.*\)/\1 characters are shown and \2 escaped, as they should/p')" \
	"$status$err$(echo "$out" | sed 1d)" 0
check "of both there are thousands" test "$(echo "$out" | sed -n '1s/ .*//p')" -gt 100000

done_testing
