"""What of an installation an archive holds, and what can be made anew without it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from plats.facts.versions import FactStore, Version
from plats.web.operations.backup.errors import BackupError

HOME_MEMBERS = (
    "snapshots",  # the source files as they came
    "versions",  # the figures
    "current",  # which version is shown
    "files",  # what people have uploaded
    "secret_key",
    "audit_key",
    "factor_key",
    "audit",  # the end of the audit chain as noted outside the database
    "erasures.jsonl",  # what has been erased, so that a restore does not bring it back
)
"""Names in PLATS_HOME that follow along, and that a restore replaces."""

KEYS = ("secret_key", "audit_key", "factor_key")

REMADE = (
    "assets",
    "static",
    "cache",
    "run",
    "reports",
    "lock",
    "in_use",
    "backups",
    "operations",
    "site.sqlite3",
    "site.sqlite3-wal",
    "site.sqlite3-shm",
)
"""Names in PLATS_HOME that do not: the program makes them, or the archive holds them in another form."""

DATABASE_MEMBERS = {"sqlite": "database/site.sqlite3", "postgresql": "database/site.dump"}
ERASURES = "erasures.jsonl"

_TRIES = 5


def unknown_names(home: Path) -> list[str]:
    """Names in the home folder that no backup holds and that the program does not know. Those that begin with a dot
    are work under way."""
    known = {*HOME_MEMBERS, *REMADE}
    return sorted(one.name for one in home.iterdir() if one.name not in known and one.name[0] != ".")


def pinned_figures(home: Path, folder: Path) -> list[tuple[str, Path]]:
    """The store as it is now, as name in the home and file: hard links in `folder`, which no clearing up removes.

    The pointer is among them, and the version that it names.
    """
    store = FactStore(home)
    if not store.has_data():
        return []
    for attempt in range(_TRIES):
        place = folder / str(attempt)
        current = store.current_id()
        linked = [name for version in store.versions() for name in _pinned_version(version, place)]
        if any(name.startswith(f"versions/{current}/") for name in linked):
            linked += list(_pinned_snapshots(home, place))
            (place / "current").write_text(current + "\n", encoding="utf-8")
            return [(name, place / name) for name in [*sorted(linked), "current"]]
    raise BackupError("Siffrorna byttes ut gång på gång medan de kopierades. Försök igen om en stund.")


def plain_files(home: Path) -> Iterator[tuple[str, Path]]:
    """What lies in the home as files of their own: uploads, keys, the chain's anchor. None that is being written."""
    for name in ("files", "audit"):
        for path in _files(home / name):
            yield path.relative_to(home).as_posix(), path
    for name in KEYS:
        if (home / name).is_file():
            yield name, home / name


def whole_lines(path: Path) -> bytes:
    """A journal's lines up to the last whole one; b'' when there is no journal."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return b""
    return content[: content.rfind(b"\n") + 1]


# Internals


def _pinned_version(version: Version, place: Path) -> list[str]:
    """The names of a version's files, linked; none when it is being removed."""
    try:
        return [_link(path, place, f"versions/{version.id}/{path.name}") for path in _files(version.path)]
    except FileNotFoundError:
        return []


def _pinned_snapshots(home: Path, place: Path) -> Iterator[str]:
    for path in _files(home / "snapshots"):
        yield _link(path, place, f"snapshots/{path.name}")


def _link(path: Path, place: Path, name: str) -> str:
    target = place / name
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(path, target)
    return name


def _files(folder: Path) -> Iterator[Path]:
    """Every file under a folder in order; what begins with a dot or ends with .tmp is being written."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        being_written = path.suffix == ".tmp" or any(
            part[0] == "." for part in path.relative_to(folder).parts
        )
        if path.is_file() and not path.is_symlink() and not being_written:
            yield path
