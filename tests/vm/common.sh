# SPDX-License-Identifier: GPL-2.0-only
# Shared by the scripts in this directory and in those beside it.

top=$(cd "$(dirname "$0")/../.." && pwd)
vm=$top/tests/vm

# In a test it is a comment.
say() {
	echo "${WSDUMP_COMMENT:-}$*" >&2
}

die() {
	say "${0##*/}: $*"
	exit 1
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

. "$vm/cache.sh"
. "$vm/kernel.sh"

# The row of tests/vm/kernels to use, and what is made from it.
row=${WSDUMP_ROW:-6.12}
rows() {
	sed 's/#.*//; /^[[:space:]]*$/d' "$vm/kernels"
}
set_row() {
	suite=$2 package=$3 arch=$4 mode=$5
}
# shellcheck disable=SC2046
set_row $(rows | awk -v name="$row" '$1 == name' | grep . || echo "$row" - - - -)
[ "$suite" != - ] || {
	echo "${0##*/}: no kernel '$row' in tests/vm/kernels, which has:" \
		$(rows | awk '{ print $1 }') >&2
	exit 1
}
# WSDUMP_VARIANT is for a command that was built in another way, see tests/vm/pack.
variant=${WSDUMP_VARIANT:-}
out=$work/$row${variant:+-$variant}

# QEMU comes from one root whatever the row, or from another with what emulates another
# architecture and builds kernels. The first tests start sooner without that.
tools_suite=trixie
tools="qemu-system-x86 python3"
cross_tools="gcc-aarch64-linux-gnu libc6-dev-arm64-cross"
more_tools="qemu-system-arm lld llvm flex bison bc python3"

# What a root has to have: the packages in the list, and the kernels of its suite that DKMS
# installs the module for.
root_packages() {
	{
		sed 's/#.*//' "$vm/packages"
		# backports are taken by name only, the rest of the root is the release's
		rows | awk -v suite="$1" '$2 == suite && $4 == "amd64" && $5 == "module" && $3 !~ /^built:/ {
			from = suite ~ /-backports$/ ? "/" suite : ""
			print $3 from; sub("image", "headers", $3); print $3 from }'
		case $1 in
		"$tools_suite") echo "$tools" ;;
		"$tools_suite-cross") echo "$cross_tools $more_tools" ;;
		*-cross) echo "$cross_tools" ;;
		esac
	} | tr -s ' \t\n' ',' | sed 's/^,//; s/,$//'
}

# root_path NAME: where that root is
root_path() {
	echo "$cache/root-$1-$(key "$1 $(root_packages "$1")")"
}

# Those of tests/vm/roots: extra_root_entry NAME prints SUITE PACKAGES
extra_root_entry() {
	sed 's/#.*//' "$vm/roots" | awk -v name="$1" '$1 == name { print $2, $3 }'
}
extra_root_path() {
	echo "$cache/extra-$1-$(key "$(extra_root_entry "$1")")"
}

# foreign ARCH: programs and libraries of another architecture, for the initramfs and to link with
foreign() {
	sed -n "s/#.*//; s/^$1://p" "$vm/packages.foreign" | tr -s ' \t\n' ' '
}

# Where the row's kernel is installed, or what it is built in and unpacked over. Only where
# DKMS is to install the module must the kernel itself be installed.
release_name=${suite%-backports}
triplet= cross= kernel_layer= userland_layer= layers=
case $arch in
amd64)
	root_name=$release_name
	[ "$mode" != module ] || root_name=$suite ;;
arm64)
	root_name=$release_name-cross
	triplet=aarch64-linux-gnu cross=aarch64-linux-gnu-
	userland_layer=$cache/userland-$release_name-$arch-$(key "$release_name $(foreign "$arch")") ;;
esac
# What tests/vm/make-kernel is to build, instead of a package.
built=
case $package in
built:*)
	built=${package#built:}
	kernel_layer=$(kernel_path "$built")/root ;;
*)
	[ "$arch $mode" = "amd64 module" ] ||
		kernel_layer=$cache/kernel-$row-$(key "$suite $package $mode") ;;
esac
root=$(root_path "$root_name")
tools_root=$(root_path "$tools_suite")
more_tools_root=$(root_path "$tools_suite-cross")
qemu_root=$tools_root
[ "$arch" = amd64 ] || qemu_root=$more_tools_root

