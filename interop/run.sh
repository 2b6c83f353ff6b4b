#!/usr/bin/env bash
# Runs the recovery scenarios against npm ws. Needs node and npm; further arguments go to Maven.
set -euo pipefail
cd "$(dirname "$0")"

for tool in node npm; do
  if ! command -v "$tool" >/dev/null; then
    echo "interop: $tool is missing (Debian: apt-get install nodejs npm)" >&2
    exit 1
  fi
done

npm install --no-package-lock --no-audit --no-fund
cd ..
mvn -B -ntp -pl resilient-ws-test -am test -Dgroups=interop -DexcludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
  "$@"
