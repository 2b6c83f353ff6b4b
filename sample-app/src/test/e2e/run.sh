#!/usr/bin/env bash
# Runs the browser tests against a jar of the sample. usage: run.sh <jar> [folder for screenshots]
# Needs node, npm and Chromium ($CHROMIUM, by default /usr/bin/chromium).
set -euo pipefail

jar=$(realpath "$1")
cd "$(dirname "$0")"
shots=${2:-$PWD/target}
log=$(mktemp)

free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}
port=$(free_port)
server_port=$(free_port)

[ -d node_modules/playwright-core ] && [ -d node_modules/ws ] || npm install --no-package-lock --no-audit --no-fund --silent

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
data=$(mktemp -d)
"$java" -jar "$jar" --server.port="$port" --sample.server.port="$server_port" \
	--resilient-ws.clients.alerts.queue.directory="$data" >"$log" 2>&1 &
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

for _ in $(seq 120); do
	curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2>/dev/null && break
	kill -0 "$app"
	sleep 0.5
done

node e2e.mjs "http://127.0.0.1:$port/" "$shots"
kill "$app"
wait "$app" || [ $? -eq 143 ]
node backlog.mjs "$java" "$jar" "$shots"
node instances.mjs "$java" "$jar" "$shots"