# What boots by UEFI with Secure Boot, see tests/vm/make-secureboot.
secureboot_packages=ovmf,shim-signed,grub-efi-amd64-signed,python3-virt-firmware
secureboot=$cache/secureboot-$(key "$tools_suite $secureboot_packages")

# What makes a root directory of Debian packages.
need_root_tools() {
	[ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
		die "needs root: run as root, or install package sudo"
	command -v apt-get >/dev/null ||
		die "needs apt-get: the VM is made from Debian packages, on Debian 12 or 13"
	command -v mmdebstrap >/dev/null && return
	say "installing mmdebstrap"
	as_root apt-get -qq update
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qq -y --no-install-recommends install mmdebstrap >/dev/null
}

# apt knows this machine's mirrors; the labels say which of them is Debian's.
site() {
	apt-get indextargets --format '$(LABEL)|$(SITE)' 'Created-By: Packages' |
		sed -n "s/^$1|//p" | head -n 1
}

# debian_sources RELEASE: sources.list for a Debian release and its security suite, from
# those mirrors. Backports come with the release they are for.
debian_sources() {
	[ -n "$(site Debian)" ] || as_root apt-get -qq update >&2
	_mirror=$(site Debian)
	_security=$(site Debian-Security)
	_release=${1%-backports}
	[ -n "$_mirror" ] ||
		die "apt is set up with no Debian mirror: add one to /etc/apt/sources.list"
	echo "deb $_mirror $_release main"
	[ -z "$_security" ] || echo "deb $_security $_release-security main"
	case $1 in
	*-backports) echo "deb $_mirror $1 main" ;;
	esac
}

# The layers of the row, for in_root.
row_layers() {
	[ -z "$kernel_layer" ] || printf %s: "$kernel_layer"
	[ -z "$userland_layer" ] || printf %s: "$userland_layer"
}

# private_apt DIR RELEASE: an APT_CONFIG with lists and state of its own, in DIR, so that the
# machine's stay as they are; updated from that Debian release.
private_apt() {
	mkdir -p "$1/state/lists/partial" "$1/cache/archives/partial"
	debian_sources "$2" >"$1/sources.list"
	cat >"$1/apt.conf" <<-EOC
		Dir::Etc::SourceList "$1/sources.list";
		Dir::Etc::SourceParts "-";
		Dir::State "$1/state";
		Dir::State::Status "/dev/null";
		Dir::Cache "$1/cache";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
	EOC
	APT_CONFIG="$1/apt.conf" apt-get -qq update
	echo "$1/apt.conf"
}

# Run a command in the Debian root $root. Changes to it last as long as the command: they
# go to memory. $1 is a directory that appears as /out, for what is to stay.
# $layers are directories to put over the root, each with a colon behind it.
layers=
in_root() {
	_out=$1
	shift
	as_root unshare --mount --propagation private sh -eu -c '
		root=$1 out=$2
		shift 2
		mount -t tmpfs tmpfs /mnt
		mkdir /mnt/upper /mnt/work /mnt/root
		mount -t overlay overlay \
			-o "lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work" /mnt/root
		mkdir -p /mnt/root/out
		mount --bind "$out" /mnt/root/out
		mount --rbind /dev /mnt/root/dev
		mount -t proc proc /mnt/root/proc
		mount -t tmpfs tmpfs /mnt/root/tmp
		exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/root TERM="${TERM:-dumb}" LC_ALL=C.UTF-8 \
			chroot /mnt/root "$@"' \
		in_root "$layers$root" "$_out" "$@"
}

# cpu_model: QEMU's CPU, for amd64. WSDUMP_CPU=constant_tsc is one that Linux takes for an Ivy Bridge:
# the clock of others depends on the frequency, so cpufreq has to tell it, and can't be fast.
cpu_model() {
	case ${WSDUMP_CPU:-} in
	constant_tsc) echo max,vendor=GenuineIntel,family=6,model=58,stepping=9 ;;
	*) echo max ;;
	esac
}

# tsc_khz: of a guest of QEMU's, whose kernel can't find it out on a busy machine. It's the same
# until this machine boots again.
tsc_khz() {
	_khz=$work/tsc_khz.$(cat /proc/sys/kernel/random/boot_id)
	[ -s "$_khz" ] || {
		cp "$vm/tsc_khz.c" "$dir/"
		in_root "$dir" sh -eu -c '
			gcc -O2 /out/tsc_khz.c -o /tmp/tsc_khz
			/tmp/tsc_khz' >"$_khz.$$"
		mv "$_khz.$$" "$_khz"
	}
	cat "$_khz"
}
