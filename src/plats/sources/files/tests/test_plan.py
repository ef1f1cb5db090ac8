from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
import shapely

from plats.facts.schema import AREAS, TABLES
from plats.sources.files.errors import MappingError, ReadError
from plats.sources.files.mapping import Mapping
from plats.sources.files.plan import Fate, ImportPlan, plan
from plats.sources.files.tests.helpers import PROVENANCE, areas, figures, write

Tables = dict[str, pa.Table]


def known(*codes: str, edition: str = "2020", division: str = "regso") -> pa.Table:
    empty = dict.fromkeys(AREAS.names)
    rows = [
        {**empty, "division": division, "edition": edition, "code": code, "municipality": code[:4]}
        for code in codes
    ]
    return pa.Table.from_pylist(rows, schema=AREAS)


def planned(
    folder: Path, text: str, mapping: Mapping | None = None, existing: Tables | None = None, **settings: Any
) -> ImportPlan:
    return plan(write(folder, text), mapping or figures(), existing or {}, **settings)


def stored(first: ImportPlan) -> Tables:
    """A store's tables after the plan was carried out in an empty store."""
    empty = TABLES[first.target].empty_table()
    return {first.target: first.comparison.merged(empty, "a" * 64)}


def reasons(one: ImportPlan) -> dict[int, str]:
    return {problem.line: problem.reason for problem in one.problems}


# Fates


def test_each_row_is_new_same_revised_or_rejected(tmp_path: Path) -> None:
    before = stored(planned(tmp_path, "kod,folk\n0126R001,1\n0126R002,2\n"))
    after = planned(tmp_path, "kod,folk\n0126R001,1\n0126R002,3\n0126R003,4\n0126R004,x\n", existing=before)
    assert [(row.line, row.key, row.fate) for row in after.rows()] == [
        (2, "0126R001", Fate.SAME),
        (3, "0126R002", Fate.REVISED),
        (4, "0126R003", Fate.NEW),
        (5, "0126R004", Fate.REJECTED),
    ]
    assert after.counts == {"same": 1, "new": 1, "revised": 1, "rejected": 1, "skipped": 0}
    assert "värde 2.0 blir värde 3.0" in after.revisions[0].reason


def test_a_plan_with_rejected_rows_is_not_ok_unless_allowed(tmp_path: Path) -> None:
    text = "kod,folk\n0126R001,1\n0126R002,x\n"
    assert not planned(tmp_path, text).ok
    allowed = planned(tmp_path, text, allow_rejected=True)
    assert allowed.ok
    assert allowed.table["area"].to_pylist() == ["0126R001"]


def test_a_state_that_changes_is_a_revision(tmp_path: Path) -> None:
    before = stored(planned(tmp_path, "kod,folk\n0126R001,1\n"))
    after = planned(tmp_path, "kod,folk\n0126R001,..\n", existing=before)
    assert after.counts["revised"] == 1
    assert "läge value" in after.revisions[0].old
    assert "läge hidden" in after.revisions[0].new


def test_a_source_that_says_nothing_takes_nothing_from_another(tmp_path: Path) -> None:
    before = stored(planned(tmp_path, "kod,folk\n0126R001,1\n0126R002,..\n"))
    silent = "kod,folk\n0126R001,\n0126R002,\n"
    assert planned(tmp_path, silent, figures(id="annan"), before).counts["same"] == 2
    assert planned(tmp_path, silent, existing=before).counts["revised"] == 2


def test_one_row_gives_one_observation_per_column(tmp_path: Path) -> None:
    mapping = figures(
        columns=[
            {"column": "folk", "variable": "population"},
            {"column": "folk23", "variable": "population", "period": "2023"},
            {"variable": "electors", "state": "missing", "reason": "Finns inte."},
        ]
    )
    table = planned(tmp_path, "kod,folk,folk23\n0126R001,1,2\n", mapping).table.to_pylist()
    assert [(row["variable"], row["period"], row["state"], row["value"]) for row in table] == [
        ("population", "2022", "value", 1.0),
        ("population", "2023", "value", 2.0),
        ("electors", "2022", "missing", None),
    ]
    assert table[2]["reason"] == "Finns inte."


