# SPDX-License-Identifier: GPL-2.0-only
# modes: module in-tree
# where: root
# quick: ci arm64
# A module's BTF as module/btf/ makes it, against the kernel's own way where the headers
# have one; kernel images of every make; and whatever must stop it. Loads nothing.
. lib/lib.sh

cd ..
kdir=/lib/modules/$KVER/build
tools=build/btf
work=/tmp/btf
mkdir $work

make -s $tools/kernel_btf $tools/resolve_ids $tools/check_ids
make -s -C "$kdir" M="$PWD/tests/btf" CONFIG_DEBUG_INFO_BTF_MODULES= modules
bare=tests/btf/ids_fixture.ko

# What add_btf does, without the headers' help: they lend only what names the kernel.
mkdir -p "$work/headers/include/generated"
cp "$kdir"/include/generated/uts*.h "$work/headers/include/generated/"
headers=$work/headers

cp $bare "$work/ours.ko"
check "a module gets its BTF with the image alone" module/btf/add_btf "$headers" $tools "$work/ours.ko"

objcopy=${CROSS_COMPILE:-}objcopy
section() {
	$objcopy --dump-section "$1=$work/section" "$2" "$work/unused"
	sha256sum <"$work/section"
}

theirs=$kdir/tools/bpf/resolve_btfids/resolve_btfids
if [ -e "$kdir/vmlinux" ] && [ -x "$theirs" ]; then
	$tools/kernel_btf "$kdir/vmlinux" "$work/headers.btf"
	$objcopy --dump-section .BTF="$work/section.btf" "$kdir/vmlinux" "$work/unused"
	check "BTF is found as it stands in its section" cmp "$work/headers.btf" "$work/section.btf"

	cp $bare "$work/theirs.ko"
	LLVM_OBJCOPY=$objcopy pahole -J --btf_gen_floats --btf_base "$kdir/vmlinux" "$work/theirs.ko"
	check "BTF is the same as made from the headers" \
		[ "$(section .BTF "$work/ours.ko")" = "$(section .BTF "$work/theirs.ko")" ]
	# That of 7.2 rewrites the BTF first, and leaves its results in files: for the
	# comparison, ours gets the BTF that theirs has made.
	if "$theirs" --help 2>&1 | grep -q patch_btfids; then
		$objcopy --dump-section .BTF="$work/btf" "$work/theirs.ko" "$work/unused"
		"$theirs" -b "$kdir/vmlinux" --btf "$work/btf" "$work/theirs.ko"
		$objcopy --update-section .BTF="$work/theirs.ko.BTF" "$work/theirs.ko"
		cp "$work/theirs.ko" "$work/ours-of-theirs.ko"
		"$theirs" --patch_btfids "$work/theirs.ko.BTF_ids" "$work/theirs.ko"
		check "ours resolves ids of what the kernel's resolve_btfids made" \
			$tools/resolve_ids "$work/headers.btf" "$work/ours-of-theirs.ko"
	else
		"$theirs" -b "$kdir/vmlinux" "$work/theirs.ko"
		cp "$work/ours.ko" "$work/ours-of-theirs.ko"
	fi
	check "ids are those of the kernel's resolve_btfids" \
		[ "$(section .BTF_ids "$work/ours-of-theirs.ko")" = "$(section .BTF_ids "$work/theirs.ko")" ]
	check "check_ids agrees with both" sh -c "$tools/check_ids $work/headers.btf $work/theirs.ko &&
		$tools/check_ids $work/headers.btf $work/ours.ko"
	check "the comparison saw ids" \
		[ "$(section .BTF_ids "$work/ours-of-theirs.ko")" != "$(section .BTF_ids $bare)" ]
fi

# Ids are put into a set where they were in the source, which they aren't any more.
cp "$work/ours.ko" "$work/wrong.ko"
_said=$(module/btf/add_btf "$headers" $tools "$work/wrong.ko" 2>&1)
like "a module that has its ids is refused" "$_said" "has its ids already"
# pahole before 1.28 puts types in an order of chance where kbuild has it use threads, and the ids
# follow: there all but these are the same.
made() {
	make modules KVER="$KVER" MODULES=wakeup_kfuncs >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
	cp module/wakeup_kfuncs.ko "$1"
	grep -q 'BTF \[M\]' "$work/log" || return 0
	! pahole --supported_btf_features 2>/dev/null | grep -qw reproducible_build || return 0
	for _section in .BTF .BTF_ids; do
		$objcopy --dump-section $_section="$work/section" "$1" "$work/unused" &&
		truncate -s 0 "$work/zeros" &&
		truncate -r "$work/section" "$work/zeros" &&
		$objcopy --update-section $_section="$work/zeros" "$1" || return
	done
}
check "the module is made" made "$work/once.ko"
check "and made once more" made "$work/twice.ko"
check "which makes the same" cmp "$work/once.ko" "$work/twice.ko"

