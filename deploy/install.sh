#!/usr/bin/env bash
# Install Platsperspektiv on a Debian 12 machine: program in /opt/plats, settings in /etc/plats, data in /var/lib/plats,
# services under systemd, nginx with TLS in front. docs/guides/deployment.md says what each part is.
set -Eeuo pipefail
# shellcheck source=deploy/common.sh
. "$(dirname "$0")/common.sh"

usage() {
  cat <<TEXT
Användning: deploy/install.sh --name NAMN --certificate FIL --key FIL [--wheel FIL] [--wheelhouse MAPP] [--listen ADRESS]

  --name         webbplatsens namn, till exempel platser.kommunen.se
  --certificate  certifikatet med mellanliggande utfärdare, PEM
  --key          dess nyckel, PEM, läsbar bara för root
  --wheel        programmet som wheel (från make dist); annars byggs det ur den här mappen
  --wheelhouse   mapp med alla paket, för en dator utan nät (pip download --require-hashes -r requirements/run.txt)
  --listen       adress som nginx lyssnar på; annars alla
TEXT
}

NAME="" CERTIFICATE="" KEY="" WHEEL="" WHEELHOUSE="" LISTEN=""
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --name) NAME=$2 ;;
    --certificate) CERTIFICATE=$(realpath "$2") ;;
    --key) KEY=$(realpath "$2") ;;
    --wheel) WHEEL=$(realpath "$2") ;;
    --wheelhouse) WHEELHOUSE=$(realpath "$2") ;;
    --listen) LISTEN=$2 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift 2 || { usage >&2; exit 2; }
done

check_wishes() {
  need_root
  [[ $NAME =~ ^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$ ]] ||
    fail "Ange webbplatsens namn med små bokstäver: --name platser.kommunen.se"
  [[ $LISTEN =~ ^[0-9a-fA-F.:]*$ ]] || fail "--listen är en IP-adress."
  need_file "$CERTIFICATE"
  need_file "$KEY"
  [ -z "$WHEEL" ] || need_file "$WHEEL"
  need_file "$HERE/../requirements/run.txt"
  [ ! -e "$PROGRAM/current" ] || fail "$PROGRAM finns redan. Kör deploy/upgrade.sh för en ny utgåva."
}

install_packages() {
  local missing=() package
  for package in nginx python3-venv curl ca-certificates; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    say "Installerar ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 eller senare behövs (Debian 12)."
}

make_account_and_folders() {
  getent passwd plats >/dev/null ||
    useradd --system --user-group --home-dir "$DATA" --no-create-home --shell /usr/sbin/nologin plats
  install -d -m 0755 "$PROGRAM"
  install -d -m 0750 -o plats -g plats "$DATA"
  install -d -m 0700 -o plats -g plats "$BACKUPS"
  install -d -m 0750 -o root -g plats "$SETTINGS"
}

write_settings() {
  [ ! -e "$SETTINGS/plats.env" ] || return 0
  sed "s|@NAME@|$NAME|g" "$HERE/plats.env.example" >"$SETTINGS/plats.env"
  chown root:plats "$SETTINGS/plats.env"
  chmod 0640 "$SETTINGS/plats.env"
}

# One line of nginx: the address that was asked for, or all of both families.
listen_lines() {
  local port=$1 more=$2
  case $LISTEN in
    "") printf 'listen %s%s;' "$port" "$more"
        [ ! -e /proc/net/if_inet6 ] || printf ' listen [::]:%s%s;' "$port" "$more" ;;
    *:*) printf 'listen [%s]:%s%s;' "$LISTEN" "$port" "$more" ;;
    *) printf 'listen %s:%s%s;' "$LISTEN" "$port" "$more" ;;
  esac
}

install_site() {
  sed -e "s|@NAME@|$NAME|g" -e "s|@CERTIFICATE@|$CERTIFICATE|g" -e "s|@KEY@|$KEY|g" \
    -e "s|@LISTEN_80@|$(listen_lines 80 '')|" -e "s|@LISTEN_443@|$(listen_lines 443 ' ssl http2')|" \
    "$HERE/nginx/plats.conf" >"$SITES/sites-available/plats"
  ln -sfn ../sites-available/plats "$SITES/sites-enabled/plats"
  nginx -t -q || fail "nginx tar inte inställningarna; se ovan. De ligger i $SITES/sites-available/plats."
}

check_wishes
install_packages
say "Konto och mappar"
make_account_and_folders
write_settings
say "Programmet (några minuter)"
RELEASE=$(make_release "$WHEEL" "$WHEELHOUSE")
switch_to "$RELEASE"
install_units
say "Siffror och databas"
"$COMMAND" init --if-needed
"$COMMAND" check
say "Webbserver"
install_site
say "Tjänster"
"$SYSTEMCTL" enable --now "${SERVICES[@]}" "${TIMERS[@]}"
"$SYSTEMCTL" reload-or-restart nginx.service
wait_until_ready

cat <<TEXT

Platsperspektiv visas på https://$NAME/
Gör det första kontot, för den som sköter systemet:
  sudo plats createadmin
Se hur installationen mår:
  sudo plats doctor
TEXT
