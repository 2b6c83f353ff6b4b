#!/usr/bin/env bash
# Runs a jar of the sample that was processed ahead of time: its clients connect and a chat line comes back.
# usage: run.sh <jar>. Needs node and curl.
set -euo pipefail

jar=$(realpath "$1")
log=$(mktemp)
data=$(mktemp -d)

free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}
port=$(free_port)
server_port=$(free_port)
base="http://127.0.0.1:$port"

"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dspring.aot.enabled=true -jar "$jar" --server.port="$port" \
	--sample.server.port="$server_port" --resilient-ws.clients.alerts.queue.directory="$data" >"$log" 2>&1 &
app=$!
finish() {
	status=$?
	kill "$app" 2>/dev/null || true
	wait "$app" 2>/dev/null || true
	[ "$status" -eq 0 ] || tail -n 80 "$log"
	rm -rf "$log" "$data"
	exit "$status"
}
trap finish EXIT

# await <description> <command...>: half a minute, while the application runs
await() {
	local description=$1
	shift
	for _ in $(seq 60); do
		if "$@"; then
			echo "aot: $description"
			return
		fi
		kill -0 "$app"
		sleep 0.5
	done
	echo "aot: not in time: $description" >&2
	return 1
}
all_ready() {
	curl -fsS -m 5 "$base/actuator/health" 2>/dev/null | node -e '
		const health = JSON.parse(require("fs").readFileSync(0, "utf8") || "{}");
		const clients = health.components?.resilientWs?.components ?? {};
		process.exit(["chat", "alerts", "prices"].every((name) => clients[name]?.details?.state === "READY") ? 0 : 1);'
}
# the stream begins with one event that holds the lines so far
line_arrived() {
	(curl -fsS -N -m 2 "$base/events" 2>/dev/null || true) | grep -m 1 '^data:' |
		grep -q '"text":"ahead of time"[^}]*"status":"ARRIVED"'
}
order_acknowledged() {
	(curl -fsS -N -m 2 "$base/events" 2>/dev/null || true) | grep -m 1 '^data:' |
		grep -q '"text":"Inspection 1"[^}]*"status":"ACKNOWLEDGED"'
}

price_arrived() {
	(curl -fsS -N -m 2 "$base/events" 2>/dev/null || true) | grep -m 1 '^data:' |
		grep -q '"symbol":"ACME","subscribed":true,"active":true,"price":[0-9]'
}
quote_refused() {
	(curl -fsS -N -m 2 "$base/events" 2>/dev/null || true) | grep -m 1 '^data:' | grep -q 'refused: HOOLI is not listed'
}

await "the clients are ready" all_ready
grep -q 'Starting AOT-processed SampleApplication' "$log"
curl -fsS -m 5 -o /dev/null -H 'Content-Type: application/json' -d '{"text":"ahead of time"}' "$base/api/chat"
await "a chat line came back" line_arrived
curl -fsS -m 5 -o /dev/null -H 'Content-Type: application/json' -d '{"count":1}' "$base/api/orders"
await "a work order was acknowledged" order_acknowledged
curl -fsS -m 5 -o /dev/null -X POST "$base/api/prices/ACME/subscribe"
await "a price arrived" price_arrived
curl -fsS -m 5 -o /dev/null -X POST "$base/api/prices/HOOLI/quote"
await "a quote was refused" quote_refused
kill "$app"
wait "$app" || [ $? -eq 143 ]
echo "aot: passed"