# Bad rows


def test_duplicate_keys_name_both_lines_and_neither_is_taken(tmp_path: Path) -> None:
    one = planned(tmp_path, "kod,folk\n0126R001,1\n0126R002,2\n0126R001,3\n", allow_rejected=True)
    assert set(reasons(one)) == {2, 4}
    assert all("rad 2 och rad 4 har samma nyckel" in reason for reason in reasons(one).values())
    assert one.table["area"].to_pylist() == ["0126R002"]


def test_a_code_without_its_form_says_what_form_it_has(tmp_path: Path) -> None:
    said = reasons(planned(tmp_path, "kod,folk\n126R001,1\n,2\n"))
    assert "RegSO-kod är kommunkod + R + tre siffror" in said[2]
    assert "tom" in said[3]


def test_stray_blanks_around_codes_are_dropped(tmp_path: Path) -> None:
    assert planned(tmp_path, "kod,folk\n 0126R001\u00a0,1\n").table["area"].to_pylist() == ["0126R001"]


def test_a_code_of_another_edition_asks_whether_that_was_meant(tmp_path: Path) -> None:
    existing = {"areas": pa.concat_tables([known("0126R001"), known("0126R001", "0126R099", edition="2025")])}
    said = reasons(planned(tmp_path, "kod,folk\n0126R001,1\n0126R099,2\n0126R077,3\n", existing=existing))
    assert "okänd kod 0126R099 i utgåva 2020" in said[3]
    assert "menade du utgåva 2025?" in said[3]
    assert "kontrollera koden mot källan" in said[4]
    assert 2 not in said


def test_codes_of_municipalities_without_loaded_areas_are_taken_on_their_form(tmp_path: Path) -> None:
    existing = {"areas": known("0126R001")}
    assert planned(tmp_path, "kod,folk\n0180R001,1\n", existing=existing).ok


def test_a_file_of_the_wrong_municipality_is_refused(tmp_path: Path) -> None:
    said = reasons(planned(tmp_path, "kod,folk\n0126R001,1\n0127R001,2\n", municipality="0126"))
    assert "fel kommun" in said[3]
    assert "0126" in said[3]
    assert 2 not in said


def test_a_period_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    mapping = figures(period={"column": "år"})
    said = reasons(
        planned(tmp_path, "kod,folk,år\n0126R001,1,2022\n0126R002,2,i fjol\n0126R003,3,\n", mapping)
    )
    assert "'i fjol' är ingen period" in said[3]
    assert "perioden saknas" in said[4]


def test_a_figures_own_period_stands_beside_it(tmp_path: Path) -> None:
    column = {"column": "folk", "variable": "population", "period_column": "år", "period": "2020"}
    text = "kod,folk,år\n0126R001,1,2021\n0126R002,,\n"
    table = planned(tmp_path, text, figures(period=None, columns=[column])).table
    assert table["period"].to_pylist() == ["2021", "2020"]
    assert table["state"].to_pylist() == ["value", "missing"]


def test_leading_zeros_that_a_spreadsheet_ate_are_restored(tmp_path: Path) -> None:
    mapping = figures(area={"column": "kod", "division": "electoral_district", "edition": "2022", "pad": 8})
    assert planned(tmp_path, "kod,folk\n1260101,1\n", mapping).table["area"].to_pylist() == ["01260101"]


def test_a_formula_in_a_workbook_is_a_reported_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["kod", "folk"], ["0126R001", "=1+1"], ['="0126R002"', 2], ["0126R003", 3]):
        book.active.append(row)
    book.save(tmp_path / "bok.xlsx")
    one = plan(tmp_path / "bok.xlsx", figures(), {})
    assert reasons(one).keys() == {2, 3}
    assert all("formel; spara som värden" in reason for reason in reasons(one).values())


