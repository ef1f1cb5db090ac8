"""Every collected file with a ready mapping loads beside the embedded tables, with nothing refused."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from plats.data import embedded
from plats.facts.versions import FactStore
from plats.sources.files.errors import MappingError
from plats.sources.files.library import find, guess
from plats.sources.files.load import load, load_many
from plats.sources.files.plan import plan
from plats.sources.files.tests.helpers import shared


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    store = FactStore(tmp_path_factory.mktemp("home"))
    version = load_many(store, embedded("0126")).version
    return {
        name: version.table(name) for name in ("observations", "areas", "sites", "crosswalks", "percentiles")
    }


def sources() -> list[Path]:
    return [path for path in sorted(shared().rglob("*")) if path.suffix in (".csv", ".geojson", ".parquet")]


def test_every_file_has_a_ready_mapping_or_a_reason_why_not(tables: dict[str, pa.Table]) -> None:
    refused = []
    for path in sources():
        try:
            mappings = guess(path)
        except MappingError:
            refused.append(path.name)
            continue
        for mapping in mappings:
            planned = plan(path, mapping, tables)
            assert not planned.problems, (path.name, mapping.id, planned.problems[:3])
            assert planned.counts["new"] + planned.counts["same"] + planned.counts["revised"] > 0
    assert refused == ["polisen_events_huddinge.csv", "deso2018_2025_forandring.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "deso2018_2022.csv",
        "regso_2020_2023.csv",
        "regso_omradestyp_2022_2023.csv",
        "valdeltagande_riksdag_2018.csv",
        "roster_riksdag_2022_prelim.csv",
        "grundskolor_2024_25.csv",
        "skolenkaten_2026.csv",
        "bra_anmalda_brott_kommun.csv",
        "osm_fritid.csv",
        "regso2025.geojson",
    ],
)
def test_the_embedded_tables_say_the_same_as_the_collected_files(
    name: str, tables: dict[str, pa.Table]
) -> None:
    path = shared() / "huddinge" / name
    for mapping in guess(path):
        counts = plan(path, mapping, tables).counts
        assert counts["new"] == counts["revised"] == 0, (mapping.id, counts)


def test_the_agencys_export_with_all_its_signs_is_read(tables: dict[str, pa.Table]) -> None:
    """Skolverket's file: semicolons, decimal comma, byte order mark, header lines, signs and notes below."""
    path = shared() / "connector-samples" / "skolverket_ak9_2025_skolenhet.csv"
    table = plan(path, find("skolverket_grade_9"), {}).table
    states = Counter(table["state"].to_pylist())
    text = path.read_text(encoding="utf-8-sig")
    cells = [line.split(";")[8:11] for line in text.splitlines()[6:] if line.split(";")[1].strip().isdigit()]
    flat = [cell for row in cells for cell in row]
    assert states["hidden"] == flat.count("..")
    assert states["not_applicable"] == flat.count(".")
    assert states["unstable"] == flat.count("~100")
    assert sum(states.values()) == len(flat)
    school = table.filter(pc.equal(table["area"], "22127801")).to_pylist()
    assert {row["variable"]: (row["state"], row["value"]) for row in school} == {
        "all_subjects_passed_percent": ("value", 93.4),
        "vocational_eligible_percent": ("unstable", 100.0),
        "merit_rating": ("value", 249.2),
    }


def test_sweden_by_deso_adds_up_to_the_embedded_nation_exactly(tables: dict[str, pa.Table]) -> None:
    path = shared() / "sverige" / "deso2018_2022.parquet"
    table = plan(path, find("scb_deso_2022"), tables).table
    national = tables["observations"].filter(pc.equal(tables["observations"]["dataset"], "nation_2022"))
    said = dict(zip(national["variable"].to_pylist(), national["value"].to_pylist(), strict=True))

    def column(variable: str) -> list[float]:
        chosen = pc.and_(pc.equal(table["variable"], variable), pc.equal(table["period"], "2022"))
        return table.filter(chosen).sort_by("area")["value"].to_pylist()

    for variable in ("population", "born_sweden", "employed", "foreign_background", "dwellings_rental"):
        assert Fraction(said[variable]) == sum(Fraction(value) for value in column(variable))
    # A weighted mean: sum of percent times persons over the persons, in whole numbers.
    percents, persons = column("low_economic_standard_percent"), column("economic_standard_persons")
    mean = Fraction(sum(int(p) * int(n) for p, n in zip(percents, persons, strict=True)), int(sum(persons)))
    assert said["low_economic_standard_percent"] == float(mean)


def test_area_types_are_loaded_as_published_nationally() -> None:
    path = shared() / "sverige" / "regso_omradestyp_2022.csv"
    values = plan(path, find("scb_area_types_2022"), {}).table["value"].to_pylist()
    assert [Counter(values)[float(kind)] for kind in range(1, 6)] == [160, 289, 855, 1770, 289]


def test_boundaries_can_be_added_and_survive_the_embedded_points(tmp_path: Path) -> None:
    store = FactStore(tmp_path)
    load_many(store, embedded("0126"))
    for name in ("deso2018.geojson", "valdistrikt2022.geojson", "polisen_utsatta_omraden_2023.geojson"):
        for mapping in guess(shared() / "huddinge" / name):
            load(store, shared() / "huddinge" / name, mapping)
    again = load_many(store, embedded("0126"))
    assert not again.changed
    areas = store.current().table("areas").to_pylist()
    shaped = Counter((row["division"], row["edition"]) for row in areas if row["geometry"] is not None)
    assert shaped["deso", "2018"] == 60
    assert shaped["electoral_district", "2022"] == 64
    assert shaped["police_area", "2023"] == 3
    named = {row["code"]: row["name"] for row in areas if row["division"] == "deso"}
    assert named["0126C1010"] == "Länna C1010"
