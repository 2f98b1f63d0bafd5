# SPDX-License-Identifier: GPL-2.0-only
# The kernels that tests/vm/make-kernel makes, see there. Sourced by common.sh.

old_release=bullseye

# kernel_says NAME WHAT DEFAULT: from the comments in a kernel's file
kernel_says() {
	_said=$(sed -n "s/^# $2: //p" "$vm/kernel.d/$1.config")
	echo "${_said:-$3}"
}

# kernel_source NAME: RELEASE PACKAGE
kernel_source() {
	kernel_says "$1" source "trixie linux-source-6.12"
}

# What a kernel is made from, on one line.
kernel_parts() {
	case $1 in
	old)	echo "$old_release" ;;
	*)	echo "$(kernel_source "$1" | sed 's/.* //') $(kernel_options "$1" | sha256sum)" ;;
	esac
}

# The files' lines, but of each option only the last: the kernel's own file has the last word.
kernel_options() {
	_arch=$(kernel_says "$1" arch amd64)
	for _name in common $([ "$_arch" = amd64 ] || echo "fragment/$_arch") \
			$(kernel_says "$1" fragments '' | sed 's|[^ ][^ ]*|fragment/&|g') "$1"; do
		cat "$vm/kernel.d/$_name.config"
	done | awk '
		{ line[NR] = $0 }
		/^(# )?CONFIG_[A-Z0-9_]+[= ]/ {
			match($0, /CONFIG_[A-Z0-9_]+/)
			option[NR] = substr($0, RSTART, RLENGTH)
			last[option[NR]] = NR
		}
		END {
			for (i = 1; i <= NR; i++)
				if (!(i in option) || last[option[i]] == i) print line[i]
		}'
}

# kernel_path NAME: where it is in the cache
kernel_path() {
	echo "$cache/kernels/$1-$(key "$(kernel_parts "$1")")"
}
