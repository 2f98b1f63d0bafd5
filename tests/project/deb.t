# SPDX-License-Identifier: GPL-2.0-only
# where: root
# arch: amd64
# once: release
# quick: ci
# make deb: the packages are made without a word from lintian, and installed, upgraded and
# removed with nothing left.
. lib/lib.sh

cd ..
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
export DEBIAN_FRONTEND=noninteractive

everything() {
	find / -xdev \( -path /src -o -path /out -o -path /proc -o -path /tmp -o -path /dev \
		-o -path /var/cache -o -path /var/log -o -path /var/lib/dpkg \) -prune \
		-o -print | sort
}

# Nothing but these, in the order that apt would take: DIRECTORY
packages() {
	ls "$1"/libwakeup0_*.deb "$1"/libwakeup-dev_*.deb "$1"/wakeup-kfuncs-dkms_*.deb "$1"/wsdump_*.deb \
		"$1"/dmabuf-kfuncs-dkms_*.deb "$1"/dmabufdump_*.deb \
		"$1"/cpufreq-ext-dkms_*.deb "$1"/freqext_*.deb "$1"/nmi-defer-dkms_*.deb \
		${irqoffwho:+"$1"/irqoffwho_*.deb}
}

# Debian 12's libbpf is too old for it.
irqoffwho=$(pkgconf --atleast-version=1.4 libbpf && echo irqoffwho)

if make deb >/tmp/deb.log 2>&1; then
	pass "make deb makes packages that lintian has nothing to say about"
else
	fail "make deb makes packages that lintian has nothing to say about" "$(tail -n 25 /tmp/deb.log)"
fi
is "of the version in dkms.conf" "$(cd build/deb && ls *.deb | grep -v dbgsym | sed 's/_\(amd64\|all\)//' | tr '\n' ' ')" \
	"cpufreq-ext-dkms_$version.deb dmabuf-kfuncs-dkms_$version.deb dmabufdump_$version.deb freqext_$version.deb ${irqoffwho:+${irqoffwho}_$version.deb }libwakeup-dev_$version.deb libwakeup0_$version.deb nmi-defer-dkms_$version.deb wakeup-kfuncs-dkms_$version.deb wsdump_$version.deb "
is "the command is linked with Debian's libraries" \
	"$(dpkg-deb -f build/deb/wsdump_"$version"_*.deb Depends | tr -d , | tr ' ' '\n' | grep ^lib | sed 's/[0-9].*//' | sort | tr '\n' ' ')" \
	"libbpf libc libjson-c libncursesw libtinfo "
is "no file in it is outside of /usr" \
	"$(for deb in build/deb/*.deb; do dpkg-deb -c "$deb"; done | grep -vE ' \./(usr/|lib/systemd/)?' )" ""
for file in $(sed -n 's/.*](\(docs\/[a-z]*\.svg\)).*/\1/p' README.md) README.md SECURITY.md docs/nosysfs.md; do
	check "$file is in the command's package, as it is" \
		sh -c "dpkg-deb --fsys-tarfile build/deb/wsdump_${version}_*.deb | tar -xO ./usr/share/doc/wsdump/$file | cmp - $file"
done

# One kernel with headers: dkms.t has several, and each takes four modules in two versions.
for dir in /lib/modules/*; do
	[ "$dir" = "/lib/modules/$KVER" ] || rm -f "$dir/build"
done
# One that can't be served.
mkdir -p /lib/modules/6.12.1-nobtf/build/include
sed '/^CONFIG_DEBUG_INFO_BTF_MODULES=/d' "/lib/modules/$KVER/build/.config" \
	>/lib/modules/6.12.1-nobtf/build/.config

everything >/tmp/before
# shellcheck disable=SC2046
check "they install" dpkg -i $(packages build/deb)
is "DKMS has the module installed" "$(dkms status -m wakeup-kfuncs -k "$KVER")" \
	"wakeup-kfuncs/$version, $KVER, x86_64: installed"
is "but for a kernel that can't be served" "$(find /lib/modules/6.12.1-nobtf -name '*.ko*')" ""
is "and that of dma-bufs, where the kernel needs it" "$(dkms status -m dmabuf-kfuncs -k "$KVER")" \
	"dmabuf-kfuncs/$version, $KVER, x86_64: installed"
is "with the package's version" "$(modinfo -k "$KVER" -F version wakeup_kfuncs)" "$version"
like "it is loaded at boot" "$(cat /usr/lib/systemd/system/sysinit.target.d/wakeup-kfuncs.conf)" \
	'^Wants=modprobe@wakeup_kfuncs.service$'
like "the command is there" "$(wsdump --version)" " $version\$"
wants=/etc/systemd/system
check "the service that pins is on" test -L $wants/multi-user.target.wants/wsdump-pin.service
refuse "the one for Prometheus is not" test -e $wants/timers.target.wants/wsdump-prometheus.timer
echo '#include <libwakeup.h>' >/tmp/program.c
echo 'int main(void) { return 0; }' >>/tmp/program.c
# shellcheck disable=SC2046
check "programs are linked with the library" \
	gcc /tmp/program.c $(pkg-config --cflags --libs libwakeup) -Wl,--no-as-needed -o /tmp/program
check "and run" /tmp/program
_said=$(make install-module SYSTEMS=wakeup KVER="$KVER" 2>&1)
like "make install leaves a package's module alone" "$_said" \
	"package wakeup-kfuncs-dkms is installed: remove it first, with 'apt purge wakeup-kfuncs-dkms'"

cp -r . /tmp/newer
rm -rf /tmp/newer/build
sed -i 's/^PACKAGE_VERSION=.*/PACKAGE_VERSION="99.1"/' /tmp/newer/dkms.conf
mv /usr/bin/lintian /tmp/
if ! make -C /tmp/newer deb >/tmp/deb.log 2>&1; then
	fail "a newer version is made" "$(tail -n 25 /tmp/deb.log)"
fi
mv /tmp/lintian /usr/bin/
# shellcheck disable=SC2046
check "a newer version is installed over it" dpkg -i $(packages /tmp/newer/build/deb)
is "with its module" "$(modinfo -k "$KVER" -F version wakeup_kfuncs)" 99.1
is "and no other" "$(dkms status -m wakeup-kfuncs | sed 's/,.*//' | sort -u)" wakeup-kfuncs/99.1
check "what the package of the other kernel runs succeeds" /etc/kernel/postinst.d/dkms 6.12.1-nobtf

check "they are purged" dpkg --purge wsdump dmabufdump freqext wakeup-kfuncs-dkms dmabuf-kfuncs-dkms cpufreq-ext-dkms nmi-defer-dkms $irqoffwho libwakeup-dev libwakeup0
everything >/tmp/after
is "and leave nothing" "$(diff /tmp/before /tmp/after | grep -Ev '/var/lib/dkms/mok\.|^[0-9,acd]*$|/var/lib/dkms$')" ""

done_testing