# --- what a build finds beside the headers is not believed -----------------------------

real=$(readlink -f "$kdir")
! [ -e "$real/vmlinux" ] || mv "$real/vmlinux" "$work/vmlinux"
$tools/kernel_btf "$work/vmlinux" "$work/kernel.btf" 2>/dev/null ||
	module/btf/find_base "$kdir" $tools "$work/kernel.btf" >"$work/log"
# BTF as good as a kernel's, and not this one's
echo 'struct module { int a; }; int main(void) { static struct module m; return m.a; }' >"$work/other.c"
gcc -g -o "$work/other" "$work/other.c"
LLVM_OBJCOPY=objcopy pahole -J "$work/other"

# make modules succeeds, and its module is good for this kernel: DESCRIPTION PATTERN-OF-OUTPUT
builds() {
	make modules KVER="$KVER" MODULES=wakeup_kfuncs >"$work/log" 2>&1
	is "$1: it builds" "$?" 0
	like "with this kernel's BTF" "$(cat "$work/log")" "$2"
	check "and the ids of it" $tools/check_ids "$work/kernel.btf" module/wakeup_kfuncs.ko
}

# It fails, gives a reason, and leaves no module: DESCRIPTION PATTERN
build_fails() {
	make modules KVER="$KVER" MODULES=wakeup_kfuncs >"$work/log" 2>&1
	is "$1: it fails" "$?" 2
	like "with the reason" "$(cat "$work/log")" "$2"
	refuse "and leaves no module" test -e module/wakeup_kfuncs.ko
}

image=$(module/btf/find_base "$kdir" $tools "$work/base")
from_image="BTF \[M\] .*, base from $(echo "$image" | sed 's/[.+]/\\&/g')\$"
ln -s /nowhere "$real/vmlinux"
builds "a link to nowhere" "$from_image"
for how in "ln -sf" "cp --remove-destination"; do
	$how "$work/other" "$real/vmlinux"
	builds "BTF of another kernel, by ${how%% *}" "$from_image"
done
# some kernels have a second one
rm "$real/vmlinux"
images=
while found=$(module/btf/find_base "$kdir" $tools "$work/base" 2>/dev/null); do
	mv "$found" "$work/image.$(echo "$found" | tr / _)"
	images="$images $found"
done
ln -sf "$work/other" "$real/vmlinux"
build_fails "a link, and nothing to compare it with" "it is $work/other, and nothing here shows which kernel that is of"
cp --remove-destination "$work/other" "$real/vmlinux"
build_fails "another kernel's instead of the headers' own" "compiled for another kernel"
rm "$real/vmlinux"
build_fails "nothing anywhere" "vmlinux does not exist"
[ ! -e "$work/vmlinux" ] || {
	cp "$work/vmlinux" "$real/vmlinux"
	make modules KVER="$KVER" MODULES=wakeup_kfuncs >"$work/log" 2>&1
	is "the headers' own, and nothing to compare it with: it builds" "$?" 0
	check "and has the ids of it" $tools/check_ids "$work/kernel.btf" module/wakeup_kfuncs.ko
}
for found in $images; do mv "$work/image.$(echo "$found" | tr / _)" "$found"; done

# Tools that do nothing, and say that they have.
mkdir "$work/idle"
printf '#!/bin/sh\n[ "$1" != --version ] || echo v1.30\n' >"$work/idle/pahole"
chmod 755 "$work/idle/pahole"
path=$PATH
PATH=$work/idle:$PATH
build_fails "a pahole that makes nothing" "has no BTF|failed to find '\.BTF'|FAILED: load BTF from"
PATH=$path
if [ -e "$real/vmlinux" ] && [ -x "$theirs" ]; then
	tool=$(readlink -f "$theirs")
	mv "$tool" "$work/resolve_btfids"
	printf '#!/bin/sh\n' >"$tool"
	chmod 755 "$tool"
	build_fails "a resolve_btfids that resolves nothing" "the BTF ids? of .* (is|are) missing|cannot open: .*\.BTF:"
	mv "$work/resolve_btfids" "$tool"
fi

# --- images of every make -----------------------------------------------------------

# What the compressed ones below are made from; taking BTF from it needs no header.
module/btf/uncompress "/boot/vmlinuz-$KVER" "$work/plain"

le32() {
	printf "\\$(printf %o $(($1 & 255)))\\$(printf %o $(($1 >> 8 & 255)))"
	printf "\\$(printf %o $(($1 >> 16 & 255)))\\$(printf %o $(($1 >> 24 & 255)))"
}

zeros() {
	head -c "$1" /dev/zero
}

