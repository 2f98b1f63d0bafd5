# SPDX-License-Identifier: GPL-2.0-only
# where: check
# once: all
# quick: no
# Any arguments, and any environment, for the command as it is built to notice each access
# outside of memory and each undefined behaviour: what comes of it is documented. By a user
# who may load nothing, which leaves the command line and what files are made to say;
# arguments_root.t does the same in the VM.
. lib/lib.sh

cd ..
sanitize='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined'
export ASAN_OPTIONS=detect_leaks=1:exitcode=99 UBSAN_OPTIONS=exitcode=99
check "the command builds" make wsdump BUILD=/tmp/san STATIC= CFLAGS="$sanitize"
check "and what runs it" gcc -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror tests/wsdump/arguments.c -o /tmp/arguments

mkdir /tmp/fuzz
cp tests/fuzz/corpus/* /tmp/fuzz/
for file in /tmp/fuzz/*; do
	[ ! -e /tmp/fuzz/old ] && /tmp/san/wsdump diff "$file" "$file" >/dev/null 2>&1 || continue
	cp "$file" /tmp/fuzz/old
	cp "$file" /tmp/fuzz/new
done
check "there are files to compare" test -s /tmp/fuzz/new
chmod 1777 /tmp/fuzz
cd /tmp/fuzz
check "5,000 runs end as documented" setpriv --reuid 65534 --regid 65534 --clear-groups \
	--bounding-set=-all --inh-caps=-all /tmp/arguments /tmp/san/wsdump 0 5000
printf '%s\n' "$_said" | grep statuses
# ...which one that does not would not
printf '#!/bin/sh\nprintf "a\\033b"\n' >/tmp/bad
chmod +x /tmp/bad
refuse "a command that prints control characters does not" /tmp/arguments /tmp/bad 0 3

done_testing
