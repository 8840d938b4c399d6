#!/usr/bin/env bash
# Runs a command with a private, throw-away PostgreSQL server, whose address it finds in
# PORTAL_TEST_POSTGRES. Usage: postgres.sh COMMAND [ARGUMENT...]
# The server listens on a socket in its own temporary folder only, and is gone when the command ends.
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

INITDB="$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || command -v initdb || true)"
[ -n "$INITDB" ] || die "PostgreSQL's server programs were not found; run: make test"
BIN="$(dirname "$INITDB")"
FOLDER="$(passing_folder portal-postgres)"

# PostgreSQL refuses to run as root.
AS=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$FOLDER"
  AS=(runuser -u postgres --)
fi
server() { (cd "$FOLDER" && "${AS[@]}" env LC_ALL=C.UTF-8 "$@"); }

stop() {
  server "$BIN/pg_ctl" -D "$FOLDER/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$FOLDER"
}
trap stop EXIT
trap 'exit 130' INT TERM

server "$BIN/initdb" -D "$FOLDER/data" -U portal --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
# Nothing here outlives the tests, so nothing need be forced to disk.
server "$BIN/pg_ctl" -D "$FOLDER/data" -l "$FOLDER/log" -w -o "-c listen_addresses='' \
  -c unix_socket_directories='$FOLDER' -c unix_socket_permissions=0777 -c max_connections=200 \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=256MB" start >/dev/null \
  || { cat "$FOLDER/log" >&2; die "the private PostgreSQL server did not start; its log is above."; }
chmod 755 "$FOLDER"

export PORTAL_TEST_POSTGRES="postgresql+psycopg://portal@/postgres?host=$FOLDER"
"$@"
