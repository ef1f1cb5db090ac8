"""docs/glossary.md explains every identifier of the catalog in Swedish."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plats.catalog.load import catalog
from plats.vocabulary.cells import State

GLOSSARY = Path(__file__).parents[4] / "docs" / "glossary.md"


def _sections() -> dict[str, dict[str, list[str]]]:
    """Heading to identifier to the row's other cells."""
    sections: dict[str, dict[str, list[str]]] = {}
    heading = ""
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
            sections[heading] = {}
        elif match := re.match(r"\| `([a-z0-9_]+)` \|(.+)\|$", line):
            assert match[1] not in sections[heading], f"{match[1]} står två gånger under {heading}"
            sections[heading][match[1]] = [cell.strip() for cell in match[2].split("|")]
    return sections


IDENTIFIERS = {
    "Teman": {theme.id for theme in catalog().themes},
    "Indelningar": set(catalog().divisions),
    "Indikatorer": set(catalog().indicators),
    "Index": set(catalog().indices),
    "Variabelgrupper": set(catalog().variable_groups),
    "Variabler": set(catalog().variables),
    "Lägen": {state.value for state in State},
}


@pytest.mark.parametrize("heading", IDENTIFIERS)
def test_the_glossary_has_every_identifier_and_no_other(heading: str) -> None:
    assert set(_sections()[heading]) == IDENTIFIERS[heading]


def test_every_row_has_term_definition_and_source() -> None:
    rows = [(word, cells) for rows in _sections().values() for word, cells in rows.items()]
    assert rows
    assert [word for word, cells in rows if len(cells) != 3 or not all(cells)] == []


def test_terms_are_the_ones_the_pages_say() -> None:
    sections = _sections()
    for name, indicator in catalog().indicators.items():
        assert sections["Indikatorer"][name][0] == indicator.title.sv
    for name, variable in catalog().variables.items():
        assert sections["Variabler"][name][0] == variable.term
