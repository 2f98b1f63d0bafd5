# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# once: all
# The keywords of tests: what nobody would read, or nobody knows, is an error.
. lib/lib.sh

# a_test LINES...: what follows the license
a_test() {
	{
		echo "# SPDX-License-Identifier: GPL-2.0-only"
		printf '%s\n' "$@"
	} >/tmp/a.t
}

run ./keywords --all ./*/*.t ./*/*.vm.sh
is "those of all tests are known" "$status$err" 0
a_test '# once: all' '# rows: 6.1 6.12' '# A test, with: a colon' '. lib/lib.sh'
is "a keyword has a value" "$(./keywords /tmp/a.t rows)" "6.1 6.12"
is "or none" "$(./keywords /tmp/a.t where)" ""
fails "an unknown one in the list" 2 "unknown keyword 'whre'" ./keywords /tmp/a.t whre
a_test '# onec: all'
fails "an unknown one in a test" 2 "a.t:2: unknown keyword 'onec'" ./keywords --all /tmp/a.t
a_test '# rows: 6.1 4.4'
fails "a value that there is not" 2 "a.t:2: '6.1 4.4' is no value of 'rows'" ./keywords --all /tmp/a.t
a_test '# A test.' '# once: all'
fails "one below other lines" 2 "a.t:3: 'once' is below other lines" ./keywords --all /tmp/a.t
a_test '# once: all' '# once: release'
fails "one twice" 2 "a.t:3: 'once' for the second time" ./keywords --all /tmp/a.t
a_test '# rows: 6.12 7.3'
fails "a row that the modes leave out" 2 "a.t: row '7.3' is left out by 'modes: module'" ./keywords --all /tmp/a.t
a_test '# arch: amd64' '# rows: 6.12 6.12-arm64'
fails "or the architecture" 2 "a.t: row '6.12-arm64' is left out by 'arch: amd64'" ./keywords --all /tmp/a.t

done_testing
