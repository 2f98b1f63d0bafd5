# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# once: all
# A tree without git, as from a release's archive, has all its files.
. lib/lib.sh

tree=/tmp/tree
cp -a .. $tree
mkdir -p $tree/build
touch $tree/build/made $tree/bpf/new.c
(cd $tree && find . -path ./build -prune -o ! -type d -printf '%P\n') | sort >/tmp/wanted
$tree/tests/vm/files | sort >/tmp/files
is "all but what was made are in it" "$(diff /tmp/wanted /tmp/files)" ""
is "so are links, and files that have a folder's name" \
	"$(grep -cx -e completions/dmabufdump.bash -e tests/vm/build /tmp/files)" 2

done_testing
