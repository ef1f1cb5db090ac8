from __future__ import annotations

from pathlib import Path

import pytest

from plats.sources.files.errors import MappingError
from plats.sources.files.library import check_variables, find, guess, load_mapping, ready
from plats.sources.files.tests.helpers import figures, write

GOOD = """
id: prov
kind: observations
area: {column: kod, division: regso, edition: "2020"}
period: {value: "2022"}
columns:
  - {column: folk, variable: population}
provenance: {agency: A, title: T, address: "https://a.se/", licence: CC0, retrieved: "2026-11-23"}
"""


def fault(folder: Path, old: str, new: str) -> str:
    assert old in GOOD
    with pytest.raises(MappingError) as error:
        load_mapping(write(folder, GOOD.replace(old, new), "prov.yaml"))
    return str(error.value)


def test_a_good_mapping_is_read(tmp_path: Path) -> None:
    assert load_mapping(write(tmp_path, GOOD, "prov.yaml")).columns[0].variable == "population"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: prov\n", "", ["prov.yaml", "fält id", "saknas"]),
        ("division: regso", "division: regsoo", ["area.division", "välj en av", "'deso'"]),
        ("kind: observations", "kind: figures", ["kind", "'figures'", "'observations'"]),
        ('period: {value: "2022"}', 'periood: {value: "2022"}', ["periood", "okänt fält"]),
        ('edition: "2020"', "edition: 2020", ["area.edition", "citattecken"]),
        ("{column: folk, variable: population}", "{variable: population}", ["columns.0", "ange column"]),
        ("columns:\n  - {column: folk, variable: population}", "", ["behöver fältet columns"]),
        ("column: kod, ", "", ["area", "ange antingen column eller value"]),
        ("id: prov", "id: Min Enkät", ["fält id", "små bokstäver"]),
        (
            "variable: population}",
            "variable: population, period: i fjol}",
            ["columns.0.period", "'i fjol' är ingen period"],
        ),
    ],
)
def test_a_fault_says_file_field_and_what_to_write(
    tmp_path: Path, old: str, new: str, said: list[str]
) -> None:
    message = fault(tmp_path, old, new)
    assert all(part in message for part in ["prov.yaml", *said])


def test_broken_yaml_says_the_line(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"prov.yaml, rad 2: .*YAML"):
        load_mapping(write(tmp_path, "id: prov\nkind: figures: x\n", "prov.yaml"))


def test_a_variable_outside_the_catalog_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(MappingError, match=r"'populaton' finns inte i katalogen. Menade du population"):
        check_variables(figures(columns=[{"column": "folk", "variable": "populaton"}]))


def test_every_ready_mapping_is_whole_and_gives_only_variables_of_the_catalog() -> None:
    for mapping in ready():
        check_variables(mapping)
        assert mapping.matches
    ids = [mapping.id for mapping in ready()]
    assert len(ids) == len(set(ids))


def test_a_mapping_is_found_by_name_and_by_path(tmp_path: Path) -> None:
    assert find("scb_deso_2022").id == "scb_deso_2022"
    assert find(write(tmp_path, GOOD, "prov.yaml")).id == "prov"
    with pytest.raises(MappingError, match=r"en av: .*scb_deso_2022"):
        find("scb")


def test_a_mapping_is_guessed_from_the_files_name_areas_first() -> None:
    found = [mapping.id for mapping in guess(Path("valdistrikt2022.geojson"))]
    assert found == ["val_districts_2022", "val_districts_2022_votes"]


def test_a_file_that_fits_nothing_is_told_where_to_start() -> None:
    with pytest.raises(MappingError, match=r"egen_enkat.yaml"):
        guess(Path("okänd.csv"))


def test_published_police_events_are_never_imported() -> None:
    with pytest.raises(MappingError, match="redaktionellt urval"):
        guess(Path("polisen_events_huddinge.csv"))
