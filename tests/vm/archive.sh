# SPDX-License-Identifier: GPL-2.0-only
# Debian packages without installing them. Sourced after common.sh.

# use_archive SUITE ARCH DIR: from here on apt knows this suite of Debian, with ARCH as the
# machine's architecture, and nothing of the machine. Its lists are in DIR.
use_archive() {
	unset APT_CONFIG		# of an archive before
	mkdir -p "$3/state/lists/partial" "$3/cache/archives/partial"
	debian_sources "$1" >"$3/sources.list"
	cat >"$3/apt.conf" <<-END
		APT::Architecture "$2";
		APT::Architectures { "$2"; "amd64"; };
		APT::Install-Recommends "false";
		APT::Sandbox::User "root";
		Dir::Etc::SourceList "$3/sources.list";
		Dir::Etc::SourceParts "-";
		Dir::State "$3/state";
		Dir::State::Status "/dev/null";
		Dir::Cache "$3/cache";
		Acquire::Languages "none";
	END
	# apt takes from backports what it is told to, and nothing else
	case $1 in
	*-backports) echo "APT::Default-Release \"$1\";" >>"$3/apt.conf" ;;
	esac
	export APT_CONFIG="$3/apt.conf"
	apt-get -qq update
}

# newest PATTERN: the newest package by version in the name, of those the shell's pattern
# matches
newest() {
	apt-cache pkgnames | while read -r _name; do
		case $_name in
		$1) echo "$_name" ;;
		esac
	done | sort -V | tail -n 1 | grep . || die "Debian has no package $1 any more"
}

# needs PACKAGE PATTERN: what it depends on directly, of names that grep's pattern matches
needs() {
	apt-cache depends --important "$1" | sed -n 's/^ *|\{0,1\}Depends: \([^<:]*\).*/\1/p' |
		grep -x -e "$2" || true
}

# The package with the kernel of an image package in it: a package without a version in
# its name is empty, it depends on the kernel of the day; and so may that, on another.
kernel_package() {
	_package=$1
	for _kind in linux-image linux-binary; do
		_next=$(needs "$_package" "$_kind-[0-9u].*" | head -n 1)
		_package=${_next:-$_package}
	done
	echo "$_package"
}

# unpack DIR DEB...: what is in the packages, wherever it lies under /usr since then
unpack() {
	mkdir -p "$1/usr/bin" "$1/usr/sbin" "$1/usr/lib"
	ln -sfn usr/bin "$1/bin"
	ln -sfn usr/sbin "$1/sbin"
	ln -sfn usr/lib "$1/lib"
	_to=$1
	shift
	for _deb; do
		dpkg-deb --fsys-tarfile "$_deb" |
			tar -C "$_to" --no-same-owner --keep-directory-symlink -x \
				--exclude './usr/share/doc/*' --exclude './usr/share/locale/*' \
				--exclude './usr/share/man/*' --exclude '*.ko' --exclude '*.ko.xz' \
				--exclude '*.dtb' --exclude '*.dtbo'
	done
}
