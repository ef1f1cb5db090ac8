"""Small files and mappings for the tests of import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plats.sources.files.mapping import Mapping

PROVENANCE = {
    "agency": "Kommunen",
    "title": "Prov",
    "address": "https://www.exempel.se/",
    "licence": "CC0 1.0",
    "retrieved": "2026-11-23",
}
SHARED = Path(__file__).parents[6] / "shared" / "data"


def shared() -> Path:
    """The folder of collected public files beside the project, or a skip that says so."""
    if not SHARED.is_dir():
        pytest.skip("Mappen ../shared/data med insamlade filer finns inte här.")
    return SHARED


def figures(**changes: Any) -> Mapping:
    """A mapping of population per RegSO 2020 in 2022 from the columns `kod` and `folk`."""
    fields: dict[str, Any] = {
        "id": "prov",
        "kind": "observations",
        "area": {"column": "kod", "division": "regso", "edition": "2020"},
        "period": {"value": "2022"},
        "columns": [{"column": "folk", "variable": "population"}],
        "provenance": PROVENANCE,
    }
    return Mapping.model_validate(fields | changes)


def areas(**changes: Any) -> Mapping:
    """A mapping of RegSO 2020 areas from the columns `kod` and `namn`."""
    fields: dict[str, Any] = {
        "id": "prov_areas",
        "kind": "areas",
        "area": {"column": "kod", "division": "regso"},
        "areas": {"name": {"column": "namn"}, "editions": [{"edition": "2020", "valid_from": "2020-01-01"}]},
        "provenance": PROVENANCE,
    }
    return Mapping.model_validate(fields | changes)


def write(folder: Path, text: str, name: str = "fil.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
