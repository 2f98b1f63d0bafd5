# SPDX-License-Identifier: GPL-2.0-only
# where: root
# modes: module
# arch: amd64
# once: release
# quick: ci
# make install and make uninstall, and what they say when something is missing.
. lib/lib.sh

cd ..
kver=$KVER
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)

# All files, not directories, but those of the tree itself, of DKMS's own state and of caches.
everything() {
	find / -xdev \( -path /src -o -path /out -o -path /proc -o -path /tmp -o -path /dev \
		-o -path /var/cache -o -path "/var/lib/dkms/mok.*" \) -prune -o ! -type d -print | sort
}

fails "no clang" 2 "'no-clang' is missing: install package clang" sh -c 'make -s wsdump CLANG=no-clang 2>&1 >/dev/null | grep -v Error >&2; exit 2'
mv /usr/lib/x86_64-linux-gnu/pkgconfig/libbpf.pc /tmp
fails "no libbpf" 2 "'libbpf' is missing: install package libbpf-dev" sh -c 'make -s wsdump 2>&1 >/dev/null | grep -v Error >&2; exit 2'
mv /tmp/libbpf.pc /usr/lib/x86_64-linux-gnu/pkgconfig/
fails "no kernel headers" 2 "no kernel headers in /lib/modules/6.99/build: install package linux-headers-6.99" \
	sh -c 'make -s modules KVER=6.99 2>&1 >/dev/null | grep -v Error >&2; exit 2'

make modules KVER="$kver" >/tmp/log 2>&1
is "the module builds without a warning" "$(grep -i warning /tmp/log)" ""
make wsdump >/tmp/log 2>&1
is "so does the command" "$(grep -i warning /tmp/log)" ""
make clean >/dev/null
check "clean leaves what git knows, and no more" test -z "$(find . -name '*.o' -o -name '*.ko' -o -name '.*.cmd')$(ls -d build 2>/dev/null)"

everything >/tmp/before
check "make install succeeds" make install KVER="$kver"
check "the command is there" test -x /usr/local/sbin/wsdump
check "and its manual page" test -e /usr/local/share/man/man8/wsdump.8
check "and the library, as pkg-config knows it" pkg-config --exists "libwakeup = $version"
is "DKMS has the module installed" "$(dkms status)" "wakeup-kfuncs/$version, $kver, x86_64: installed"
is "with the package's version" "$(modinfo -k "$kver" -F version wakeup_kfuncs)" "$version"
check "installing again succeeds" make install KVER="$kver"
check "make uninstall succeeds" make uninstall
everything >/tmp/after
is "and leaves nothing behind" "$(diff /tmp/before /tmp/after)" ""
check "nor its source" test ! -e "/usr/src/wakeup-kfuncs-$version"
is "DKMS knows it no more" "$(dkms status)" ""
check "uninstalling again succeeds" make uninstall

check "DESTDIR takes the command" make install-command DESTDIR=/tmp/dest PREFIX=/usr
is "with its page, unit and completion" "$(cd /tmp/dest && find . -type f | sort | tr '\n' ' ')" "./usr/lib/systemd/system/wsdump-pin.service ./usr/lib/systemd/system/wsdump-prometheus.service ./usr/lib/systemd/system/wsdump-prometheus.timer ./usr/sbin/wsdump ./usr/share/bash-completion/completions/wsdump ./usr/share/man/man8/wsdump.8 ./usr/share/zsh/site-functions/_wsdump "

done_testing
