# SPDX-License-Identifier: GPL-2.0-only
# where: disk
# arch: amd64
# once: all
# quick: no
# On a Debian 13 with systemd and an initrd of its own: installed by the README's commands,
# there after a reboot, upgraded while in use, there after a kernel upgrade, and removed.
# The scripts that run in it are in tests/disk/, one for each boot.
. lib/lib.sh

IN_ROOT=yes	# the kernel's log is looked at in there
dir=$DIR
cp --sparse=always "$DISK/image" "$dir/image"
cp "$DISK/vmlinuz" "$DISK/initrd.img" "$dir/"

# Boot, run tests/disk/NAME in it, and count its tests as ours: NAME
stage() {
	mkdir -p "$dir/in"
	tar -C "$dir/in" -xf "$OUT/src.tar"
	cp "disk/$1" "$dir/in/run"
	tar -C "$dir/in" -cf "$dir/in.tar" .
	plan=
	vm/boot-disk "$dir" "$dir/in.tar" >"$dir/said" 2>&1
	status=$?
	while IFS= read -r line; do
		case $line in
		"ok "*) pass "$1: ${line#ok * - }" ;;
		"not ok "*) fail "$1: ${line#not ok * - }" ;;
		1..*) plan=yes ;;
		*) printf '%s\n' "$line" ;;
		esac
	done <"$dir/said"
	is "$1 ran to its end" "$status $plan" "0 yes"
	[ "$status $plan" = "0 yes" ] || {	# the next boot would find something else
		done_testing
		exit
	}
}

stage install
stage upgrade
# A boot loader takes what these links of the kernel packages name.
tar -C "$dir" -xf "$dir/answer" vmlinuz initrd.img
stage new-kernel

done_testing
