#!/usr/bin/env bash
# Runs the recovery and delivery scenarios against npm ws, and recovery behind nginx and HAProxy. Needs node, npm, nginx and
# haproxy; further arguments go to Maven.
set -euo pipefail
cd "$(dirname "$0")"

PATH="$PATH:/usr/sbin:/sbin"
for tool in node npm nginx haproxy; do
  if ! command -v "$tool" >/dev/null; then
    echo "interop: $tool is missing (Debian: apt-get install nodejs npm nginx haproxy)" >&2
    exit 1
  fi
done

npm install --no-package-lock --no-audit --no-fund
cd ..
# one JVM: proxies listen on ports that were free a moment before
mvn -B -ntp -pl resilient-ws-core test -Dgroups=interop -DexcludedGroups= -DforkCount=1 \
  -Dsurefire.failIfNoSpecifiedTests=false "$@"
