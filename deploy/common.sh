# What install.sh and upgrade.sh share. Paths are Debian's ordinary ones; the units and the nginx site name them too.
# shellcheck shell=bash

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PROGRAM=/opt/plats                  # releases/, and current -> the one in use
DATA=/var/lib/plats                 # PLATS_HOME
BACKUPS=/var/backups/plats
SETTINGS=/etc/plats
UNITS=/etc/systemd/system
SITES=/etc/nginx
PAGES=/usr/local/share/plats        # what nginx shows when the site cannot
COMMAND=/usr/local/sbin/plats
ADDRESS=http://127.0.0.1:8000       # where the site listens; as in plats-web.service
SERVICES=(plats-web.service plats-worker.service)
TIMERS=(plats-retain.timer plats-backup.timer)
# Stands in for systemctl where systemd does not run, as in deploy/test.sh.
SYSTEMCTL=${PLATS_SYSTEMCTL:-systemctl}

say() { printf '%s\n' "== $*"; }
fail() { printf '%s\n' "Fel: $*" >&2; exit 1; }

need_root() { [ "$(id -u)" = 0 ] || fail "Kör som root: sudo $0"; }

need_file() { [ -r "$1" ] || fail "Filen $1 finns inte eller går inte att läsa."; }

# Build a release from a wheel, or from the checkout that this file lies in, and print its folder. The packages are those
# of requirements/run.txt, by their hashes.
make_release() {
  local wheel=$1 wheelhouse=$2 release build
  local pip_options=(--no-input --disable-pip-version-check --quiet)
  [ -z "$wheelhouse" ] || pip_options+=(--no-index --find-links "$wheelhouse")
  release="$PROGRAM/releases/$(date -u +%Y%m%dT%H%M%SZ)"
  [ ! -e "$release" ] || fail "$release finns redan. Vänta en sekund och försök igen."
  mkdir -p "$PROGRAM/releases"
  # Half a release must not look like one: what breaks on the way is removed.
  trap 'rm -rf "$release" "$build"' ERR
  build=$(mktemp -d)
  /usr/bin/python3 -m venv "$release"
  "$release/bin/pip" install "${pip_options[@]}" --require-hashes -r "$HERE/../requirements/run.txt"
  if [ -z "$wheel" ]; then
    "$release/bin/pip" wheel "${pip_options[@]}" --no-deps -w "$build" "$HERE/.."
    wheel=$(ls "$build"/plats-*.whl)
  fi
  "$release/bin/pip" install "${pip_options[@]}" --no-deps "$wheel"
  # Here and not later: the services may not write among the program's files.
  PLATS_HOME=$build "$release/bin/plats" messages >/dev/null
  "$release/bin/python" -m compileall -q "$release/lib" || true
  # The units and pages of a release follow it, so that going back brings them back too.
  cp -r "$HERE" "$release/deploy"
  chmod -R go=rX "$release"
  rm -rf "$build"
  trap - ERR
  printf '%s\n' "$release"
}

# Point `current` at a release, in one step.
switch_to() {
  ln -sfn "$1" "$PROGRAM/.next"
  mv -T "$PROGRAM/.next" "$PROGRAM/current"
}

# Put the units, pages and command of the release in use in their places.
install_units() {
  local from="$PROGRAM/current/deploy"
  install -d -m 0755 "$UNITS/plats-.service.d" "$PAGES"
  install -m 0644 "$from"/systemd/plats-*.service "$from"/systemd/plats-*.timer "$UNITS/"
  install -m 0644 "$from"/systemd/plats-.service.d/*.conf "$UNITS/plats-.service.d/"
  install -m 0644 "$from"/nginx/pages/*.html "$PAGES/"
  install -m 0755 "$from/plats.sh" "$COMMAND"
  "$SYSTEMCTL" daemon-reload
}

stop_services() { "$SYSTEMCTL" stop "${SERVICES[@]}"; }
start_services() { "$SYSTEMCTL" start "${SERVICES[@]}"; }

# Wait until every part says that it works; what fails is printed.
wait_until_ready() {
  local try answer=""
  for try in $(seq 60); do
    if answer=$(curl -sS --max-time 5 "$ADDRESS/halsa/redo/" 2>&1) && [[ $answer == *'"ok": true'* ]]; then
      return 0
    fi
    sleep 1
  done
  printf '%s\n' "Webbplatsen blev inte redo efter $try sekunder: $answer" >&2
  return 1
}
