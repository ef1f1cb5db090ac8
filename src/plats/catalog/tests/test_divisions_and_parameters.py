"""Editions hold for a time, equivalences for a municipality, and parameters from a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from plats.catalog.check import check_definitions
from plats.catalog.dated import Parameter
from plats.catalog.load import Catalog, Definitions, build, catalog
from plats.catalog.models import CatalogError, IndexVector
from plats.catalog.retention import RetentionRule
from plats.vocabulary.codes import Division

REGSO = catalog().divisions["regso"]
SEI = catalog().indices["sei"]


def test_regso_2020_and_2025_are_the_same_in_huddinge_by_scbs_word() -> None:
    assert REGSO.equivalents("2020", "0126") == ("2025",)
    assert REGSO.equivalents("2025", "0126") == ("2020",)
    source = REGSO.editions[1].source
    assert source == "SCB, Historiska förändringar i RegSO, 2026-03-25: ingen rad för Huddinge"


def test_an_equivalence_says_nothing_about_other_municipalities() -> None:
    assert REGSO.equivalents("2020", "0180") == ()
    assert catalog().divisions["deso"].equivalents("2018", "0126") == ()


@pytest.mark.parametrize(
    ("day", "edition"), [(date(2020, 1, 1), "2020"), (date(2024, 12, 31), "2020"), (date(2025, 1, 1), "2025")]
)
def test_the_edition_of_a_day_changes_at_the_new_year(day: date, edition: str) -> None:
    found = REGSO.edition_on(day)
    assert found is not None
    assert found.edition == edition


def test_no_edition_held_before_the_first() -> None:
    assert REGSO.edition_on(date(2019, 12, 31)) is None


def test_areas_add_up_from_deso_to_the_nation() -> None:
    divisions = catalog().divisions
    chain = ["deso"]
    while parent := divisions[chain[-1]].parent:
        chain.append(parent.value)
    assert chain == ["deso", "regso", "kommundel", "municipality", "nation"]
    assert Division.MUNICIPALITY in REGSO.parents


def test_kommundelar_are_marked_as_approximate() -> None:
    assert [one.id for one in catalog().divisions.values() if one.approximate] == [Division.KOMMUNDEL]


def test_a_parameter_is_the_latest_decided_on_the_day() -> None:
    dated = [
        {
            "from": date(2026, 1, 1),
            "value": {"limit": 5},
            "unit": {"limit": "personer"},
            "decided_by": "a",
            "reference": "b",
        },
        {
            "from": date(2025, 1, 1),
            "value": {"limit": 3},
            "unit": {"limit": "personer"},
            "decided_by": "a",
            "reference": "b",
        },
    ]
    text = {"sv": "x", "en": "x"}
    parameter = Parameter.model_validate({"id": "a/b", "title": text, "description": text, "values": dated})
    assert parameter.on(date(2025, 12, 31)).whole("limit") == 3
    assert parameter.on(date(2026, 1, 1)).whole("limit") == 5
    with pytest.raises(CatalogError, match="inget beslutat värde den 2024-12-31"):
        parameter.on(date(2024, 12, 31))


def test_the_disclosure_rule_is_scbs() -> None:
    rule = catalog().parameter("disclosure", "scb_integration", on=date(2026, 11, 23))
    assert (rule.whole("more_than"), rule.whole("numerator_more_than")) == (20, 5)
    assert catalog().parameter("disclosure", "none", on=date(2026, 11, 23)).value == {}


def test_asking_for_an_unknown_parameter_says_which_there_are() -> None:
    with pytest.raises(CatalogError, match=r"Okänd parameter 'disclosure/stora_tal'.*disclosure/none"):
        catalog().parameter("disclosure", "stora_tal", on=date(2026, 11, 23))
    with pytest.raises(CatalogError, match="inget tal 'least'"):
        catalog().parameter("disclosure", "scb_integration", on=date(2026, 11, 23)).number("least")


@pytest.mark.parametrize("vector", SEI.test_vectors, ids=lambda vector: str(vector.index))
def test_scbs_index_is_the_plain_mean_of_its_three_parts(vector: IndexVector) -> None:
    # 45.4 + 18.2 + 7.5 = 71.1; 71.1 / 3 = 23.7. The agency prints one decimal, so half a tenth may differ.
    parts = [Fraction(str(value)) for value in vector.parts.values()]
    assert list(vector.parts) == [part.id for part in SEI.parts] == ["V1", "V2", "V3"]
    mean = sum(parts, Fraction(0)) / len(parts)
    assert abs(mean - Fraction(str(vector.index))) <= Fraction(str(SEI.tolerance)) == Fraction(1, 20)


def test_the_published_vectors_are_five_and_cover_types_one_two_four_and_five() -> None:
    assert [vector.area_type for vector in SEI.test_vectors] == [1, 1, 2, 4, 5]


def test_scbs_index_has_equal_weights_and_no_scaling() -> None:
    assert {part.weight for part in SEI.parts} == {1.0}
    assert (SEI.scaling, SEI.combination) == ("none", "mean")


def test_the_local_need_index_is_the_municipalitys_own_and_reverses_employment() -> None:
    index = catalog().indices["local_need_index"]
    assert "kommunens egen definition, inte SCB:s" in index.description.sv
    assert [part.indicator for part in index.parts if part.reverse] == ["employed_share"]
    assert sum(Fraction(str(part.weight)) for part in index.parts) == 1
    directions = {
        part.indicator: catalog().indicators[part.indicator or ""].direction for part in index.parts
    }
    reversed_by_direction = {
        name for name, direction in directions.items() if direction == "higher_is_better"
    }
    assert reversed_by_direction == {"employed_share"}


def test_definitions_survive_being_built_twice(definitions: Definitions) -> None:
    built: Catalog = build(definitions)
    assert built == catalog()


# Retention rules are parameters that say more


def _rule(**changed: object) -> dict[str, object]:
    value = {
        "from": date(2026, 1, 1), "value": {"days": 90}, "unit": {"days": "dagar"},
        "decided_by": "arkivansvarig", "reference": "Eget beslut",
    }  # fmt: skip
    words = {"sv": "ord", "en": "words"}
    rule = {
        "id": "retention/session", "title": words, "description": words, "counted_from": words, "then": "erase",
        "needs_decision": False, "values": [value],
    }  # fmt: skip
    return rule | changed


def test_how_long_something_is_kept_is_what_was_decided_on_the_day() -> None:
    later = {**_rule()["values"][0], "from": date(2027, 7, 1), "value": {"days": 30}}  # type: ignore[index]
    rule = RetentionRule.model_validate(_rule(values=[*_rule()["values"], later]))  # type: ignore[misc]
    assert [rule.days(day) for day in (date(2026, 1, 1), date(2027, 6, 30), date(2027, 7, 1))] == [90, 90, 30]
    with pytest.raises(CatalogError):
        rule.days(date(2025, 12, 31))


@pytest.mark.parametrize(
    "value",
    [{"days": 0}, {"days": -1}, {"days": 1.5}, {}, {"days": 30, "weeks": 2}],
    ids=["none", "negative", "half", "nothing said", "more than days"],
)
def test_a_rule_keeps_a_whole_number_of_days(definitions: Definitions, value: dict[str, float]) -> None:
    units = dict.fromkeys(value, "dagar")
    wrong = _rule(values=[{**_rule()["values"][0], "value": value, "unit": units}])  # type: ignore[index]
    changed = definitions | {"parameters/retention/session.yaml": wrong}
    found = check_definitions(changed, date(2026, 11, 27))
    assert [one.file for one in found if one.level == "error"] == ["parameters/retention/session.yaml"]


def test_what_is_kept_for_good_has_no_days_and_takes_no_decision_to_erase(definitions: Definitions) -> None:
    def told(**changed: object) -> list[str]:
        rules = definitions | {"parameters/retention/session.yaml": _rule(then="keep", **changed)}
        return [one.message for one in check_definitions(rules, date(2026, 11, 27)) if one.level == "error"]

    nothing = {**_rule()["values"][0], "value": {}, "unit": {}}  # type: ignore[index]
    assert told(values=[nothing]) == []
    for wrong in ({}, {"values": [nothing], "needs_decision": True}):
        assert len(told(**wrong)) == 1
        assert "bevaras" in told(**wrong)[0]


@pytest.mark.parametrize("changed", [{"then": "burn"}, {"needs_decision": "kanske"}, {"keep": 3}])
def test_a_rule_of_a_wrong_shape_is_told(definitions: Definitions, changed: dict[str, object]) -> None:
    wrong = definitions | {"parameters/retention/session.yaml": _rule(**changed)}
    assert [one.file for one in check_definitions(wrong, date(2026, 11, 27))] == [
        "parameters/retention/session.yaml"
    ]
