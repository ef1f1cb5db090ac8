"""What the segregation definitions promise, and what `check` says of faulty ones."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from plats.catalog.check import check_definitions
from plats.catalog.load import Definitions, catalog, read_definitions
from plats.catalog.segregations import Kind, SegregationDefinition

TODAY = date(2026, 11, 28)
DEFINITIONS = list(catalog().segregations.values())
FILE = "segregations/foreign_background.yaml"
ORIGIN = {"background", "birth_region"}


def faults(changed: dict[str, Any], file: str = FILE) -> list[str]:
    """What is said when one definition is changed so."""
    definitions: Definitions = copy.deepcopy(dict(read_definitions()))
    definitions[file] = definitions[file] | changed
    return [one.message for one in check_definitions(definitions, TODAY) if one.file == file]


def test_they_stand_in_their_order_and_each_order_is_its_own() -> None:
    orders = [one.order for one in DEFINITIONS]
    assert orders == sorted(set(orders))


def test_the_kinds_that_were_asked_for_are_there() -> None:
    found = {one.id: one.kind for one in DEFINITIONS}
    assert found["foreign_background"] is Kind.TWO_GROUP
    assert found["tenure"] is Kind.SEVERAL
    assert found["education"] is found["income_fifths"] is Kind.ORDERED


@pytest.mark.parametrize("one", DEFINITIONS, ids=lambda one: one.id)
def test_origin_is_said_to_have_no_direction(one: SegregationDefinition) -> None:
    groups = {catalog().variables[name].group for name in one.variables}
    if groups & ORIGIN:
        assert "ingen\nriktning" in one.description.sv or "ingen riktning" in one.description.sv
        assert "behovsindex" in one.description.sv


def test_a_definition_as_it_stands_has_no_fault() -> None:
    assert faults({}) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"method": "finns-inte"}, "metodsidan 'finns-inte' finns inte"),
        ({"suppression": "finns_inte"}, "skyddsregeln 'finns_inte' finns inte"),
        ({"sources": []}, "källa saknas"),
        ({"sources": [" "]}, "källa saknas"),
        ({"divisions": []}, "indelning saknas"),
        ({"measures": ["dissimilarity", "finns_inte"]}, "måttet 'finns_inte' finns inte"),
        (
            {"measures": ["dissimilarity", "mutual_information"]},
            "måttet 'mutual_information' är inte för two_group",
        ),
        ({"measures": ["isolation"]}, "måttet 'dissimilarity' saknas"),
        ({"owner": " "}, "owner är tomt"),
        ({"next_review": "2026-01-01"}, "skulle ha setts över"),
        ({"needs": {"sv": "", "en": "x"}}, "needs saknar text på svenska"),
        ({"id": "annat"}, "är inte filens namn"),
    ],
)
def test_a_fault_is_said(changed: dict[str, Any], said: str) -> None:
    assert any(said in message for message in faults(changed)), faults(changed)


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ({"alternatives": [["finns_inte"]]}, "variabeln 'finns_inte' i gruppen 'foreign' finns inte"),
        ({"alternatives": [["net_income_mean_tkr"]]}, "är inget antal"),
        ({"percent": "low_economic_standard_percent", "of": "population"}, "vägs inte med 'population'"),
        ({"alternatives": [["born_abroad"]], "rest_of": "population"}, "precis ett av dem"),
        ({"percent": "low_economic_standard_percent"}, "precis ett av dem"),
        ({}, "precis ett av dem"),
    ],
)
def test_a_faulty_group_is_said(group: dict[str, Any], said: str) -> None:
    title = {"sv": "Grupp", "en": "Group"}
    other = {"id": "swedish", "title": title, "alternatives": [["swedish_background"]]}
    found = faults({"groups": [{"id": "foreign", "title": title, **group}, other]})
    assert any(said in message for message in found), found


def test_groups_must_be_told_apart_and_only_one_can_be_the_rest() -> None:
    title = {"sv": "Grupp", "en": "Group"}
    same = {"id": "one", "title": title, "rest_of": "population"}
    found = " ".join(faults({"groups": [same, same]}))
    assert "samma id" in found
    assert "högst en grupp kan vara resten" in found


def test_two_groups_are_two() -> None:
    three = read_definitions()["segregations/birth_region.yaml"]["groups"]
    assert any("two_group har två grupper, inte 3" in message for message in faults({"groups": three}))


def test_a_percent_and_the_rest_are_of_the_same_people() -> None:
    file = "segregations/economic_standard.yaml"
    groups = copy.deepcopy(read_definitions()[file]["groups"])
    groups[1]["rest_of"] = "population"
    assert any("men resten på 'population'" in message for message in faults({"groups": groups}, file))


def test_a_measure_has_its_method_page() -> None:
    definitions = copy.deepcopy(dict(read_definitions()))
    definitions["segregation_measures.yaml"]["measures"][0]["method"] = "finns-inte"
    found = [one.message for one in check_definitions(definitions, TODAY)]
    assert "dissimilarity: metodsidan 'finns-inte' finns inte i methods.yaml. Välj en som finns." in found
