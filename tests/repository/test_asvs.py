"""The table of security requirements names tests that exist, and leaves no requirement out."""

from __future__ import annotations

import ast
import re

from tests.repository.tree import ROOT

TABLE = ROOT / "docs" / "security" / "asvs.md"
# OWASP ASVS 5.0, chapters V6, V7, V8, V14 and V16: how many requirements of levels 1 and 2 each section begins with.
# What comes after those in a section is of level 3.
SECTIONS = {
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
_ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| [12] \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
_TEST = re.compile(r"\[`(\w+)`\]\(\.\./\.\./([\w/.]+)\)")


def test_every_requirement_has_its_row_once_and_in_order() -> None:
    wanted = [f"{section}.{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)]
    assert [row[0] for row in _rows()] == wanted


def test_a_requirement_is_held_by_tests_that_exist_or_says_why_there_is_none() -> None:
    missing = []
    for number, _asks, _here, held in _rows():
        named = _TEST.findall(held)
        if not named:
            assert held.startswith("no test: "), f"{number} names no test and gives no reason"
        missing += [
            f"{number}: {path} {name}" for name, path in named if f"test_{name}" not in _tests_in(path)
        ]
    assert missing == []


# Internals


def _rows() -> list[tuple[str, str, str, str]]:
    return _ROW.findall(TABLE.read_text(encoding="utf-8"))


def _tests_in(path: str) -> set[str]:
    """Functions at the outermost level and in classes, as pytest would find them."""
    file = ROOT / path
    if not file.exists():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
