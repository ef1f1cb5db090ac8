"""The English catalogs: compiled without GNU gettext, and checked against the words the site uses.

An app keeps its own catalog in ``locale/en/LC_MESSAGES/django.po``; the message id is the Swedish text.
"""

from __future__ import annotations

import ast
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

WEB = Path(__file__).resolve().parent.parent
# Which argument is the message: all there are, those at a place, or the one after a context.
_KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "Message": None,
}


def catalog_files() -> list[Path]:
    """Every catalog of the site, as text."""
    return sorted(WEB.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_catalogs() -> list[Path]:
    """Compile each catalog whose text is newer than its compiled form; returns those compiled."""
    return [path for path in catalog_files() if _compile(path)]


def used_messages(folder: Path) -> dict[str, str]:
    """Each message a folder's templates and modules say, and the file it was found in."""
    found: dict[str, str] = {}
    for path in _files_of(folder, ".py", ".html"):
        for message in _messages_in(path):
            # '{text}' alone is a sentence that is already in both languages.
            if re.sub(r"{\w*}", "", message):
                found.setdefault(message, path.name)
    return found


def stored_reasons(folder: Path) -> dict[str, str]:
    """Each sentence that a folder's modules may store as a reason, with {number} for a number, and the module.

    A reason is a Swedish sentence in the code that is no docstring, no error and no `Message`.
    """
    return {reason: path.name for path in _files_of(folder, ".py") for reason in _reasons_in(path)}


def translated_messages(path: Path) -> dict[str, str]:
    """The messages of a catalog with their translations, a plural beside its singular; unfinished and doubtful ones
    left out."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalog = read_po(file)
    found: dict[str, str] = {}
    for entry in catalog:
        ids, texts = _forms(entry.id), _forms(entry.string)
        if all(ids) and all(texts) and not entry.fuzzy:
            found |= dict(zip(ids, texts, strict=True))
    return found


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


def _forms(text: object) -> tuple[str, ...]:
    """A text alone, or a pair of singular and plural, as the catalog keeps them."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


def _files_of(folder: Path, *suffixes: str) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in suffixes and not {"tests", "migrations"} & set(path.parts):
            yield path


def _messages_in(path: Path) -> Iterator[str]:
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = templatize(source, origin=str(path))
    for _line, message, _comments, _context in extract(
        "python", BytesIO(source.encode()), keywords=_KEYWORDS
    ):
        yield from (message,) if isinstance(message, str) else message


def _reasons_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = {id(part) for node in ast.walk(tree) if _is_no_reason(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
        text = "" if id(node) in passed else _text_of(node)
        # What stands before a sentence, such as the reason it is added to, is no part of it.
        if match := re.search(r"[A-ZÅÄÖ][^.]* .*\.$", text):
            yield match[0]


def _is_no_reason(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "Message"
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_docstring or isinstance(node, ast.Raise)


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text_of(part) or "{number}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