# A bzImage as far as module/btf/ looks: two sectors of set-up, 100 bytes, the payload.
bzimage() {
	zeros 497; printf '\001'; zeros 16; printf HdrS; zeros 66
	le32 100
	le32 $(($(stat -c %s "$1") + $2))
	zeros $((1024 - 592 + 100))
	cat "$1"
	zeros "$2"
	printf 'behind the payload'
}

zboot() {
	printf 'MZ\000\000zimg'
	le32 64
	le32 "$(stat -c %s "$1")"
	zeros 48
	cat "$1"
	printf 'behind the payload'
}

# An image gives the same BTF: FILE
same_from() {
	cp $bare "$work/again.ko"
	VMLINUZ=$1 module/btf/add_btf "$headers" $tools "$work/again.ko" >"$work/log" 2>&1 &&
		grep -q "base from $1\$" "$work/log" &&
		cmp "$work/again.ko" "$work/ours.ko" || { cat "$work/log"; return 1; }
}

for program in 'gzip -1' 'xz -0 --check=crc32' 'zstd -1' 'lz4 -l -1' cat; do
	word=${program%% *}
	$program <"$work/plain" >"$work/payload"
	appended=4
	[ "$word" != gzip ] || appended=0
	bzimage "$work/payload" $appended >"$work/image"
	check "x86, $word" same_from "$work/image"
	zboot "$work/payload" >"$work/image"
	check "EFI zboot, $word" same_from "$work/image"
	check "no container, $word" same_from "$work/payload"
done

# --- refusals: no module may be left behind ---------------------------------------

# A kernel name that is not the image's: RELEASE VERSION
pretend() {
	echo "#define UTS_RELEASE \"$1\"" >"$headers/include/generated/utsrelease.h"
	echo "#define UTS_VERSION \"$2\"" >"$headers/include/generated/utsversion.h"
	cp $bare "$work/wrong.ko"
}
version=$(sed -n 's/^#define UTS_VERSION "\(.*\)"/\1/p' "$kdir/include/generated/utsversion.h")

# A command fails, gives a reason that matches, and leaves no module: PATTERN COMMAND...
refused() {
	_pattern=$1
	shift
	if "$@" >"$work/log" 2>&1; then
		echo "it succeeded"
		return 1
	fi
	cat "$work/log"
	grep -q "$_pattern" "$work/log" && [ ! -e "$work/wrong.ko" ]
}

pretend "$KVER" "#1 SMP another build"
check "an image of the same release but another build is refused" \
	refused "it is another kernel: Linux version $KVER" \
	module/btf/add_btf "$headers" $tools "$work/wrong.ko"

pretend "$KVER-other" "$version"
check "an image of another release is refused" \
	refused "it is another kernel: Linux version $KVER" \
	env VMLINUZ="/boot/vmlinuz-$KVER" module/btf/add_btf "$headers" $tools "$work/wrong.ko"

pretend "$KVER-other" "$version"
check "no image at all is a failure that names the places" \
	refused "vmlinuz-$KVER-other does not exist" \
	module/btf/add_btf "$headers" $tools "$work/wrong.ko"

pretend "$KVER" "$version"
gzip -1 <"$work/plain" >"$work/compressed"
head -c 3000000 "$work/compressed" >"$work/cut"
echo "#define UTS_RELEASE \"$KVER-cut\"" >"$headers/include/generated/utsrelease.h"
check "an image cut off is refused" refused "it is damaged" \
	env VMLINUZ="$work/cut" module/btf/add_btf "$headers" $tools "$work/wrong.ko"

# A PATH without one program or another: NAME...
path_without() {
	rm -rf "$work/path"
	mkdir "$work/path"
	ln -s /usr/sbin/* /usr/bin/* "$work/path/" 2>/dev/null || true
	(cd "$work/path" && rm -f "$@")
}

pretend "$KVER" "$version"
path_without pahole
check "a missing pahole is a failure that names the package" \
	refused "install package pahole" \
	env PATH="$work/path" module/btf/add_btf "$headers" $tools "$work/wrong.ko"

pretend "$KVER-compressed" "$version"
path_without gzip xz zstd lz4
check "a missing decompressor is a failure that names the package" \
	refused "is compressed: install package gzip" \
	env PATH="$work/path" VMLINUZ="$work/compressed" module/btf/add_btf "$headers" $tools "$work/wrong.ko"

# The banner fits and the contents do not.
pretend "$KVER" "$version"
dd if=/dev/zero of="$work/zeros" bs=64 count=1 status=none
$objcopy --update-section .gnu.linkonce.this_module="$work/zeros" "$work/wrong.ko"
check "a module compiled for another struct module is refused" \
	refused "compiled for another kernel" \
	module/btf/add_btf "$headers" $tools "$work/wrong.ko"

done_testing
