"""The home folder: can it be written, is it on a disk that bears it, is it closed to others, is there room?"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from plats.web.operations.backup import stamps
from plats.web.operations.backup.contents import KEYS, unknown_names
from plats.web.operations.doctor.check import Check, Finding, home

# File systems on other machines, where locks and write-ahead logging do not hold.
_REMOTE = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "lustre",
    }
)
_MOUNTS = Path("/proc/self/mounts")
_LEAST_FREE = 500_000_000
_LOW_SHARE = 0.1


class HomeWritable(Check):
    id = "home_writable"
    title = "PLATS_HOME går att skriva i"

    def findings(self) -> Iterator[Finding]:
        try:
            with tempfile.NamedTemporaryFile(dir=home(), prefix=".doctor-"):
                pass
        except OSError as error:
            yield self.error(
                f"Det går inte att skriva i {home()}: {error.strerror}.",
                "Kör som tjänstens konto, och låt kontot äga mappen och allt i den.",
            )


class HomeOwner(Check):
    id = "home_owner"
    title = "Allt i PLATS_HOME hör till tjänstens konto"

    def findings(self) -> Iterator[Finding]:
        owner = home().stat().st_uid
        strangers = sorted(path.name for path in home().iterdir() if path.lstat().st_uid != owner)
        if strangers:
            yield self.error(
                f"Annan ägare än mappens: {', '.join(strangers[:5])}. Något har körts som ett annat konto.",
                f"chown -R {home().owner()} på mappen, och kör plats som det kontot.",
            )


class LocalDisk(Check):
    id = "local_disk"
    title = "PLATS_HOME ligger på en lokal disk"

    def findings(self) -> Iterator[Finding]:
        kind = file_system_of(home(), _MOUNTS.read_text(encoding="utf-8") if _MOUNTS.exists() else "")
        if kind in _REMOTE:
            yield self.error(
                f"{home()} ligger på {kind}, en disk över nätet, där lås och SQLite inte är att lita på.",
                "Flytta PLATS_HOME till en lokal disk. Säkerhetskopiorna får ligga på nätet.",
            )


class FreeSpace(Check):
    id = "free_space"
    title = "Det finns plats på disken"

    def findings(self) -> Iterator[Finding]:
        disk = shutil.disk_usage(home())
        last = stamps.last(home(), stamps.BACKUP)
        # A restore unpacks the archive beside what is there.
        wanted = max(2 * last.bytes if last else 0, int(_LOW_SHARE * disk.total))
        told = f"{disk.free / 1e9:.1f} GB av {disk.total / 1e9:.0f} GB är lediga på disken med {home()}."
        advice = "Frigör utrymme: äldre säkerhetskopior, gamla versioner av siffror, loggar."
        if disk.free < _LEAST_FREE:
            yield self.error(told, advice)
        elif disk.free < wanted:
            yield self.warning(told, advice)


class KeysClosed(Check):
    id = "keys_closed"
    title = "Nycklarna kan bara läsas av ägaren"

    def findings(self) -> Iterator[Finding]:
        for name in KEYS:
            path = home() / name
            if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
                yield self.error(
                    f"{path} kan läsas av andra konton på datorn.",
                    f"chmod 600 {path}. Har någon obehörig kunnat läsa den: byt nyckel och logga ut alla.",
                )


class HomeClosed(Check):
    id = "home_closed"
    title = "PLATS_HOME är stängd för andra konton"

    def findings(self) -> Iterator[Finding]:
        if stat.S_IMODE(home().stat().st_mode) & stat.S_IROTH:
            yield self.in_production(
                f"{home()} kan läsas av alla konton på datorn.", f"chmod o-rwx {home()}."
            )


class NothingLeft(Check):
    """What a killed backup, drill or restore left holds everything, keys and all."""

    id = "nothing_left"
    title = "Inget avbrutet arbete ligger kvar"

    def findings(self) -> Iterator[Finding]:
        left = [*home().glob(".restore"), *home().glob(".backup-*"), *home().glob(".drill-*")]
        names = sorted(path.name for path in left if any(path.iterdir()))
        if names:
            yield self.warning(
                f"I {home()} finns {', '.join(names)}: pågår ingen säkerhetskopiering eller återställning är det "
                "rester av en som avbröts.",
                "Kör plats backup respektive plats restore igen, eller ta bort mappen.",
            )


class NothingUnknown(Check):
    id = "nothing_unknown"
    title = "Allt i PLATS_HOME följer med i säkerhetskopian eller kan göras om"

    def findings(self) -> Iterator[Finding]:
        names = unknown_names(home())
        if names:
            yield self.warning(
                f"I {home()} finns {', '.join(names[:5])}, som inte följer med i en säkerhetskopia.",
                "Flytta det någon annanstans.",
            )


CHECKS: tuple[type[Check], ...] = (
    HomeWritable, HomeOwner, LocalDisk, FreeSpace, KeysClosed, HomeClosed, NothingLeft, NothingUnknown,
)  # fmt: skip


def file_system_of(path: Path, mounts: str) -> str:
    """The kind of file system a folder lies on, by the text of /proc/mounts: the longest mount point above it."""
    found, longest = "", -1
    for line in mounts.splitlines():
        _device, point, kind, *_rest = line.split(" ")
        place = point.replace("\\040", " ")
        above = os.path.commonpath([place, path.resolve()]) == place.rstrip("/") or place == "/"
        if above and len(place) >= longest:
            found, longest = kind, len(place)
    return found
