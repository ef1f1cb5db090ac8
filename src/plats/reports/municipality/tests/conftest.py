"""Two stores to report on: Huddinge's real figures, and a made-up municipality with every state."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import shapely

from plats.catalog.load import catalog
from plats.facts.query import Facts, open_facts
from plats.facts.schema import TABLES
from plats.facts.versions import FactStore
from plats.reports.municipality.content import build
from plats.reports.municipality.docx import write_docx
from plats.reports.municipality.model import Report
from plats.reports.municipality.pdf import write_pdf
from plats.reports.municipality.xlsx import write_xlsx

ON = date(2026, 11, 23)
TINY = "9999"
# The number that is in the store but must never leave it: 43,21 percent, 4321 of 10 000.
HIDDEN_VALUE, HIDDEN_PEOPLE = 0.4321, 4321.0
# name, state inside, state at the exit, value, why
AREAS = (
    ("Alby", "value", "value", 0.612, ""),
    ("Berga", "unstable", "unstable", 0.875, "Färre än 100 personer i nämnaren."),
    ("Dalen", "value", "hidden", HIDDEN_VALUE, ""),
    ("Eklunda", "missing", "missing", None, "Källan har ingen siffra för området."),
    ("=SUM(A1)", "not_applicable", "not_applicable", None, "Ingen finns i nämnaren."),
)


@pytest.fixture(scope="session")
def huddinge(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    from plats.data import embedded
    from plats.derive.run import derive
    from plats.sources.files.load import load_many

    store = FactStore(tmp_path_factory.mktemp("huddinge"))
    load_many(store, embedded("0126"))
    derive(store, "0126", on=ON)
    return open_facts(store, "0126")


@pytest.fixture(scope="session")
def report(huddinge: Facts) -> Report:
    return build(huddinge, catalog(), ON)


@pytest.fixture(scope="session")
def pdf(report: Report) -> bytes:
    return write_pdf(report)


@pytest.fixture(scope="session")
def tiny_facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """A municipality of five areas, one in each state."""
    store = FactStore(tmp_path_factory.mktemp("tiny"))
    with store.begin("påhittad kommun") as draft:
        draft.put("areas", _table("areas", _areas()))
        draft.put("indicators", _table("indicators", _indicators()))
        draft.commit()
    return open_facts(store, TINY)


@pytest.fixture(scope="session")
def tiny(tiny_facts: Facts) -> Report:
    return build(tiny_facts, catalog(), ON)


@pytest.fixture(scope="session")
def tiny_files(tiny: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    files = {"pdf": write_pdf(tiny), "docx": write_docx(tiny), "xlsx": write_xlsx(tiny)}
    for ending, content in files.items():
        (folder / f"tiny.{ending}").write_bytes(content)
    return {ending: folder / f"tiny.{ending}" for ending in files}


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(
        [{key: row.get(key) for key in TABLES[name].names} for row in rows], TABLES[name]
    )


def _areas() -> list[dict[str, Any]]:
    common = {"municipality": TINY, "valid_from": "2020-01-01", "geometry_hash": "", "approximate": False}
    common |= {"dataset": "", "snapshot": ""}
    found = [{**common, "division": "municipality", "edition": "", "code": TINY, "name": "Lilleby"}]
    for index, (name, *_) in enumerate(AREAS):
        square = shapely.box(index * 1000, 0, index * 1000 + 1000, 1000)
        place = {"geometry": shapely.to_wkb(square), "x": index * 1000 + 500.0, "y": 500.0}
        found.append(
            {**common, **place, "division": "regso", "edition": "2025", "code": _code(index), "name": name}
        )
    return found


def _indicators() -> list[dict[str, Any]]:
    common = {"indicator": "employed_share", "municipality": TINY, "period": "2022", "sex": "total"}
    common |= {"age": "working_age", "method": "share/1", "lineage": "tiny", "coverage": 1.0}
    whole = {"division": "municipality", "edition": "", "area": TINY, "state": "value", "shown": "value"}
    rows: list[dict[str, Any]] = [{**common, **whole, "value": 0.755, "reason": ""}]
    for index, (_, state, shown, value, reason) in enumerate(AREAS):
        row = {**common, "division": "regso", "edition": "2025", "area": _code(index)}
        row |= {"state": state, "shown": shown, "value": value, "reason": reason}
        if shown == "hidden":
            row |= {"numerator": HIDDEN_PEOPLE, "denominator": 10_000.0, "low": 0.4222, "high": 0.4422}
            row |= {"rank_low": 3, "rank_high": 3, "rank_of": 3}
        rows.append(row)
    return rows


def _code(index: int) -> str:
    return f"{TINY}R{index + 1:03d}"
