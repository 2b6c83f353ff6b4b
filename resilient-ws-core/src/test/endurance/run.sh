#!/usr/bin/env bash
# A thousand reconnects, a thousand clients, a stopped JVM, and chaos, each in a JVM of its own, one after
# the other; prints what was measured.
# Arguments go to Maven: -Dtest=..., -Dchaos.seed=..., -Dchaos.minutes=...
set -euo pipefail
cd "$(dirname "$0")/../../../.."

ulimit -n 4096 2>/dev/null || true
mvn -B -ntp -pl resilient-ws-core test -Dgroups='endurance | chaos' -DexcludedGroups= -DforkCount=1 -DargLine= -DreuseForks=false \
  -Dsurefire.failIfNoSpecifiedTests=false "$@"
