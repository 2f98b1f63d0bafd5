# SPDX-License-Identifier: GPL-2.0-only
# In the VM, for prometheus.t: what the systemd service writes, twice, as it would: the
# command of the unit with the capabilities that the unit leaves it.
. lib/lib.sh
set -e

modprobe wakeup_kfuncs
insmod ws_fixture.ko
nl='
'
for name in touch modem "quote\"back\\slash" "two${nl}lines" twin twin "$(printf 'bad\377')"; do
	printf '%s' "$name" >$fixture/add
done
printf child >$fixture/add_child
control stay 0
control event 1 100
control stay 4
control relax 4
sleep 0.5

unit() {
	sed -n "s/^$1=//p" wsdump-prometheus.service
}
file=$(unit ExecStart | sed 's/.*--write \([^ ]*\).*/\1/')
caps=$(unit CapabilityBoundingSet | tr 'A-Z' 'a-z' | sed 's/cap_/,+/g; s/ //g')
umask "$(unit UMask)"
service() {
	# shellcheck disable=SC2046
	setpriv --bounding-set="-all$caps" --inh-caps=-all $(unit ExecStart)
}
mkdir -p "${file%/*}"
service
cp "$file" /tmp/first.prom
ls -l "$file" >/tmp/mode
control event 1 100
control event 1 100
sleep 0.3
wsdump --json >/tmp/before.json
service
wsdump --format openmetrics --write /tmp/sources.openmetrics
wsdump --json >/tmp/after.json
cp "$file" /tmp/second.prom
ls -A "${file%/*}" >/tmp/beside
hand_out /tmp/first.prom /tmp/second.prom /tmp/sources.openmetrics /tmp/before.json \
	/tmp/after.json /tmp/mode /tmp/beside
