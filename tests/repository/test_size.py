"""Modules and functions stay small enough to be read whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.tree import modules, name_of, text, tree

MODULE_NORMAL, MODULE_HARD = 300, 500
FUNCTION_HARD = 50

# Modules above the normal length, each with the reason it is not divided.
LONG_MODULES = {
    "scripts/embed_huddinge.py": "one recipe that is run by hand, read from top to bottom",
    "src/plats/derive/tests/test_findings.py": "one test per sentence",
    "src/plats/facts/query.py": "every question to the store in one place, so that a batch stays visible",
    "src/plats/web/accounts/signin/tests/test_oidc_provider.py": "one test per thing that a real provider may answer",
    "src/plats/web/accounts/queries.py": "every question of the app's pages in one place, by subject",
    "tests/repository/access_samples.py": "one sample per address, and what they are asked with beside them",
    "src/plats/sources/files/tests/test_plan.py": "one test per way a row can be wrong",
}


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its lines, the docstring left out: a measure's docstring is as long as its method needs."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            docstring = 0
            if isinstance(first, ast.Expr) and ast.get_docstring(node, clean=False) is not None:
                docstring = (first.end_lineno or 0) - first.lineno + 1
            yield (
                f"{name_of(path)}:{node.lineno} {node.name}",
                (node.end_lineno or 0) - node.lineno + 1 - docstring,
            )


def _length(path: Path) -> int:
    return text(path).count("\n")


def test_no_module_is_longer_than_the_hard_limit() -> None:
    long = {name_of(path): _length(path) for path in modules() if _length(path) > MODULE_HARD}
    assert not long, f"Divide by subject; the limit is {MODULE_HARD} lines: {long}"


def test_modules_above_the_normal_length_are_listed_with_a_reason() -> None:
    long = {name_of(path) for path in modules() if _length(path) > MODULE_NORMAL}
    assert long <= LONG_MODULES.keys(), "Divide, or give the reason in LONG_MODULES."
    assert all(reason for reason in LONG_MODULES.values())


def test_the_list_of_long_modules_names_only_modules_that_are_long() -> None:
    short = {
        name
        for name in LONG_MODULES
        if name not in {name_of(p) for p in modules() if _length(p) > MODULE_NORMAL}
    }
    assert not short, f"These have become short or are gone: take them off LONG_MODULES: {short}"


def test_no_function_is_longer_than_the_hard_limit() -> None:
    long = [found for path in modules() for found in _functions(path) if found[1] > FUNCTION_HARD]
    assert not long, f"Divide; the limit is {FUNCTION_HARD} lines without the docstring: {long}"


def test_a_docstring_does_not_count_as_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one.py"
    path.write_text('def one() -> int:\n    """Says.\n\n    More.\n    """\n    return 1\n', encoding="utf-8")
    monkeypatch.setattr("tests.repository.test_size.name_of", lambda found: found.name)
    assert list(_functions(path)) == [("one.py:1 one", 2)]
