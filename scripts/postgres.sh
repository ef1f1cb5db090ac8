#!/usr/bin/env bash
# A private PostgreSQL server for tests and measurements: its own data in a folder that goes away with it, reached by a
# socket in that folder and by nothing else, so that it meets no other server and nobody else meets it.
#
#   scripts/postgres.sh present               exit code 0 when PostgreSQL's programs are here
#   scripts/postgres.sh run COMMAND [WORD..]  start a server, run the command with DATABASE_URL, stop and clean up
#   scripts/postgres.sh try COMMAND [WORD..]  the same, or say so and go on when the programs are not here;
#                                             with PLATS_REQUIRE_POSTGRES=1 that is a failure
#   scripts/postgres.sh start FOLDER          start a server in FOLDER (made anew) and print its DATABASE_URL
#   scripts/postgres.sh stop FOLDER           stop it and remove FOLDER
#
# PLATS_POSTGRES_BIN names the folder of the programs where they are not in Debian's place.
# PLATS_POSTGRES_DURABLE=1 writes as on a real server: for measurements. Tests need no disk to be waited for.
set -euo pipefail

programs() {
  local found
  for found in ${PLATS_POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V -r)}; do
    if [ -x "$found/initdb" ]; then
      echo "$found"
      return
    fi
  done
  echo "PostgreSQL's programs are not here. Install the package postgresql, or set PLATS_POSTGRES_BIN." >&2
  return 1
}

# The server refuses to be run by root, so root runs it as someone else.
as_owner() {
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
  else
    setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups env HOME="$folder" "$@"
  fi
}

start() {
  folder=$1
  mkdir -p "$folder"
  if [ -n "$(ls -A "$folder")" ]; then
    echo "$folder is not empty. Name a folder that is not there." >&2
    return 1
  fi
  folder=$(cd "$folder" && pwd)
  if [ "${#folder}" -gt 80 ]; then
    echo "A socket's path is at most 107 letters: choose a folder with a shorter path than $folder" >&2
    return 1
  fi
  chmod 700 "$folder"
  if [ "$(id -u)" -eq 0 ]; then chown "$owner" "$folder"; fi
  (
    cd "$folder"
    as_owner "$bin/initdb" -D "$folder/data" --username=plats --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
      --no-sync >"$folder.initdb.log" 2>&1 || { cat "$folder.initdb.log" >&2; exit 1; }
    rm -f "$folder.initdb.log"
    settings >>"$folder/data/postgresql.conf"
    as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 start >/dev/null 2>&1 ||
      { cat "$folder/server.log" >&2; exit 1; }
    as_owner "$bin/createdb" -h "$folder" -U plats plats
  )
  url="postgres://plats@/plats?host=$folder"
}

settings() {
  echo "listen_addresses = ''"
  echo "unix_socket_directories = '$folder'"
  echo "max_connections = 100"
  echo "timezone = 'UTC'"
  if [ "${PLATS_POSTGRES_DURABLE:-}" != 1 ]; then
    echo "fsync = off"
    echo "synchronous_commit = off"
    echo "full_page_writes = off"
  fi
}

stop() {
  folder=$1
  if [ -f "$folder/data/postmaster.pid" ]; then
    (cd "$folder" && as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  fi
  # Only what this script has made: a folder with a server's data in it.
  if [ -d "$folder/data" ] || [ -z "$(ls -A "$folder" 2>/dev/null)" ]; then rm -rf "$folder"; fi
}

run() {
  local code=0
  folder=$(mktemp -d -t plats-pg.XXXXXX)
  trap 'stop "$folder"' EXIT
  trap 'exit 130' INT TERM
  start "$folder"
  DATABASE_URL=$url "$@" || code=$?
  exit "$code"
}

if [ "${1:-}" = try ]; then
  if ! programs >/dev/null && [ "${PLATS_REQUIRE_POSTGRES:-}" != 1 ]; then
    echo "Left out: what runs on PostgreSQL." >&2
    exit 0
  fi
fi
bin=$(programs)
owner=nobody
if id postgres >/dev/null 2>&1; then owner=postgres; fi

case "${1:-}" in
  present) ;;
  run | try) shift; run "$@" ;;
  start) start "$2"; echo "$url" ;;
  stop) stop "$2" ;;
  *) sed -n '2,15s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
