#!/usr/bin/env bash
# Put a new release in use: copy, install beside, migrate, check, start. Whatever fails on the way, the release before
# and the copy are put back.
set -Eeuo pipefail
# shellcheck source=deploy/common.sh
. "$(dirname "$0")/common.sh"

KEPT_RELEASES=3

usage() {
  cat <<TEXT
Användning: deploy/upgrade.sh [--wheel FIL] [--wheelhouse MAPP]

Kör ur den nya utgåvans mapp: dess requirements/run.txt, units och inställningar för nginx är de som gäller.
TEXT
}

WHEEL="" WHEELHOUSE=""
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --wheel) WHEEL=$(realpath "$2") ;;
    --wheelhouse) WHEELHOUSE=$(realpath "$2") ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2 || { usage >&2; exit 2; }
done

need_root
[ -e "$PROGRAM/current" ] || fail "Platsperspektiv är inte installerat i $PROGRAM. Kör deploy/install.sh."
OLD=$(readlink -f "$PROGRAM/current")
ARCHIVE="$BACKUPS/before-upgrade-$(date -u +%Y%m%dT%H%M%SZ).tar"

roll_back() {
  trap - ERR
  say "Uppgraderingen misslyckades. Lägger tillbaka $OLD och säkerhetskopian."
  stop_services || true
  switch_to "$OLD"
  install_units
  # Not started on rows that the new release may have changed: stopped is safer than half.
  "$COMMAND" restore "$ARCHIVE" --yes ||
    fail "Kopian gick inte att lägga tillbaka, och tjänsterna är stoppade. Åtgärda felet ovan och kör
  sudo plats restore $ARCHIVE && sudo systemctl start ${SERVICES[*]}"
  start_services
  wait_until_ready || fail "Den förra utgåvan startar inte heller. Kör plats doctor. Kopian: $ARCHIVE"
  fail "Den förra utgåvan visas igen. Inget har ändrats. Skälet står ovan."
}

remove_old_releases() {
  local release
  ls -1d "$PROGRAM"/releases/* | sort | head -n "-$KEPT_RELEASES" | while read -r release; do
    [ "$release" = "$(readlink -f "$PROGRAM/current")" ] || [ "$release" = "$OLD" ] || rm -rf "$release"
  done
}

say "Installerar den nya utgåvan bredvid den gamla (webbplatsen visas under tiden)"
NEW=$(make_release "$WHEEL" "$WHEELHOUSE")
say "Stoppar tjänsterna och tar säkerhetskopia"
stop_services
trap 'start_services' ERR
"$COMMAND" backup "$ARCHIVE"
trap roll_back ERR
say "Byter utgåva"
switch_to "$NEW"
install_units
"$COMMAND" init --if-needed
"$COMMAND" check
say "Startar"
start_services
wait_until_ready
trap - ERR
remove_old_releases
say "Klart: $("$COMMAND" --version). Kopian från före uppgraderingen: $ARCHIVE"
