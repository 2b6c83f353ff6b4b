#!/usr/bin/env bash
# Starts one server: start.sh NAME PORT DIRECTORY. It listens on 127.0.0.1, writes below DIRECTORY only, and is ended by
# SIGKILL, with all its processes, when stdin ends: with the process that started it at the latest. run.sh installs what the
# servers need.
set -euo pipefail
name=$1 port=$2 directory=$3
cd "$(dirname "$0")/servers"

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}

# Node.js 20 ends by SIGSEGV if a connection ends while a console message is on its way to it; then it is started again
inspector() {
  local start
  for start in 1 2 3 4 5; do
    node "--inspect=127.0.0.1:$port" -e 'setInterval(() => console.log("tick"), 300)' || true
  done
}

anvil() {
  exec node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil --host 127.0.0.1 --port "$port" --block-time 1 --silent --accounts 1
}

artemis() {
  exec java -Xmx128m -XX:TieredStopAtLevel=1 -Dorg.jboss.logging.provider=jdk -cp 'target/lib/*' Artemis.java "$port"
}

rabbitmq() {
  # epmd stays in the foreground, and so in this group of processes
  export HOME=$directory ERL_EPMD_PORT ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_DIST_PORT
  ERL_EPMD_PORT=$(free_port)
  RABBITMQ_DIST_PORT=$(free_port)
  cat >"$directory/rabbitmq.conf" <<END
listeners.tcp.1 = 127.0.0.1:$(free_port)
stomp.listeners.tcp.1 = 127.0.0.1:$(free_port)
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = $port
END
  echo '[rabbitmq_web_stomp].' >"$directory/enabled_plugins"
  rm -rf "$directory/db"
  epmd &
  RABBITMQ_NODENAME=interop@localhost RABBITMQ_MNESIA_BASE=$directory/db RABBITMQ_LOG_BASE=$directory/log \
    RABBITMQ_CONFIG_FILE=$directory/rabbitmq RABBITMQ_ENABLED_PLUGINS_FILE=$directory/enabled_plugins \
    exec /usr/lib/rabbitmq/bin/rabbitmq-server
}

script() {
  exec node "$name.mjs" "$port"
}

case $name in
  inspector | anvil | artemis | rabbitmq) start=$name ;;
  *) start=script ;;
esac

# a job has a group of its own
set -m
"$start" >>"$directory/server.log" 2>&1 </dev/null &
group=$!
trap 'kill -KILL -- "-$group"' EXIT
echo "$group"
cat >/dev/null
