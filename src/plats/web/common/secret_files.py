"""Keys that an installation makes for itself: once, whole, and readable by its owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

SHORTEST = 50


class SecretFileError(Exception):
    """A key file that is not what it should be."""


def persistent_key(home: Path, name: str) -> str:
    """The random key kept in `home`/`name`, made on first use."""
    path = home / name
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    home.mkdir(parents=True, exist_ok=True)
    # Written whole beside its place (mkstemp gives mode 0600), then linked in: a second process that starts
    # at the same moment either makes the key or reads a whole one.
    handle, temporary = tempfile.mkstemp(dir=home, prefix=f".{name}")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()
    return _read(path)


# Internals


def _read(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST:
        raise SecretFileError(f"Nyckeln i {path} är för kort. Ta bort filen, så görs en ny.")
    return key
