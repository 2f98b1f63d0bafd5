# SPDX-License-Identifier: GPL-2.0-only
# where: monitoring
# first: prometheus.vm.sh
# once: all
# quick: ci
# Metrics, from what the service writes to the answer of a query: promtool and an
# OpenMetrics parser find nothing wrong with them, a node_exporter serves them, and a
# Prometheus scrapes that. All of these are Debian's, and were made in the VM by the command.
. lib/lib.sh

# A network of its own, in which servers disturb nobody; and all processes end with it.
if [ -z "${ALONE:-}" ]; then
	ALONE=1 exec unshare --net --pid --fork --kill-child --mount-proc sh "$0"
fi
ip link set lo up

files=/files
textfiles=/var/lib/prometheus/node-exporter

is "the file can be read by others" "$(cut -c 1-10 $files/mode)" "-rw-r--r--"
is "nothing else was left beside it" "$(cat $files/beside)" wsdump.prom
run promtool check metrics <$files/second.prom
is "promtool finds nothing wrong" "$status$out$err" 0

# --- the format of OpenMetrics, by a strict parser, against the JSON before and after ---

cat >/tmp/check.py <<'END'
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

files = sys.argv[1]
before, after = (
    {str(s['id']): s for s in json.load(open(files + '/' + name))['wakeup_sources']}
    for name in ('before.json', 'after.json'))

keys = {
    'wakeup_source_active': ('active', 1),
    'wakeup_source_active_seconds_total': ('total_time_ns', 1e9),
    'wakeup_source_longest_active_seconds': ('max_time_ns', 1e9),
    'wakeup_source_prevent_sleep_seconds_total': ('prevent_sleep_time_ns', 1e9),
    'wakeup_source_activations_total': ('active_count', 1),
    'wakeup_source_events_total': ('event_count', 1),
    'wakeup_source_wakeups_total': ('wakeup_count', 1),
    'wakeup_source_expirations_total': ('expire_count', 1),
}

def check(families, openmetrics):
    seen = {}
    infos = set()
    for family in families:
        assert family.documentation and family.type in ('counter', 'gauge', 'info'), family
        seconds = family.name.endswith('_seconds')
        assert not openmetrics or family.unit == ('seconds' if seconds else ''), family
        for s in family.samples:
            if s.name == 'wakeup_sources':
                assert s.value == len(after), s
                continue
            if s.name == 'wakeup_source_info':
                assert s.value == 1 and after[s.labels['id']]['device'], s
                assert s.labels['path'].startswith('/sys/devices/'), s
                infos.add(s.labels['id'])
                continue
            key, scale = keys[s.name]
            was, now = before[s.labels['id']], after[s.labels['id']]
            assert s.labels['name'] == now['name'], s
            assert s.labels.get('device') == now['device'], s
            low, high = was[key] / scale, now[key] / scale
            assert low - 1e-9 <= s.value <= high + 1e-9, (s, low, high)
            seen[s.name] = seen.get(s.name, 0) + 1
    assert seen == {name: len(after) for name in keys}, seen
    assert infos == {id for id, s in after.items() if s['device']}, infos

text = open(files + '/sources.openmetrics', newline='').read()
assert text.endswith('\n# EOF\n')
check(openmetrics(text), True)
check(prometheus(open(files + '/second.prom', newline='').read()), False)
END
check "each sample of both formats is what the JSON has" python3 /tmp/check.py $files

# --- node_exporter, and Prometheus --------------------------------------------------

fetch() {
	python3 -c 'import sys, urllib.request as u
sys.stdout.buffer.write(u.urlopen(sys.argv[1], timeout=10).read())' "$1"
}

# comes WHAT COMMAND...: servers take a while to start
comes() {
	wait_for "$@" && pass "$1"
}

cp $files/first.prom $textfiles/wsdump.prom
setpriv --reuid prometheus --regid prometheus --clear-groups \
	prometheus-node-exporter --collector.disable-defaults --collector.textfile \
	--collector.textfile.directory=$textfiles --web.listen-address=127.0.0.1:9100 \
	>/tmp/exporter.log 2>&1 &
comes "node_exporter answers" fetch http://127.0.0.1:9100/metrics
fetch http://127.0.0.1:9100/metrics >/tmp/metrics
is "it found no error in the file" "$(sed -n 's/^node_textfile_scrape_error //p' /tmp/metrics)" 0
is "it serves each sample" "$(grep -c '^wakeup_source' /tmp/metrics)" "$(grep -c '^wakeup_source' $files/first.prom)"
is "it knows the counters for counters" \
	"$(grep -c '^# TYPE wakeup_source.*_total counter' /tmp/metrics)" 6