def test_several_faults_of_a_row_are_all_said(tmp_path: Path) -> None:
    said = reasons(planned(tmp_path, "kod,folk\nR1,x\n"))[2]
    assert "R1" in said
    assert "'x' är inget tal" in said


def test_a_variable_outside_the_catalog_stops_the_import(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="hitte_paa"):
        planned(
            tmp_path, "kod,folk\n0126R001,1\n", figures(columns=[{"column": "folk", "variable": "hitte_paa"}])
        )


# Areas

SQUARE = [[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]
BOWTIE = [[0, 0], [100, 100], [100, 0], [0, 100], [0, 0]]


def geojson(folder: Path, rings: dict[str, Any], crs: str = "EPSG::3006") -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"kod": code, "namn": f"Område {code}"},
            "geometry": None if ring is None else {"type": "Polygon", "coordinates": [ring]},
        }
        for code, ring in rings.items()
    ]
    head = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{crs}"}}
    text = json.dumps({"type": "FeatureCollection", "crs": head, "features": features})
    return write(folder, text, "karta.geojson")


def test_a_polygon_becomes_an_area_with_a_point_inside(tmp_path: Path) -> None:
    row = plan(geojson(tmp_path, {"0126R001": SQUARE}), areas(), {}).table.to_pylist()[0]
    polygon = shapely.from_wkb(row["geometry"])
    assert polygon.area == 10_000
    assert polygon.contains(shapely.Point(row["x"], row["y"]))
    assert (row["name"], row["municipality"], row["edition"]) == ("Område 0126R001", "0126", "2020")


def test_the_hash_is_of_the_border_and_not_of_how_it_is_drawn(tmp_path: Path) -> None:
    turned = [*SQUARE[2:-1], *SQUARE[:3]]  # the same ring, begun in another corner
    first = plan(geojson(tmp_path, {"0126R001": SQUARE}), areas(), {}).table["geometry_hash"][0]
    second = plan(geojson(tmp_path, {"0126R001": turned}), areas(), {}).table["geometry_hash"][0]
    assert first == second


def test_an_invalid_polygon_is_rejected_with_where_it_crosses_itself(tmp_path: Path) -> None:
    one = plan(geojson(tmp_path, {"0126R001": SQUARE, "0126R002": BOWTIE, "0126R003": None}), areas(), {})
    assert set(reasons(one)) == {2, 3}
    assert "ogiltig polygon (Self-intersection[50 50])" in reasons(one)[2]
    assert "repair: true" in reasons(one)[2]
    assert "ingen yta" in reasons(one)[3]


def test_an_invalid_polygon_is_mended_only_when_the_mapping_says_so(tmp_path: Path) -> None:
    settings = areas().areas.model_dump() | {"repair": True}
    one = plan(geojson(tmp_path, {"0126R002": BOWTIE}), areas(areas=settings), {})
    assert one.ok
    assert shapely.from_wkb(one.table["geometry"][0].as_py()).area == 5_000  # two triangles of a quarter each


def test_another_coordinate_system_than_declared_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"EPSG:3011 men kopplingsfilen säger EPSG:3006"):
        plan(geojson(tmp_path, {"0126R001": SQUARE}, "EPSG::3011"), areas(), {})


def test_degrees_are_moved_to_sweref_when_declared(tmp_path: Path) -> None:
    ring = [[15.0, 60.0], [15.001, 60.0], [15.001, 60.001], [15.0, 60.001], [15.0, 60.0]]
    settings = areas().areas.model_dump() | {"crs": "EPSG:4326"}
    one = plan(geojson(tmp_path, {"0126R001": ring}, "OGC:1.3:CRS84"), areas(areas=settings), {})
    assert shapely.from_wkb(one.table["geometry"][0].as_py()).bounds[0] == pytest.approx(500_000, abs=0.1)


