# SPDX-License-Identifier: GPL-2.0-only
# rows: 6.12 debug kcsan
# There is little memory: see stress.sh.
. lib/lib.sh
. lib/stress.sh

# All but some 100 MB are in use, then little less; caches are thrown away.
use_memory() {
	_free=$(($(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1024 - 100))
	[ $_free -le 0 ] || dd if=/dev/zero of=/full/file bs=1M count=$_free 2>/dev/null
	echo $_free >>/tmp/filled_MiB
	echo 3 >/proc/sys/vm/drop_caches
	rm -f /full/file
	happened
}

: >/tmp/filled_MiB
mkdir /full
mount -t tmpfs -o size=100% full /full
begin
meanwhile use_memory
meanwhile listing a
snapshots
finish
umount /full
check "it was little" test "$(sort -n /tmp/filled_MiB | tail -n 1)" -gt 300
done_testing
