#!/bin/sh
# `plats` as the services run it: with their settings, as their account. Installed as /usr/local/sbin/plats.
set -eu
if [ "$(id -u)" != 0 ]; then
  echo "Kör som root: sudo plats $*" >&2
  exit 1
fi
set -a
. /etc/plats/plats.env
set +a
umask 0027
cd "$PLATS_HOME"
exec runuser -u plats -- /opt/plats/current/bin/plats "$@"
