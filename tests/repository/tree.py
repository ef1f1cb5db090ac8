"""The repository as the tests see it: its tracked text files and its Python modules."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "plats"
_MADE = {"__pycache__", "build", "dist", "var"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or will be committed; outside version control, every file that nobody makes by a command."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _made(path)]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def text(path: Path) -> str:
    """The file's text; "" for pictures and other files that are not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(*, tests: bool = True) -> list[Path]:
    """The Python modules we write; migrations are made by a command."""
    found = [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]
    return [path for path in found if tests or "tests" not in path.relative_to(ROOT).parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


# Internals


def _made(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return bool(_MADE & set(parts)) or any(part.startswith(".") and part != ".ci" for part in parts[:-1])
