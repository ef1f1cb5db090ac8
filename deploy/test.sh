#!/usr/bin/env bash
# Install on this machine for real, use the installation from a browser over TLS on loopback, upgrade it, break an upgrade,
# and remove everything again. For a bare Debian machine with root, such as a container; refuses where something is installed.
# Where systemd does not run, deploy/testing/units.py does what the units say.
set -Eeuo pipefail
# shellcheck source=deploy/common.sh
. "$(dirname "$0")/common.sh"
ROOT=$(dirname "$HERE")
NAME=platser.exempel.se
PYTHON="$ROOT/.venv/bin/python"

need_root
for taken in "$PROGRAM" "$SETTINGS" "$DATA" "$SITES/sites-enabled/plats" "$UNITS/plats-web.service"; do
  [ ! -e "$taken" ] || fail "$taken finns: här finns en installation, och provet rör den inte."
done
if [ -d /run/systemd/system ]; then SYSTEMCTL=systemctl; else SYSTEMCTL="$HERE/testing/units.py"; fi
export PLATS_SYSTEMCTL=$SYSTEMCTL
WORK=$(mktemp -d)
STARTED=$SECONDS

clean_up() {
  local code=$?
  trap - EXIT ERR
  say "Städar"
  if [ -e "$UNITS/plats-web.service" ]; then
    [ $code = 0 ] || "$HERE/testing/journal.sh" plats-web plats-worker | tail -40 >&2 || true
    stop_services || true
    [ "$SYSTEMCTL" != systemctl ] || systemctl disable -q "${SERVICES[@]}" "${TIMERS[@]}" || true
  fi
  rm -rf "$SITES/sites-enabled/plats" "$SITES/sites-available/plats"
  "$SYSTEMCTL" stop nginx.service || true
  rm -rf "$PROGRAM" "$SETTINGS" "$DATA" "$BACKUPS" "$PAGES" "$COMMAND" "$WORK" /run/plats-units
  rm -rf "$UNITS"/plats-*.service "$UNITS"/plats-*.timer "$UNITS/plats-.service.d" /var/log/nginx/plats-*.log
  ! getent passwd plats >/dev/null || userdel plats
  [ $code = 0 ] || say "Provet misslyckades (kod $code)."
  exit $code
}
trap clean_up EXIT

journeys() {
  PLATS_DEPLOYED_NAME=$NAME PLATS_DEPLOYED_JOURNAL="$HERE/testing/journal.sh" "$PYTHON" -m pytest -q -p no:xdist \
    -p no:cacheprovider --rootdir "$ROOT" "$@" "$HERE/testing/test_deployed.py"
}

say "Bygger"
make -s -C "$ROOT" dist
WHEEL=$(ls -t "$ROOT"/dist/plats-*.whl | head -1)
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$NAME" -addext "subjectAltName=DNS:$NAME" \
  -keyout "$WORK/key.pem" -out "$WORK/certificate.pem" 2>/dev/null

say "Installerar"
"$HERE/install.sh" --name $NAME --certificate "$WORK/certificate.pem" --key "$WORK/key.pem" --wheel "$WHEEL" \
  --listen 127.0.0.1

if command -v systemd-analyze >/dev/null; then
  say "systemd om enheterna"
  systemd-analyze verify "$UNITS"/plats-*.service "$UNITS"/plats-*.timer
  for unit in plats-web plats-worker plats-retain plats-backup; do
    systemd-analyze security --offline=true --threshold=20 --no-pager "$unit.service" | grep "Overall exposure"
  done
fi

say "Resor i webbläsaren"
journeys

say "Nattens arbete"
"$SYSTEMCTL" start plats-retain.service
"$SYSTEMCTL" start plats-backup.service
ls -l "$BACKUPS"

say "Uppgraderar"
"$COMMAND" status >"$WORK/before"
"$HERE/upgrade.sh" --wheel "$WHEEL"
journeys -k "alive or start_page"
"$COMMAND" status | diff "$WORK/before" - || fail "Siffrorna är inte desamma efter uppgraderingen."

say "Uppgraderar till en utgåva som inte startar: ska rullas tillbaka"
BEFORE=$(readlink -f "$PROGRAM/current")
"$PYTHON" "$HERE/testing/broken_wheel.py" "$WHEEL" "$WORK"
if "$HERE/upgrade.sh" --wheel "$WORK/$(basename "$WHEEL")"; then fail "En utgåva som inte startar togs i bruk."; fi
[ "$(readlink -f "$PROGRAM/current")" = "$BEFORE" ] || fail "Den förra utgåvan lades inte tillbaka."
"$COMMAND" status | diff "$WORK/before" - || fail "Siffrorna är inte desamma efter återgången."
journeys -k "alive or start_page"

say "Allt gick bra, på $((SECONDS - STARTED)) s."
