#!/usr/bin/env bash
# Starts a MariaDB server in a temporary directory, and runs the tests of the JDBC store and of the election against it,
# the last ones with three JVMs.
# Needs mariadbd; further arguments go to Maven.
set -euo pipefail
cd "$(dirname "$0")/../../../.."

PATH="$PATH:/usr/sbin"
for tool in mariadbd mariadb-install-db mariadb-admin; do
  if ! command -v "$tool" >/dev/null; then
    echo "mariadb: $tool is missing (Debian: apt-get install mariadb-server)" >&2
    exit 1
  fi
done

user=$(id -un)
directory=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server"; } || true
  rm -rf "$directory"
}
trap stop EXIT

mariadb-install-db --no-defaults --auth-root-authentication-method=normal --user="$user" --datadir="$directory/data" \
  --skip-test-db >"$directory/install.log" 2>&1 || { cat "$directory/install.log" >&2; exit 1; }

# the server cannot choose a free port itself
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 12000))
  mariadbd --no-defaults --user="$user" --datadir="$directory/data" --socket="$directory/socket" \
    --pid-file="$directory/pid" --bind-address=127.0.0.1 --port="$port" --max-connections=500 --innodb-flush-log-at-trx-commit=0 \
    >"$directory/server.log" 2>&1 &
  server=$!
  for _ in $(seq 150); do
    mariadb-admin --no-defaults --protocol=tcp --host=127.0.0.1 --port="$port" --user=root ping >/dev/null 2>&1 && break 2
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
  done
  kill "$server" 2>/dev/null || true
  wait "$server" || true
  server=
done
[ -n "$server" ] || { cat "$directory/server.log" >&2; exit 1; }
mariadbd --version

tests='MessageTableTests,GenericMessageTableTests,MariaDb*Tests,SchemaTests,LineReaderOverDatabaseTests,LineReaderStressTests'
tests+=',LineFeedTests,EndedMessagesTests,StoreTransactionTests,JdbcOutboxStoreTests,StoreFailureTests'
tests+=',JdbcTransactionalWriterTests,TransactionFailureTests,JpaTransactionTests'
tests+=',ElectionTablesTests,LineElectorTests,JdbcLineElectionTests,LaterSchemaTests'
tests+=',LostSharedOwnerTests,OverlappingTransactionsTests,KilledInCommitTests'

# one JVM: elections of a second need a server that answers
mvn -B -ntp -pl resilient-ws-autoconfigure -am test -Dmariadb.url="jdbc:mariadb://127.0.0.1:$port/?user=root" \
  -Dtest="$tests" \
  -DexcludedGroups=stress -DforkCount=1 -Dsurefire.failIfNoSpecifiedTests=false "$@"
