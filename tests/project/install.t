# SPDX-License-Identifier: GPL-2.0-only
# where: root
# modes: module
# arch: amd64
# once: release
# quick: ci
# make install and make uninstall, what they say when something is missing, and what they don't
# touch.
. lib/lib.sh
export SYSTEMS=wakeup	# others would only take longer

cd ..
kver=$KVER
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)

# All files, not directories, but those of the tree itself, of DKMS's own state and of caches.
everything() {
	find / -xdev \( -path /src -o -path /out -o -path /proc -o -path /tmp -o -path /dev \
		-o -path /var/cache -o -path "/var/lib/dkms/mok.*" \) -prune -o ! -type d -print | sort
}

fails "no gcc" 2 "'no-gcc' is missing: install package gcc" sh -c 'make -s wsdump CC=no-gcc 2>&1 >/dev/null | grep -v Error >&2; exit 2'
fails "no clang" 2 "'no-clang' is missing: install package clang" sh -c 'make -s wsdump CLANG=no-clang 2>&1 >/dev/null | grep -v Error >&2; exit 2'
mv /usr/lib/x86_64-linux-gnu/pkgconfig/libbpf.pc /tmp
fails "no libbpf" 2 "'libbpf' is missing: install package libbpf-dev" sh -c 'make -s wsdump 2>&1 >/dev/null | grep -v Error >&2; exit 2'
mv /tmp/libbpf.pc /usr/lib/x86_64-linux-gnu/pkgconfig/
fails "no kernel headers" 2 "no kernel headers in /lib/modules/6.99/build: install package linux-headers-6.99" \
	sh -c 'make -s modules KVER=6.99 2>&1 >/dev/null | grep -v Error >&2; exit 2'

# --- what building the modules takes, before kbuild runs -------------------------------

# says DESCRIPTION PATTERN ARGUMENT...: make modules fails, with this line first
says() {
	_what=$1 _pattern=$2
	shift 2
	run make -s modules KVER="$kver" "$@"
	is "$_what: it fails" "$status" 2
	like "with the reason in the first line" "$(printf '%s\n' "$out$err" | head -n 1)" "$_pattern"
}

