# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# once: release
# quick: ci
# What DKMS does with the module: for kernels that don't run, for one that is installed
# later, for the next version, for one that needs no module, and for the end.
. lib/lib.sh

cd ..
name=wakeup-kfuncs
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
other=$(cd /lib/modules && ls -d */build | sed 's|/build||' | grep -vx "$KVER" | head -n 1)
other=${other:-$KVER}

# A kernel's package makes its initramfs, too, which is slow and none of this.
mkdir -p /etc/initramfs-tools
echo update_initramfs=no >/etc/initramfs-tools/update-initramfs.conf

# This tree with another version, and maybe with another line: DIRECTORY VERSION [SED]
make_tree() {
	cp -r . "$1"
	sed -i "s/^PACKAGE_VERSION=.*/PACKAGE_VERSION=\"$2\"/" "$1/dkms.conf"
	sed -i "${3:-}" "$1/module/wakeup_kfuncs.c"
}

status() {
	dkms status -m $name | sort
}

installed() {
	for _kernel; do
		echo "$name/$_version, $_kernel, x86_64: installed"
	done | sort -u
}

module() {
	modinfo -k "$1" -F "$2" wakeup_kfuncs
}

# A command fails, and says something that matches: PATTERN COMMAND...
refused() {
	_pattern=$1
	shift
	! "$@" >/tmp/log 2>&1 || { echo "it succeeded"; return 1; }
	grep -q "$_pattern" /tmp/log || { tail -n 20 /tmp/log; return 1; }
}

isnt() {
	if [ "$2" != "$3" ]; then pass "$1"; else fail "$1" "both are: $2"; fi
}

everything() {
	{
		find /usr/src /var/lib/dkms /lib/modules /etc ! -path '/var/lib/dkms/mok.*'
		find /usr/local ! -type d
	} | sort
}

everything >/tmp/before

isnt "no kernel here is the running one" "$KVER" "$(uname -r)"
check "it installs for a kernel that does not run" make install KVER="$KVER"
_version=$version
is "and for no other" "$(status)" "$(installed "$KVER")"
is "the module is for that kernel" "$(module "$KVER" vermagic | sed 's/ .*//')" "$KVER"

[ "$other" != "$KVER" ] || dkms uninstall $name/$version -k "$KVER" >/dev/null
check "a kernel's package installs it for that kernel" \
	env DEB_MAINT_PARAMS=configure "/var/lib/dpkg/info/linux-image-$other.postinst" configure
is "it is there for both" "$(status)" "$(installed "$KVER" "$other")"
is "each with its own" "$(module "$other" vermagic | sed 's/ .*//')" "$other"

make_tree /tmp/newer 99.1
check "a newer version installs" make -C /tmp/newer install KVER="$KVER"
_version=99.1
is "for all kernels, and the older is gone" "$(status)" "$(installed "$KVER" "$other")"
is "from DKMS's sources as well" "$(cd /usr/src && ls -d $name-*)" "$name-99.1"
is "and from the kernel's modules" "$(module "$KVER" version) $(module "$other" version)" "99.1 99.1"

make_tree /tmp/broken 99.2 '1i #error "broken"'
check "a version that does not build is refused" \
	refused "version 99.2 could not be installed, so version 99.1 stays" \
	make -C /tmp/broken install-module KVER="$KVER"
is "and changes nothing" "$(status)" "$(installed "$KVER" "$other")"
is "in any place" "$(cd /usr/src && ls -d $name-*) $(module "$KVER" version)" "$name-99.1 99.1"

make_tree /tmp/same 99.1 's/^MODULE_DESCRIPTION.*/MODULE_DESCRIPTION("changed");/'
check "the same version with other source installs" make -C /tmp/same install-module KVER="$KVER"
is "and is built again" "$(module "$KVER" description) $(module "$other" description)" "changed changed"
make_tree /tmp/same-broken 99.1 '1i #error "broken"'
check "one that does not build is refused" refused 'error "broken"' \
	make -C /tmp/same-broken install-module KVER="$KVER"
is "and changes nothing" "$(status) $(module "$KVER" description)" "$(installed "$KVER" "$other") changed"
check "an older version installs, too" make install-module KVER="$KVER"
_version=$version
is "for all kernels" "$(status)" "$(installed "$KVER" "$other")"

# The name is what DKMS goes by: here it is that of a kernel which needs no module, for the
# headers of one that does.
for release in 7.2.6+deb13-amd64 7.3-rc1 7.10.0-1-cloud-amd64 8.0.1 10.1.0; do
	mkdir -p "/lib/modules/$release"
	ln -s "/lib/modules/$KVER/build" "/lib/modules/$release/build"
	check "installing kernel $release succeeds" /etc/kernel/postinst.d/dkms "$release"
	is "and there is no module" "$(find "/lib/modules/$release" -name '*.ko*')" ""
done
dkms uninstall $name/$version -k 7.2.6+deb13-amd64 >/dev/null 2>&1
said=$(dkms install $name/$version -k 7.2.6+deb13-amd64 2>&1)
like "DKMS says why" "$said" "Linux 7.2.6\+deb13-amd64 has these kfuncs itself, so the module is not installed there"
check "make install succeeds" make install-module KVER=7.2.6+deb13-amd64
is "without a module" "$(find "/lib/modules/7.2.6+deb13-amd64" -name '*.ko*')" ""

# As docs/nosysfs.md says: the other module is for such kernels as well.
mkdir -p /etc/dkms
echo 'OBSOLETE_BY=' >/etc/dkms/$name.conf
dkms uninstall $name/$version -k 7.2.6+deb13-amd64 >/dev/null 2>&1	# as there, for DKMS 3.0.10
mkdir -p /lib/modules/8.0.2
ln -s "/lib/modules/$KVER/build" /lib/modules/8.0.2/build
for release in 7.2.6+deb13-amd64 8.0.2; do
	check "with an empty OBSOLETE_BY DKMS installs for $release" /etc/kernel/postinst.d/dkms "$release"
	is "wakeup_nosysfs, and no other" \
		"$(find "/lib/modules/$release" -name '*.ko*' | sed 's|.*/updates/dkms/||; s/\.ko.*//')" wakeup_nosysfs
done
rm /etc/dkms/$name.conf

release=7.1.9+deb13-amd64
mkdir -p "/lib/modules/$release"
ln -s "/lib/modules/$KVER/build" "/lib/modules/$release/build"
check "installing kernel $release succeeds" /etc/kernel/postinst.d/dkms "$release"
like "with a module" "$(find "/lib/modules/$release" -name '*.ko*')" wakeup_kfuncs

cp -r /usr/src/$name-"$version" /usr/src/$name-0.0.1
sed -i 's/^PACKAGE_VERSION=.*/PACKAGE_VERSION="0.0.1"/' /usr/src/$name-0.0.1/dkms.conf
dkms add $name/0.0.1 >/dev/null
check "make uninstall succeeds" make uninstall
rm -rf /lib/modules/7.* /lib/modules/8.* /lib/modules/10.*
everything >/tmp/after
is "and leaves nothing of any version" "$(diff /tmp/before /tmp/after)" ""

done_testing
