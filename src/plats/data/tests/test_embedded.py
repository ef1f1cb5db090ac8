from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import plats.data
from plats.data import embedded, municipalities, verify
from plats.data.checks import problems_of
from plats.facts.versions import FactStore
from plats.sources.files.errors import SourceError
from plats.sources.files.load import load_many

FOLDER = municipalities()["0126"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    version = load_many(FactStore(tmp_path_factory.mktemp("home")), embedded("0126")).version
    return {
        name: version.table(name) for name in ("observations", "areas", "sites", "crosswalks", "percentiles")
    }


def total(table: pa.Table, **chosen: str) -> Fraction:
    for name, value in chosen.items():
        table = table.filter(pc.equal(table[name], value))
    assert len(table)
    return sum((Fraction(value) for value in table["value"].to_pylist()), Fraction(0))


def test_the_embedded_tables_are_as_expected() -> None:
    assert verify("0126") == []


def test_the_embedded_folder_stays_under_two_megabytes() -> None:
    files = [
        path
        for path in Path(plats.data.__file__).parent.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    assert sum(path.stat().st_size for path in files) < 2_000_000


def test_only_the_borders_that_may_be_published_are_embedded() -> None:
    """Borders of DeSO, electoral districts and police areas come from the agencies, never from here."""
    shapes = sorted(path.name for path in FOLDER.rglob("*.geojson"))
    assert shapes == [
        "kommundel_areas.geojson",
        "municipality_area.geojson",
        "scb_regso_2025_polygons.geojson",
    ]


def test_another_municipality_is_told_which_are_embedded() -> None:
    with pytest.raises(SourceError, match=r"kommun 0180. Inbäddade kommuner: 0126"):
        embedded("0180")


def test_a_changed_file_is_found(tmp_path: Path) -> None:
    source, mapping = next(one for one in embedded("0126") if one[1].id == "val_riksdag_2018")
    copy = Path(shutil.copy(source, tmp_path))
    assert problems_of(copy, mapping) == []
    copy.write_text(copy.read_text(encoding="utf-8").replace("1520", "1521"), encoding="utf-8")
    assert "sha256" in problems_of(copy, mapping)[0]


def test_every_table_says_agency_address_licence_and_day() -> None:
    for _, mapping in embedded("0126"):
        origin = mapping.provenance
        assert origin.agency
        assert origin.licence
        assert origin.address.startswith("https://")
        assert origin.retrieved == "2026-11-23"


def test_openstreetmap_lies_apart_under_its_own_licence() -> None:
    path, mapping = next(one for one in embedded("0126") if one[1].id == "osm_leisure")
    assert mapping.provenance.licence == "ODbL 1.0"
    assert path.parent.name == "osm"
    assert (path.parent / "LICENSE.txt").is_file()


def test_published_totals_hold(loaded: dict[str, pa.Table]) -> None:
    facts = loaded["observations"]
    assert total(facts, division="deso", variable="population", period="2022") == 114_504
    assert total(facts, division="regso", variable="population", period="2023") == 113_920
    assert total(facts, variable="voters") == 61_869
    assert total(facts, variable="electors", edition="2018") == 72_839
    # With the collection district in the numerator: 61869/72839 = 0.84939..., published as 84.94 %.
    assert round(float(Fraction(61_869, 72_839)) * 100, 2) == 84.94


def test_deso_by_the_key_equals_the_regso_tables_in_all_22(loaded: dict[str, pa.Table]) -> None:
    key = {
        row["from_code"]: row["to_code"]
        for row in loaded["crosswalks"].to_pylist()
        if (row["from_division"], row["method"]) == ("deso", "key")
    }
    for variable in ("population", "born_sweden"):
        summed: dict[str, Fraction] = defaultdict(Fraction)
        published: dict[str, Fraction] = {}
        for row in loaded["observations"].to_pylist():
            if row["variable"] == variable and row["period"] == "2022":
                if row["division"] == "deso":
                    summed[key[row["area"]]] += Fraction(row["value"])
                elif row["division"] == "regso":
                    published[row["area"]] = Fraction(row["value"])
        assert len(published) == 22
        assert summed == published


def test_electors_of_2022_are_missing_with_a_reason_and_never_zero(loaded: dict[str, pa.Table]) -> None:
    rows = [
        row
        for row in loaded["observations"].to_pylist()
        if row["variable"] == "electors" and row["period"] == "riksdag-2022"
    ]
    assert len(rows) == 65
    assert {(row["state"], row["value"]) for row in rows} == {("missing", None)}
    assert all("finns inte i källan" in row["reason"] for row in rows)


def test_weights_that_move_counts_share_out_each_area_exactly(loaded: dict[str, pa.Table]) -> None:
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in loaded["crosswalks"].to_pylist():
        sums[row["dataset"], row["from_code"], row["to_division"]] += row["ppm"]
    whole = ("key_", "people_district_", "people_police_")
    for (dataset, code, _), ppm in sums.items():
        assert 0 < ppm <= 1_000_000, (dataset, code)
        if dataset.startswith(whole):
            assert ppm == 1_000_000, (dataset, code)


def test_every_comparable_district_is_in_the_weights_and_no_other(loaded: dict[str, pa.Table]) -> None:
    placed = {
        row["code"]
        for row in loaded["areas"].to_pylist()
        if (row["division"], row["edition"]) == ("electoral_district", "2018") and row["x"] is not None
    }
    weighted = {
        row["from_code"]
        for row in loaded["crosswalks"].to_pylist()
        if row["dataset"] == "people_district_2018_regso_2020"
    }
    assert len(placed) == 51
    assert weighted == placed


def test_each_division_has_its_areas(loaded: dict[str, pa.Table]) -> None:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in loaded["areas"].to_pylist():
        counts[row["division"], row["edition"]] += 1
    assert counts == {
        ("nation", ""): 1,
        ("municipality", ""): 1,
        ("kommundel", ""): 7,
        ("regso", "2020"): 22,
        ("regso", "2025"): 22,
        ("deso", "2018"): 60,
        ("electoral_district", "2018"): 61,
        ("electoral_district", "2022"): 65,
        ("police_area", "2023"): 3,
    }


def test_regso_2020_and_2025_have_the_same_borders_here(loaded: dict[str, pa.Table]) -> None:
    hashes: dict[str, set[str]] = defaultdict(set)
    for row in loaded["areas"].to_pylist():
        if row["division"] == "regso":
            hashes[row["code"]].add(row["geometry_hash"])
    assert len(hashes) == 22
    assert all(len(found) == 1 for found in hashes.values())


def test_kommundelar_are_marked_approximate_and_cover_the_municipality(loaded: dict[str, pa.Table]) -> None:
    import shapely

    rows = [row for row in loaded["areas"].to_pylist() if row["division"] in ("kommundel", "municipality")]
    parts = [row for row in rows if row["division"] == "kommundel"]
    whole = next(row for row in rows if row["division"] == "municipality")
    assert all(row["approximate"] for row in parts)
    covered = sum(shapely.from_wkb(row["geometry"]).area for row in parts)
    # The edges are closed within a metre, so the areas agree to a thousandth.
    assert covered == pytest.approx(shapely.from_wkb(whole["geometry"]).area, rel=1e-3)


def test_schools_and_leisure_have_positions_in_the_municipality(loaded: dict[str, pa.Table]) -> None:
    import shapely

    municipality = next(row for row in loaded["areas"].to_pylist() if row["division"] == "municipality")
    near = shapely.from_wkb(municipality["geometry"]).buffer(300)
    sites = loaded["sites"].to_pylist()
    assert sum(row["kind"] == "school" for row in sites) == 16
    assert all(near.contains(shapely.Point(row["x"], row["y"])) for row in sites)
    assert all(row["name"] for row in sites)


def test_percentiles_rise_from_0_to_100(loaded: dict[str, pa.Table]) -> None:
    tables: dict[tuple[str, str, str], list[tuple[int, float]]] = defaultdict(list)
    for row in loaded["percentiles"].to_pylist():
        tables[row["indicator"], row["division"], row["period"]].append((row["percent"], row["value"]))
    assert ("low_economic_standard_share", "regso", "2022") in tables
    for rows in tables.values():
        percents, values = zip(*sorted(rows), strict=True)
        assert percents == tuple(range(101))
        assert list(values) == sorted(values)


def test_embedded_columns_are_tidy_english_names() -> None:
    for path, _ in embedded("0126"):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as handle:
                header = next(csv.reader(handle))
            assert all(name.isascii() and name == name.lower() for name in header), path.name
