# SPDX-License-Identifier: GPL-2.0-only
# where: root
# modes: in-tree
# quick: no
# Where the kernel has the kfuncs itself: the module still builds, for in_tree.t to see that
# it does no harm, and DKMS installs it for older kernels only, with a sentence that says why.
. lib/lib.sh
export SYSTEMS=wakeup	# others would only take longer

cd ..
make clean >/dev/null
run make modules KVER="$KVER" MODULES='wakeup_kfuncs wakeup_nosysfs'
is "it builds against this kernel's headers" "$status" 0
is "without a warning" "$(printf '%s\n' "$out" "$err" | grep -i warning)" ""
for module in wakeup_kfuncs wakeup_nosysfs; do
	like "$module is for this kernel" "$(modinfo -F vermagic module/$module.ko)" "^$(echo "$KVER" | sed 's/[.+]/\\&/g') "
done

if [ "$DEB_ARCH" = amd64 ]; then
	older=$(cd /lib/modules && ls -d */build | sed 's|/build||' | grep -vx "$KVER" | head -n 1)
	files() {
		find "/lib/modules/$1" -name 'wakeup_*.ko*' | wc -l
	}

	make install-module KVER="$older" >/tmp/log 2>&1
	is "DKMS installs both for an older kernel" "$(files "$older")" 2
	reason="Linux $(echo "$KVER" | sed 's/[.+]/\\&/g') has these kfuncs itself, so the module is not installed there"
	run make install-module KVER="$KVER"
	is "make install-module succeeds for this one" "$status" 0
	like "and says why it installs none" "$out$err" "$reason"
	is "and has installed none" "$(files "$KVER")" 0
	run /etc/kernel/postinst.d/dkms "$KVER"
	is "what this kernel's package runs succeeds as well" "$status" 0
	is "and installs none" "$(files "$KVER")" 0
	is "the older kernel keeps its own" "$(files "$older")" 2

	echo 'OBSOLETE_BY=' >/etc/dkms/wakeup-kfuncs.conf	# see docs/nosysfs.md
	check "asked to, DKMS installs for this kernel" make install-module KVER="$KVER"
	is "wakeup_nosysfs alone" \
		"$(find "/lib/modules/$KVER" -name 'wakeup_*.ko*' | sed 's|.*/updates/dkms/||; s/\.ko.*//')" wakeup_nosysfs
fi
done_testing
