"""The English catalogs: compiled without GNU gettext, and checked against the words the site uses.

An app keeps its own catalog in ``locale/en/LC_MESSAGES/django.po``; the message id is the Swedish text.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent


def catalog_files() -> list[Path]:
    """Every catalog of the site, as text."""
    return sorted(WEB.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_catalogs() -> list[Path]:
    """Compile each catalog whose text is newer than its compiled form; returns those compiled."""
    return [path for path in catalog_files() if _compile(path)]


def used_messages(folder: Path) -> dict[str, str]:
    """Each message a folder's templates and modules say, and the file it was found in."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".html") and not {"tests", "migrations"} & set(path.parts):
            for message in _messages_in(path):
                found.setdefault(message, path.name)
    return found


def translated_messages(path: Path) -> dict[str, str]:
    """The messages of a catalog with their translations; unfinished and doubtful ones left out."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalog = read_po(file)
    return {
        str(entry.id): str(entry.string) for entry in catalog if entry.id and entry.string and not entry.fuzzy
    }


# Internals


def _compile(path: Path) -> bool:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    with path.open("rb") as file:
        catalog = read_po(file)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".django")
    with os.fdopen(handle, "wb") as file_out:
        write_mo(file_out, catalog)
    Path(name).chmod(0o644)
    Path(name).replace(target)
    return True


def _messages_in(path: Path) -> Iterator[str]:
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = templatize(source, origin=str(path))
    keywords = {"_": None, "gettext": None, "gettext_lazy": None, "Message": None, "pgettext": ((1, "c"), 2)}
    for _line, message, _comments, _context in extract("python", BytesIO(source.encode()), keywords=keywords):
        yield message if isinstance(message, str) else message[0]
