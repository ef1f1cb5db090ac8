"""Rules of the code that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.repository.tree import SOURCE, files, modules, name_of, text, tree

# Written in parts, so that this file does not find itself.
FORBIDDEN = {
    "a package index": ("pypi" + ".org", "files.python" + "hosted.org", "registry." + "npmjs"),
    "a machine's own path": ("/" + "work/", "/" + "tmp/", "/" + "root/"),
}


def test_the_program_never_prints() -> None:
    """Commands write through `plats.cli.output.Printer`, which knows about --json; the rest returns what it found."""
    printing = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        if path.is_relative_to(SOURCE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printing, f"Return it, or write through Printer: {printing}"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names_this(what: str) -> None:
    found = [(name_of(path), word) for path in files() for word in FORBIDDEN[what] if word in text(path)]
    assert not found, f"Take out {what}: it is true on one machine or network only: {found}"


def test_nothing_is_locked_to_one_index() -> None:
    """Requirements are compiled with hashes; a lock file would also hold the address each package came from."""
    assert not [
        name_of(path) for path in files() if path.name in ("uv.lock", "poetry.lock", "package-lock.json")
    ]


def test_every_requirement_has_hashes() -> None:
    compiled = [path for path in files() if path.parent.name == "requirements" and path.suffix == ".txt"]
    assert {path.name for path in compiled} == {"run.txt", "dev.txt", "bench.txt"}
    for path in compiled:
        entries = re.split(r"^(?=[a-z0-9])", text(path), flags=re.MULTILINE | re.IGNORECASE)
        bare = [entry.splitlines()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry]
        assert not bare, f"{path.name}: run make lock: {bare}"


def test_modules_postpone_annotations() -> None:
    """`from __future__ import annotations` comes first in each module that has code, so that types cost nothing."""
    late = [name_of(path) for path in modules() if _has_code(path) and not _postpones(path)]
    assert not late


# Internals


def _has_code(path: Path) -> bool:
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree(path).body)


def _postpones(path: Path) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree(path).body)
