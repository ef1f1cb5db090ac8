"""Decisions and licences are written down in the form that others look for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plats.data import embedded, municipalities
from tests.repository.tree import ROOT, text

DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > 10


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts_and_is_short(path: Path) -> None:
    lines = text(path).splitlines()
    assert re.fullmatch(rf"# {path.name[:4]}\. \S.*", lines[0])
    assert re.fullmatch(r"Date: \d{4}-\d{2}-\d{2}", lines[2])
    assert re.fullmatch(r"Status: (accepted|proposed|superseded by \d{4})", lines[3])
    headings = [line for line in lines if line.startswith("## ")]
    assert headings == ["## Context", "## Decision", "## Consequences"]
    assert 20 <= len(lines) <= 40, f"{len(lines)} lines"


def test_every_embedded_source_is_in_the_page_on_licences() -> None:
    page = text(ROOT / "docs" / "licences.md")
    origins = {
        (m.provenance.agency, m.provenance.licence) for code in municipalities() for _, m in embedded(code)
    }
    assert origins
    missing = [
        (agency, licence)
        for agency, licence in sorted(origins)
        if not any(agency in row and licence in row for row in page.splitlines() if row.startswith("|"))
    ]
    assert not missing, f"Add a row to docs/licences.md: {missing}"
