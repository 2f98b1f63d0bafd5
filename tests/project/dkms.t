# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# once: release
# quick: ci
# What DKMS does with the module: for kernels that don't run, for one that is installed
# later, for the next version, for one that needs no module, and for the end.
. lib/lib.sh
export SYSTEMS=wakeup	# others would only take longer

cd ..
name=wakeup-kfuncs
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
other=$(cd /lib/modules && ls -d */build | sed 's|/build||' | grep -vx "$KVER" | head -n 1)
other=${other:-$KVER}
real=$(cd /lib/modules && ls -d */build | sed 's|/build||')

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

# --- kernels that can't be served, between others that can --------------------------

# The headers of the kernel here under another release's name, with another configuration:
# RELEASE [SED]
kernel() {
	_build=/lib/modules/$1/build _from=$(readlink -f "/lib/modules/$KVER/build")
	mkdir -p "$_build/include/config"
	ln -s "$_from"/* "$_from/.kernelvariables" "$_build/" 2>/dev/null
	ln -s "$_from"/include/* "$_build/include/" 2>/dev/null
	ln -s "$_from/include/config/kernel.release" "$_build/include/config/"
	for _config in .config include/config/auto.conf; do
		sed "${2:-}" "$_from/$_config" >"$_build/$_config"
	done
}

files() {
	find "/lib/modules/$1" -name '*.ko*' | sed 's|.*/updates/dkms/||; s/\.ko.*//' | sort | tr '\n' ' '
}

# What that kernel's package runs succeeds, gives the reason in one sentence, and has installed
# nothing: RELEASE PATTERN
left_out() {
	run /etc/kernel/postinst.d/dkms "$1"
	is "the installation of kernel $1 succeeds" "$status" 0
	is "with one sentence" "$(printf '%s\n%s\n' "$out" "$err" | grep -c "^$name: \|headers.*do not seem")" 1
	like "which says why" "$out$err" "$2"
	is "and no module" "$(files "$1")" ""
	run dkms build "$name/$version" -k "$1"
	like "dkms itself says it as well" "$err" "$2|the headers of"
}

off() {
	echo "s/^CONFIG_$1=y/# CONFIG_$1 is not set/"
}

kernel 6.12.1-nobtf "$(off DEBUG_INFO_BTF); $(off DEBUG_INFO_BTF_MODULES)"
left_out 6.12.1-nobtf 'Linux 6\.12\.1-nobtf is built without CONFIG_DEBUG_INFO_BTF,'
kernel 6.12.1-nomodbtf "$(off DEBUG_INFO_BTF_MODULES)"
left_out 6.12.1-nomodbtf 'is built without CONFIG_DEBUG_INFO_BTF_MODULES,'
kernel 6.12.1-nosleep "$(off PM_SLEEP)"
left_out 6.12.1-nosleep 'is built without CONFIG_PM_SLEEP,'
for release in 5.10.0-30-amd64 6.0.9; do
	kernel $release
	left_out $release 'is too old, 6\.1 is the first'
done
for release in 7.2.6+deb13-amd64 7.3-rc1 7.10.0-1-cloud-amd64 8.0.1 10.1.0; do
	kernel $release
	left_out $release "Linux $(echo $release | sed 's/[.+]/\\&/g') has these kfuncs itself, so the module is not installed there"
done
mkdir /lib/modules/6.12.1-noheaders
left_out 6.12.1-noheaders 'headers.*do not seem to be installed'
run dkms autoinstall -k 6.12.1-noheaders
is "nor does DKMS alone fail without headers" "$status" 0
like "and it says why" "$err" 'the headers of Linux 6\.12\.1-noheaders are not in'
check "make install succeeds for a kernel that needs none" make install-module KVER=7.2.6+deb13-amd64
is "without a module" "$(files 7.2.6+deb13-amd64)" ""

for release in 6.1.0-99-amd64 7.1.9+deb13-amd64; do
	kernel $release
	check "the installation of kernel $release succeeds" /etc/kernel/postinst.d/dkms $release
	is "with the modules" "$(files $release)" "wakeup_kfuncs wakeup_nosysfs "
done

