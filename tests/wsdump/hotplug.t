# SPDX-License-Identifier: GPL-2.0-only
# devices: usb
# rows: 6.1 6.12 6.12-rt
# quick: ci
# Devices that come and go while they are looked at: a USB keyboard and its controller.
. lib/lib.sh

modprobe wakeup_kfuncs
modprobe -a xhci_pci usbhid hid_generic
keyboard=/sys/bus/usb/devices/1-1
is_there() {
	[ "$(cat $keyboard/power/wakeup 2>/dev/null)" = enabled ]
}
wait_for "the keyboard is there" is_there
path=$(readlink -f $keyboard)
controller=$(basename "$(readlink -f $keyboard/../..)")
driver=/sys/bus/pci/drivers/xhci_hcd

# --- what it is

is "a USB device has the name that it tells" "$(wsdump -nr -o what,driver,subsystem,path,wake 1-1 | tr '\t' '|')" \
	"QEMU QEMU USB Keyboard, USB 0627:0001|usb|usb|$path|enabled"
wsdump why --json >/tmp/why
is "wsdump why has it as one that may wake the system" \
	"$(jq -r ".may_wake[] | select(.device == \"$path\") | .what, .udev_rule" /tmp/why)" \
	"QEMU QEMU USB Keyboard, USB 0627:0001, driver usb
ACTION==\"add\", SUBSYSTEM==\"usb\", ATTR{idVendor}==\"0627\", ATTR{idProduct}==\"0001\", ATTR{power/wakeup}=\"disabled\""

# No PCI device of QEMU can wake the machine, so the fixture's source is one's.
need_fixture
printf on-pci >$fixture/add_pci
bridge=$(basename "$(readlink -f /sys/class/wakeup/wakeup"$(wsdump -nr -o id on-pci)"/device)")
like "a PCI device has its number" "$(wsdump -nr -o what on-pci)" '^PCI 8086:[0-9a-f]{4}$'
# As udev writes it: there is none in this VM.
mkdir -p /run/udev/data
printf 'I:1234567\nE:ID_MODEL_FROM_DATABASE=440FX\nE:ID_MODEL_FROM_DATABASEX=no\nE:ID_VENDOR_FROM_DATABASE=Intel\nG:systemd\n' \
	>"/run/udev/data/+pci:$bridge"
like "and the name that udev has for it" "$(wsdump -nr -o what on-pci)" '^Intel 440FX, PCI 8086:[0-9a-f]{4}$'

# --- it goes and comes back

wsdump --json >/tmp/before
wsdump watch 0.2 -r -o name,change >/tmp/blocks &
watch=$!
wsdump trace -r >/tmp/lines &
trace=$!
wait_for "a trace begins" test -s /tmp/lines
wait_for "so does a watch" test -s /tmp/blocks
run wsdump run -r -n -o name,change -- sh -c "echo $controller >$driver/unbind"
like "it is gone after its controller's driver let go" "$err" '^1-1	gone$'
is "a listing has it no more" "$(wsdump -nr -o name | grep -cx 1-1)" 0
wsdump diff -nr -o name,change /tmp/before >/tmp/diff
check "diff says so" grep -qx '1-1	gone' /tmp/diff
seen() {
	grep -qx "1-1	$1" /tmp/blocks
}
wait_for "watch sees that" seen gone
run wsdump run -r -n -o name,change -- sh -c "echo $controller >$driver/bind
	until [ \"\$(cat $keyboard/power/wakeup 2>/dev/null)\" = enabled ]; do sleep 0.1; done"
like "and it comes back, as a new one" "$err" '^1-1	new$'
wait_for "watch sees that as well" seen new
kill $watch $trace
wait $trace && status=0 || status=$?
is "the trace has gone on" "$status" 0
done_testing