def test_points_never_take_a_border_away(tmp_path: Path) -> None:
    before = stored(plan(geojson(tmp_path, {"0126R001": SQUARE}), areas(), {}))
    settings = areas().areas.model_dump() | {"x": "x", "y": "y"}
    text = "kod,namn,x,y\n0126R001,Område 0126R001,5,5\n"
    after = planned(tmp_path, text, areas(id="punkter", areas=settings), before)
    assert after.counts["same"] == 1
    assert not after.changes


def test_simplified_borders_leave_better_ones_when_the_mapping_keeps(tmp_path: Path) -> None:
    before = stored(plan(geojson(tmp_path, {"0126R001": SQUARE}), areas(), {}))
    rough = geojson(tmp_path, {"0126R001": [[0, 0], [90, 0], [90, 90], [0, 0]], "0126R002": SQUARE})
    after = plan(rough, areas(id="grov", on_conflict="keep"), before)
    assert (after.counts["same"], after.counts["new"]) == (1, 1)


# Crosswalks and sites


def key(**changes: Any) -> Mapping:
    fields: dict[str, Any] = {
        "id": "nyckel",
        "kind": "crosswalk",
        "crosswalk": {
            "from_area": {"column": "fran", "division": "deso", "edition": "2018"},
            "to_area": {"column": "till", "division": "regso", "edition": "2020"},
            "ppm": "ppm",
            "method": "population",
        },
        "provenance": PROVENANCE,
    }
    return Mapping.model_validate(fields | changes)


def test_no_area_gives_away_more_than_all_of_itself(tmp_path: Path) -> None:
    text = "fran,till,ppm\n0126C1010,0126R001,600000\n0126C1010,0126R002,400001\n0126C1020,0126R001,1000000\n"
    said = reasons(planned(tmp_path, text, key()))
    assert set(said) == {2, 3}
    assert "1000001 miljondelar av 1000000" in said[2]


@pytest.mark.parametrize("ppm", ["0.5", "1000001", "-1", "", ".."])
def test_millionths_are_whole_numbers_within_a_million(tmp_path: Path, ppm: str) -> None:
    assert not planned(tmp_path, f"fran,till,ppm\n0126C1010,0126R001,{ppm}\n", key()).ok


def test_a_new_crosswalk_leaves_no_pair_of_the_old_behind(tmp_path: Path) -> None:
    first = (
        "fran,till,ppm\n0126C1010,0126R001,500000\n0126C1010,0126R002,500000\n0126C1020,0126R002,1000000\n"
    )
    before = stored(planned(tmp_path, first, key()))
    after = planned(tmp_path, "fran,till,ppm\n0126C1010,0126R001,1000000\n", key(), before)
    merged = after.comparison.merged(before["crosswalks"], "b" * 64).to_pylist()
    pairs = {(row["from_code"], row["to_code"]): row["ppm"] for row in merged}
    assert pairs == {("0126C1010", "0126R001"): 1_000_000, ("0126C1020", "0126R002"): 1_000_000}


def test_a_site_outside_sweden_and_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    mapping = Mapping.model_validate(
        {
            "id": "platser",
            "kind": "sites",
            "sites": {
                "id": ["namn"],
                "site_kind": {"column": "slag"},
                "name": {"column": "namn"},
                "municipality": {"value": "0126"},
                "latitude": "lat",
                "longitude": "lon",
            },
            "provenance": PROVENANCE,
        }
    )
    text = "namn,slag,lat,lon\nA,library,59.2,17.9\nB,library,17.9,59.2\nC,kiosk,59.2,17.9\nD,school,,\n"
    one = planned(tmp_path, text, mapping)
    assert "bytt plats" in reasons(one)[3]
    assert "'kiosk' finns inte" in reasons(one)[4]
    assert [row["x"] is None for row in one.table.to_pylist()] == [False, True]
