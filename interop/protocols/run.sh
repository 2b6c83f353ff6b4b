#!/usr/bin/env bash
# Runs clients that are configured by ready-made protocols and by examples of docs/protocols against servers of other
# projects. Needs node, npm and RabbitMQ; further arguments go to Maven.
set -euo pipefail
cd "$(dirname "$0")/servers"

for tool in node npm epmd /usr/lib/rabbitmq/bin/rabbitmq-server; do
  if ! command -v "$tool" >/dev/null; then
    echo "interop: $tool is missing (Debian: apt-get install nodejs npm rabbitmq-server)" >&2
    exit 1
  fi
done

npm ci --ignore-scripts --no-audit --no-fund
mvn -B -ntp dependency:copy-dependencies
cd ../../..
# one JVM: servers listen on ports that were free a moment before
mvn -B -ntp -pl resilient-ws-autoconfigure -am test -Dgroups=protocols -DexcludedGroups= -DforkCount=1 \
  -Dsurefire.failIfNoSpecifiedTests=false "$@"
