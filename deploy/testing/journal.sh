#!/bin/sh
# What the named units have written: from systemd's journal, or from the files of units.py.
for unit in "$@"; do
  if [ -d /run/systemd/system ]; then
    journalctl -q -o cat -u "$unit"
  else
    cat "/run/plats-units/$unit.service.log"
  fi
done
