"""docs/methods/parity.md names functions and tests that exist, or says why there are none."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from plats.analysis import segregation
from plats.analysis.tests.huddinge import ROOT

PAGE = (ROOT / "docs" / "methods" / "parity.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| deras", "| mått"))
]
ANALYSIS = Path(segregation.__path__[0]).parent


def file_of(named: str) -> Path:
    """`test_by_hand` is among the tests of segregation, `spatial.test_by_hand` of its package `spatial`, and
    `clusters/test_by_hand` of the package `clusters` beside it."""
    package, _, rest = named.rpartition("/")
    *inner, file = rest.split(".")
    return ANALYSIS.joinpath(package or "segregation", *inner, "tests", f"{file}.py")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_functions_and_tests_that_exist_or_says_why_not(row):
    functions, tests = (re.findall(r"`([^`]+)`", cell) for cell in row[1:3])
    assert bool(functions) == bool(tests)
    assert functions or row[3], "neither a function nor a reason"
    for dotted in functions:
        module, _, name = dotted.rpartition(".")
        assert callable(getattr(importlib.import_module(module), name))
    for named in tests:
        file, _, test = named.partition("::")
        assert re.search(rf"def {test}\(", file_of(file).read_text(encoding="utf-8")), named


def test_every_index_of_the_peers_has_its_row():
    # PySAL 2.5.4: 27 of one group, 11 of several, 7 local, 7 null models, 4 comparisons, 3 more. R 1.1.0: 19 exported.
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    rows = [section.count("\n| ") - 1 for section in sections]
    assert rows[:5] == [27, 11, 7, 7 + 4 + 3, 19]


# What the measures are made with.
PLUMBING = {"missing", "pairs", "tables", "summary"}
PLUMBING |= {f"spatial.{name}" for name in ("adjacency", "environments", "nearness", "places")}
# The package `inference` tells how far a measure could have been from what it is, and is no measure.
MODULES = {
    module.name.removeprefix(f"{segregation.__name__}."): importlib.import_module(module.name)
    for module in pkgutil.walk_packages(segregation.__path__, f"{segregation.__name__}.")
    if ".tests" not in module.name and ".inference" not in module.name
}
MEASURES = {
    f"{name}.{member}"
    for name, module in MODULES.items()
    if name not in PLUMBING
    for member, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not member.startswith("_")
}
BUILT_IN_PARTS = {"change.shapley", "dissimilarity.dissimilarity_between", "ordinal.weights_of_powers"}


def test_every_measure_of_the_package_is_named_on_the_page():
    named = set(re.findall(r"`plats\.analysis\.segregation\.([a-z_.]+)`", PAGE))
    assert {name for name in named if not name.startswith("inference.")} == MEASURES - BUILT_IN_PARTS


def test_every_measure_has_its_swedish_word():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    section = re.search(r"^## Segregationsmått\n(.+?)^## ", glossary, re.MULTILINE | re.DOTALL)
    rows = set(re.findall(r"^\| `(\w+)` \|", section[1], re.MULTILINE))
    assert {measure.rpartition(".")[2] for measure in MEASURES} - {
        "dissimilarity_between",
        "weights_of_powers",
    } == rows