# What Prometheus itself thinks of the other format.
mkdir -p /tmp/www
cp $files/sources.openmetrics /tmp/www/metrics
cat >/tmp/serve.py <<'END'
from http.server import HTTPServer, SimpleHTTPRequestHandler

class Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args):
        super().__init__(*args, directory='/tmp/www')
    def guess_type(self, path):
        return 'application/openmetrics-text; version=1.0.0; charset=utf-8'

HTTPServer(('127.0.0.1', 9101), Handler).serve_forever()
END
python3 /tmp/serve.py >/tmp/serve.log 2>&1 &

cat >/tmp/prometheus.yml <<'END'
global:
  scrape_interval: 1s
scrape_configs:
  - job_name: node
    static_configs: [{ targets: ['127.0.0.1:9100'] }]
  - job_name: openmetrics
    static_configs: [{ targets: ['127.0.0.1:9101'] }]
END
prometheus --config.file=/tmp/prometheus.yml --storage.tsdb.path=/tmp/tsdb \
	--web.listen-address=127.0.0.1:9090 >/tmp/prometheus.log 2>&1 &

query() {
	promtool query instant http://127.0.0.1:9090 "$1" 2>&1 | sed 's/ @\[.*//'
}
answers() {
	query "$1" | grep -qxF "$2"
}
comes "Prometheus scrapes node_exporter" answers 'sum(up{job="node"})' '{} => 1'
comes "and the OpenMetrics format" answers 'sum(up{job="openmetrics"})' '{} => 1'
comes "it knows which source is active" answers \
	'sum by (name) (wakeup_source_active{job="node"} == 1)' '{name="touch"} => 1'
comes "two of one name are two series" answers \
	'count(wakeup_source_active{job="node", name="twin"})' '{} => 2'
comes "so do names that have to be escaped" answers \
	'count(wakeup_source_active{job="node", name=~"quote\"back\\\\slash|two\nlines|bad\ufffd"})' '{} => 3'
comes "a source has its device" answers \
	'count(wakeup_source_events_total{job="node", name="child", device="ws_fixture"})' '{} => 1'
comes "and what that is" answers \
	'count(wakeup_source_events_total{job="node", name="child"} * on(id) group_left(path) wakeup_source_info{job="node", path="/sys/devices/platform/ws_fixture"})' '{} => 1'
comes "both formats have the same number of series" answers \
	'count({__name__=~"wakeup_source_.*", job="node"}) - count({__name__=~"wakeup_source_.*", job="openmetrics"})' '{} => 0'

# The service's next file, put there as the service does.
events='wakeup_source_events_total{job="node", name="modem"}'
comes "one event was counted" answers "sum($events)" '{} => 1'
cp $files/second.prom $textfiles/.wsdump.prom.next
mv $textfiles/.wsdump.prom.next $textfiles/wsdump.prom
comes "the next file has two more" answers "sum($events)" '{} => 3'
check "and node_exporter never found an error in either" \
	answers 'sum(max_over_time(node_textfile_scrape_error{job="node"}[1h]))' '{} => 0'

# --- the units ------------------------------------------------------------------------

mkdir -p /usr/local/sbin
printf '#!/bin/sh\n' >/usr/local/sbin/wsdump
chmod +x /usr/local/sbin/wsdump
units=/etc/systemd/system
for unit in wsdump-prometheus.service wsdump-pin.service; do
	sed 's|@sbindir@|/usr/local/sbin|' ../loader/wsdump/$unit.in >$units/$unit
done
cp ../loader/wsdump/wsdump-prometheus.timer $units/
run systemd-analyze verify --man=no $units/wsdump-prometheus.service \
	$units/wsdump-prometheus.timer $units/wsdump-pin.service
is "systemd finds nothing wrong with the units" "$status$out$err" 0
man=$(tr '\n' ' ' <../man/wsdump.8)
for unit in wsdump-prometheus.service wsdump-pin.service; do
	case $unit in
	*-pin*) said=$(echo "$man" | sed -n 's/.*wsdump-pin.service ,[^,]*, one of \([0-9.]*[0-9]\)\. .*/\1/p') ;;
	*) said=$(echo "$man" | sed -n 's/.*exposure level of \([0-9.]*[0-9]\), and .*/\1/p') ;;
	esac
	run systemd-analyze security --offline=yes --no-pager $units/$unit
	score=$(echo "$out" | sed -n 's/.*Overall exposure level for .*: \([0-9.]*\) .*/\1/p')
	is "$unit is exposed as little as wsdump(8) says" "$score" "$said"
done

done_testing