# Have a PATH with nothing of one name: NAME
path=$PATH
path_without() {
	PATH=$path
	rm -rf /tmp/path
	mkdir /tmp/path
	ln -s /usr/sbin/* /usr/bin/* /tmp/path/ 2>/dev/null
	rm -f "/tmp/path/$1"
	PATH=/tmp/path
}
build=$(readlink -f "/lib/modules/$kver/build")
compiler=$(printf 'show:\n\t@echo $(CC)\ninclude %s\n' "$build/.kernelvariables" | make -sf - show | sed 's/.* //')

path_without pahole
says "no pahole" "'pahole' is missing: install package pahole"
printf '#!/bin/sh\necho v1.15\n' >/tmp/path/pahole
chmod 755 /tmp/path/pahole
says "an old pahole" 'pahole 1\.15 is too old, it takes 1\.22: install a newer package pahole'
path_without "$compiler"
says "not the kernel's compiler" "'$compiler', which is to compile for this kernel, is missing: install package gcc-[0-9]+\$"
path_without clang
cp -rs "$build" /tmp/headers
rm /tmp/headers/include/config/auto.conf
sed 's/^CONFIG_CC_IS_GCC=y/CONFIG_CC_IS_CLANG=y/; s/^\(CONFIG_CC_VERSION_TEXT=\).*/\1"clang version 19"/' \
	"$build/include/config/auto.conf" >/tmp/headers/include/config/auto.conf
says "a kernel built by clang" 'this kernel was built by clang version 19, so its modules need LLVM=1$' KDIR=/tmp/headers
says "which is missing" "'clang' is missing.*: install package clang" KDIR=/tmp/headers LLVM=1
says "or another version of it" "'clang-77' is missing.*: install package clang" KDIR=/tmp/headers LLVM=-77
PATH=$path
says "clang for a kernel built by gcc" "this kernel was built by .*gcc.*, so its modules can't be built with LLVM=1" LLVM=1
cp -r . "/tmp/My Downloads"
run make -s -C "/tmp/My Downloads" modules KVER="$kver"
like "a space in the path" "$(echo "$err" | head -n 1)" "takes no space or colon in a path, and there is one in '/tmp/My Downloads': move it\$"
ln -s "$build" "/tmp/their headers"
says "or in that of the headers" "there is one in '/tmp/their headers': move it" "KDIR=/tmp/their headers"
check "DKMS builds elsewhere, so it takes any" make -C "/tmp/My Downloads" install-module KVER="$kver"
make uninstall-module >/dev/null 2>&1

run make modules KVER=7.2.1
is "a kernel with the kfuncs needs no module" "$status" 0
like "and is told so" "$err" 'Linux 7\.2\.1 has these kfuncs itself'
mv /usr/sbin/dkms /tmp
check "make install needs neither DKMS nor headers there" make install KVER=7.2.1
fails "DKMS is missing where it does" 2 "'dkms' is missing: install package dkms" \
	sh -c 'make -s install-module KVER="$0" 2>&1 >/dev/null | grep -v Error >&2; exit 2' "$kver"
mv /tmp/dkms /usr/sbin/
make uninstall >/dev/null 2>&1

# --- install and uninstall ------------------------------------------------------------

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
is "DKMS has the module installed" "$(dkms status -m wakeup-kfuncs)" "wakeup-kfuncs/$version, $kver, x86_64: installed"
is "with the package's version" "$(modinfo -k "$kver" -F version wakeup_kfuncs)" "$version"
check "installing again succeeds" make install KVER="$kver"
check "make uninstall succeeds" make uninstall
everything >/tmp/after
is "and leaves nothing behind" "$(diff /tmp/before /tmp/after)" ""
check "nor its source" test ! -e "/usr/src/wakeup-kfuncs-$version"
is "DKMS knows it no more" "$(dkms status)" ""
check "uninstalling again succeeds" make uninstall

# --- what is missing or not ours doesn't stop make uninstall ------------------------------

make install KVER="$kver" >/dev/null 2>&1
wants=/etc/systemd/system
mkdir -p $wants/timers.target.wants $wants/multi-user.target.wants
ln -s /usr/local/lib/systemd/system/wsdump-prometheus.timer $wants/timers.target.wants/
ln -s /usr/local/lib/systemd/system/wsdump-pin.service $wants/multi-user.target.wants/
mkdir -p /sys/fs/bpf/wsdump
chmod 700 /sys/fs/bpf/wsdump
touch /sys/fs/bpf/wsdump/walk-1234
rm /usr/local/sbin/wsdump
dkms remove "wakeup-kfuncs/$version" -k "$kver" >/dev/null 2>&1
check "make uninstall succeeds with pins and without the command" make uninstall
check "the pins are gone" test ! -e /sys/fs/bpf/wsdump
everything >/tmp/after
is "so is all else" "$(diff /tmp/before /tmp/after)" ""

make install KVER="$kver" >/dev/null 2>&1
mkdir -p /sys/fs/bpf/wsdump
chown nobody /sys/fs/bpf/wsdump
touch /sys/fs/bpf/wsdump/theirs
run make uninstall
is "it succeeds with pins of somebody else's" "$status" 0
like "and says that they stay" "$out" '/sys/fs/bpf/wsdump is not wsdump.s: it stays'
check "they do" test -e /sys/fs/bpf/wsdump/theirs
rm -r /sys/fs/bpf/wsdump
everything >/tmp/after
is "all else is gone" "$(diff /tmp/before /tmp/after)" ""

make install KVER="$kver" >/dev/null 2>&1
mv /usr/sbin/dkms /tmp
check "it succeeds without DKMS" make uninstall
mv /tmp/dkms /usr/sbin/
everything >/tmp/after
is "all is gone, modules as well" "$(diff /tmp/before /tmp/after)" ""
is "and DKMS does not know of it" "$(dkms status 2>&1)" ""

# --- DESTDIR ---------------------------------------------------------------------------

make install KVER="$kver" >/dev/null 2>&1
mkdir -p -m 700 /sys/fs/bpf/wsdump
touch /sys/fs/bpf/wsdump/walk-1234
everything >/tmp/before
dkms status >/tmp/dkms-before
check "DESTDIR takes all" make install DESTDIR=/tmp/dest PREFIX=/usr KVER=6.99
is "the module's source for DKMS as well" "$(cat /tmp/dest/usr/src/*/dkms.conf | sed -n 's/^PACKAGE_\(NAME\|VERSION\)="\(.*\)"/\2/p' | tr '\n' ' ')" "wakeup-kfuncs $version "
is "what DKMS gets from make install is no other" "$(diff -r /tmp/dest/usr/src/wakeup-kfuncs-"$version" /usr/src/wakeup-kfuncs-"$version")" ""
is "and with it what loads the module at boot" "$(cd /tmp/dest && find . -path '*sysinit*' -type f)" ./usr/lib/systemd/system/sysinit.target.d/wakeup-kfuncs.conf
check "the modules are built from it" make -C /tmp/dest/usr/src/wakeup-kfuncs-"$version" modules KVER="$kver"
check "make uninstall takes all out of DESTDIR" make uninstall DESTDIR=/tmp/dest PREFIX=/usr
is "with nothing left" "$(find /tmp/dest ! -type d)" ""
everything >/tmp/after
is "the running system's files are as before" "$(diff /tmp/before /tmp/after)" ""
is "and what DKMS has" "$(dkms status)" "$(cat /tmp/dkms-before)"
check "and what is pinned" test -e /sys/fs/bpf/wsdump/walk-1234
rm -r /sys/fs/bpf/wsdump
make uninstall >/dev/null 2>&1

check "DESTDIR takes the command" make install-command DESTDIR=/tmp/dest PREFIX=/usr
is "with its page, unit and completion" "$(cd /tmp/dest && find . -type f | sort | tr '\n' ' ')" "./usr/lib/systemd/system/wsdump-pin.service ./usr/lib/systemd/system/wsdump-prometheus.service ./usr/lib/systemd/system/wsdump-prometheus.timer ./usr/sbin/wsdump ./usr/share/bash-completion/completions/wsdump ./usr/share/man/man8/wsdump.8 ./usr/share/zsh/site-functions/_wsdump "

done_testing