# What fails to build is told from that.
kernel 6.12.1-broken
rm /lib/modules/6.12.1-broken/build/Makefile
echo 'modules:; @echo "no rule for this" >&2; exit 1' >/lib/modules/6.12.1-broken/build/Makefile
refuse "a build that fails is a failure" /etc/kernel/postinst.d/dkms 6.12.1-broken
rm -r /lib/modules/6.12.1-broken

# A package of modules registers them, and in a chroot builds them for all kernels.
dkms remove $name/"$version" --all >/dev/null 2>&1
check "the installation of a package succeeds among such kernels" \
	/usr/lib/dkms/common.postinst $name "$version" /usr/share/$name "" ""
is "and has served those that can be" \
	"$(dkms status -m $name | sed -n 's|^[^,]*, \([^,]*\), .*: installed$|\1|p' | sort | tr '\n' ' ')" \
	"$(printf '%s\n' $real 6.1.0-99-amd64 7.1.9+deb13-amd64 | sort | tr '\n' ' ')"

# As docs/nosysfs.md says: the other module is for such kernels as well.
mkdir -p /etc/dkms
echo 'OBSOLETE_BY=' >/etc/dkms/$name.conf
kernel 8.0.2
for release in 7.2.6+deb13-amd64 8.0.2; do
	check "with an empty OBSOLETE_BY DKMS installs for $release" /etc/kernel/postinst.d/dkms "$release"
	is "wakeup_nosysfs, and no other" "$(files "$release")" "wakeup_nosysfs "
done
rm /etc/dkms/$name.conf

# --- a second system ---------------------------------------------------------------

cp -r . /tmp/two
cd /tmp/two/module
cat >second_module.c <<END
#include <linux/module.h>
static int __init second_init(void)
{
	return 0;
}
module_init(second_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("second");
END
echo 'modules += second_module' >second.kbuild
sed -e 's/^PACKAGE_NAME=.*/PACKAGE_NAME="second"/; s/^PACKAGE_VERSION=.*/PACKAGE_VERSION="#MODULE_VERSION#"/' \
	-e 's/^BUILT_MODULE_NAME.0.=.*/BUILT_MODULE_NAME[0]="second_module"/; /^BUILT_MODULE_NAME.1./d' \
	-e '/^POST_INSTALL/d; s/^KERNEL_CONFIG=.*/KERNEL_CONFIG="DEBUG_INFO_BTF_MODULES"/' \
	../dkms.conf >second.dkms.conf
cd /src
mkdir /tmp/two/loader/second
printf 'ALL_SYSTEMS += second\nsecond_DKMS := second\n' >/tmp/two/loader/second/rules.mk
make install-module KVER="$KVER" >/dev/null 2>&1
dkms status $name >/tmp/first
check "a second system installs without the first" make -C /tmp/two install-module SYSTEMS=second KVER="$KVER"
is "it is DKMS's, in this tree's version" "$(dkms status second)" "second/$version, $KVER, x86_64: installed"
is "with its own module" "$(modinfo -k "$KVER" -F description second_module)$(ls /lib/modules/"$KVER"/updates/dkms | sed 's/\.ko.*//' | tr '\n' ' ')" \
	"secondsecond_module wakeup_kfuncs wakeup_nosysfs "
is "and the first as it was" "$(dkms status $name)" "$(cat /tmp/first)"
kernel 6.12.1-nosleep2 "$(off PM_SLEEP)"
run /etc/kernel/postinst.d/dkms 6.12.1-nosleep2
is "a kernel that one of them can't serve" "$status" 0
is "gets the other" "$(files 6.12.1-nosleep2)" "second_module "
check "the second is removed" make -C /tmp/two uninstall-module SYSTEMS=second
is "and the first as it was" "$(dkms status $name)" "$(cat /tmp/first)"

cp -r /usr/src/$name-"$version" /usr/src/$name-0.0.1
sed -i 's/^PACKAGE_VERSION=.*/PACKAGE_VERSION="0.0.1"/' /usr/src/$name-0.0.1/dkms.conf
dkms add $name/0.0.1 >/dev/null
check "make uninstall succeeds" make uninstall
rm -rf /lib/modules/5.* /lib/modules/6.0.* /lib/modules/6.1.0-99* /lib/modules/6.12.1-* /lib/modules/[78].* \
	/lib/modules/10.*
everything >/tmp/after
is "and leaves nothing of any version" "$(diff /tmp/before /tmp/after)" ""

done_testing
