"""Every public function says what it takes and gives, its examples run, and every method page is whole."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import plats.analysis
from plats.analysis.tests.huddinge import ROOT

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(plats.analysis.__path__, "plats.analysis.")
    if ".tests" not in module.name
)
# parity.md is a list beside other libraries, for those who build; it is no method.
PAGES = sorted(set((ROOT / "docs" / "methods").glob("*.md")) - {ROOT / "docs" / "methods" / "parity.md"})
PAGE_SECTIONS = [
    "Vad det betyder",
    "Formel",
    "Vad som behövs",
    "Vid noll, saknat och dolt",
    "Vad det inte säger",
    "Källa",
    "Våra avvikelser",
    "Version",
]


def public_functions():
    # A kernel is spoken of by the measure that uses it.
    for name in [name for name in MODULES if not name.startswith("plats.analysis.kernels.")]:
        module = importlib.import_module(name)
        for member, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == name and not member.startswith("_"):
                yield pytest.param(function, id=f"{name.removeprefix('plats.analysis.')}.{member}")


@pytest.mark.parametrize("function", list(public_functions()))
def test_a_public_function_says_what_it_means_takes_and_gives(function):
    text = inspect.getdoc(function) or ""
    assert re.match(r"[A-Z].*\.$", text.split("\n")[0]), "the first line is a sentence on what it means"
    for section in ("Parameters", "Returns", "Examples"):
        assert f"\n{section}\n{'-' * len(section)}\n" in text, f"the section {section} is missing"
    for parameter in inspect.signature(function).parameters:
        assert re.search(rf"^(\w+, )*{parameter}(, \w+)*$", text, re.MULTILINE), (
            f"{parameter} is not described"
        )


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_its_subject_and_its_examples_run(name):
    module = importlib.import_module(name)
    assert module.__doc__
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_analysis_reads_no_files_and_knows_no_store_or_site(name):
    source = inspect.getsource(importlib.import_module(name))
    outside = re.findall(r"^\s*(?:from|import) ([\w.]+)", source, re.MULTILINE)
    allowed = (
        "plats.analysis",
        "plats.vocabulary",
        "numpy",
        "scipy",
        "shapely",
        "__future__",
        "typing",
        "collections",
    )
    allowed += ("dataclasses", "enum", "math", "itertools", "functools", "concurrent", "multiprocessing")
    if name.startswith("plats.analysis.kernels."):
        allowed += ("numba",)
    assert [module for module in outside if not module.startswith(allowed)] == []
    assert not re.search(r"\bopen\(|\bprint\(", source)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_method_page_has_every_section(page):
    text = page.read_text(encoding="utf-8")
    assert re.match(r"# [A-ZÅÄÖ]", text), "the page begins with its title"
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PAGE_SECTIONS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_method_page_has_a_version_and_names_functions_that_exist(page):
    text = page.read_text(encoding="utf-8")
    assert re.search(rf"`{page.stem}/\d+`", text), "the version is written as the page's name and a number"
    for dotted in re.findall(r"`(plats\.analysis\.[\w.]+)`", text):
        module, _, function = dotted.rpartition(".")
        assert hasattr(importlib.import_module(module), function), f"{dotted} does not exist"


def test_there_are_method_pages():
    assert len(PAGES) >= 14
