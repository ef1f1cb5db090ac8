"""Definitions are whole, dated and owned by roles; every method they name has its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from plats.catalog.check import check_definitions
from plats.catalog.load import catalog, read_definitions
from plats.data import verify
from plats.sources.files.library import load_mapping
from tests.repository.tree import ROOT, SOURCE, files, name_of, text

METHODS = ROOT / "docs" / "methods"
DATA = SOURCE / "data"
STEERING = "steering"
ROLE_FIELDS = {"owner", "authored_by", "checked_by", "decided_by", "by"}
# A role is a work in small letters and the unit it sits in: 'utredare, kommunledningsförvaltningen'.
ROLE = re.compile(r"[a-zåäöé\- ]+(, [a-zåäöé\- ]+)?")


def _mappings() -> list[Path]:
    mine = [path for path in files() if path.suffix == ".yaml" and path.is_relative_to(SOURCE)]
    inside = (SOURCE / "data", SOURCE / "sources" / "mappings")
    unlike = ("municipality.yaml", "not_imported.yaml")
    return [
        path
        for path in mine
        if any(path.is_relative_to(folder) for folder in inside)
        and path.name not in unlike
        and path.parent.name != STEERING
    ]


def _fields(content: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield str(key), value
            yield from _fields(value)
    elif isinstance(content, list):
        for value in content:
            yield from _fields(value)


def test_the_catalog_has_no_errors() -> None:
    """Passed review dates are warnings here: a test must not begin to fail because a day has come."""
    found = check_definitions(read_definitions(), date(2026, 11, 23), strict=False)
    assert [f"{one.file}: {one.message}" for one in found if one.level == "error"] == []


def test_there_are_at_least_thirty_indicators() -> None:
    assert len(catalog().indicators) >= 30


def test_every_method_has_its_page_and_every_page_its_method() -> None:
    # parity.md is a list beside other libraries, for those who build; it is no method.
    assert {path.stem for path in METHODS.glob("*.md")} - {"parity"} == set(catalog().methods)


def test_a_method_page_begins_with_its_name() -> None:
    wrong = [path.name for path in sorted(METHODS.glob("*.md")) if not re.match(r"# \S", text(path))]
    assert not wrong


def test_those_who_answer_for_a_definition_are_roles() -> None:
    """A person leaves; the role stays. And no person is named in the repository."""
    found = [
        (name_of(path), key, value)
        for path in files()
        # What steers is no definition: there an owner is an organisation.
        if path.suffix == ".yaml" and path.is_relative_to(SOURCE) and path.parent.name != STEERING
        for key, value in _fields(yaml.safe_load(text(path)))
        if key in ROLE_FIELDS and not (isinstance(value, str) and ROLE.fullmatch(value))
    ]
    assert not found, f"Write a role in small letters: {found}"


def test_every_source_says_who_where_when_and_on_what_terms() -> None:
    bare = []
    for path in _mappings():
        origin = load_mapping(path).provenance
        if not (origin.agency and origin.title and origin.address and origin.licence and origin.retrieved):
            bare.append(name_of(path))
    assert len(_mappings()) > 30
    assert not bare, f"Fill in agency, title, address, licence and retrieved: {bare}"


def test_the_embedded_tables_are_what_their_mappings_say() -> None:
    assert verify("0126") == []


def test_the_embedded_figures_are_small() -> None:
    size = sum(path.stat().st_size for path in files() if path.is_relative_to(DATA))
    assert size < 2_000_000


def test_only_borders_that_are_free_are_embedded() -> None:
    """RegSO (CC0) and what is joined of it; those of DeSO, districts and police areas come from the agencies."""
    borders = [path for path in files() if path.suffix in (".geojson", ".gpkg", ".shp", ".parquet", ".fgb")]
    assert {path.name for path in borders if path.is_relative_to(SOURCE)} == {
        "kommundel_areas.geojson",
        "municipality_area.geojson",
        "scb_regso_2025_polygons.geojson",
    }


def test_no_table_hides_a_border_in_a_column() -> None:
    headers = {name_of(path): text(path).split("\n", 1)[0] for path in files() if path.suffix == ".csv"}
    assert headers
    assert not [
        name for name, header in headers.items() if re.search(r"wkb|wkt|geometry|geom|polygon", header)
    ]


def test_openstreetmap_lies_apart_with_its_licence() -> None:
    shared = {
        path.parent
        for path in _mappings()
        if path.is_relative_to(DATA) and "ODbL" in load_mapping(path).provenance.licence
    }
    assert [folder.name for folder in shared] == ["osm"]
    assert all((folder / "LICENSE.txt").is_file() for folder in shared)
