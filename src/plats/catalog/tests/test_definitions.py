"""What the definitions that came with the package promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import ValidationError

from plats.catalog.check import check_definitions
from plats.catalog.formulas import Published, Relative, Share, WeightedPercent
from plats.catalog.load import Definitions, build, catalog, read_definitions
from plats.catalog.models import CatalogError, Direction, Indicator, Text
from plats.vocabulary.codes import Division
from plats.vocabulary.units import Unit

INDICATORS = list(catalog().indicators.values())


def _never_directed() -> Iterator[Indicator]:
    """Background, tenure, household types, votes and area type: none of them is better or worse."""
    groups = {"birth_region", "background", "tenure", "households", "area_type", "housing"}
    for indicator in INDICATORS:
        if {catalog().variables[name].group for name in indicator.variables} & groups:
            yield indicator


def test_the_catalog_passes_its_own_check() -> None:
    assert check_definitions(read_definitions(), date(2026, 11, 23), strict=True) == []


def test_there_are_at_least_forty_indicators_and_one_for_each_theme() -> None:
    assert len(INDICATORS) >= 40
    assert {indicator.theme for indicator in INDICATORS} == {theme.id for theme in catalog().themes}


def test_indicators_stand_by_theme_and_then_by_order() -> None:
    theme_order = {theme.id: theme.order for theme in catalog().themes}
    places = [(theme_order[indicator.theme], indicator.order) for indicator in INDICATORS]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_regso_is_the_first_division_offered() -> None:
    assert next(iter(catalog().divisions)) == "regso"
    assert set(catalog().divisions) == {division.value for division in Division}


@pytest.mark.parametrize("indicator", list(_never_directed()), ids=lambda one: one.id)
def test_background_tenure_and_households_have_no_direction_and_no_gap(indicator: Indicator) -> None:
    assert indicator.direction is Direction.NONE
    assert not indicator.gap


def test_the_indicators_without_direction_include_those_named_in_the_design() -> None:
    names = {indicator.id for indicator in _never_directed()}
    assert {
        "foreign_born_share",
        "foreign_background_share",
        "rental_share",
        "single_parent_share",
        "area_type",
    } <= names
    assert catalog().indicators["votes_cast_riksdag"].direction is Direction.NONE


def test_a_gap_always_has_a_direction_unless_the_file_says_none() -> None:
    gaps = {indicator.id for indicator in INDICATORS if indicator.gap}
    assert {"employed_share", "low_economic_standard_share", "turnout_riksdag", "merit_rating"} <= gaps
    assert all(catalog().indicators[name].direction is not Direction.NONE for name in gaps)


def test_no_direction_is_said_about_wage_income_until_it_is_established() -> None:
    wage = catalog().indicators["mean_wage_income"]
    assert wage.direction is Direction.NONE
    assert wage.no_direction_until is not None
    assert wage.no_direction_until.sv == "Ingen riktning sägs förrän prisnivå och definition är fastställda."
    assert [one.period for one in wage.comparability_breaks] == ["2023"]
    assert isinstance(wage.formula, Published)


def test_figures_of_a_school_are_shown_for_schools_only_and_say_so() -> None:
    of_schools = [indicator for indicator in INDICATORS if indicator.theme == "school"]
    for indicator in of_schools:
        assert indicator.divisions == (Division.SCHOOL,)
        assert "skolans resultat, aldrig områdets" in indicator.description.sv
        assert "the school's result, never the area's" in indicator.description.en


def test_reported_crime_is_shown_for_the_municipality_only_and_never_called_criminality() -> None:
    for indicator in INDICATORS:
        if indicator.id.startswith("reported_crimes"):
            assert indicator.divisions == (Division.MUNICIPALITY,)
            assert indicator.title.sv.lower().startswith("anmäl")
        assert "brottslighet" not in indicator.model_dump_json().lower()


def test_reported_crimes_per_1000_are_a_hundredth_of_the_published_figure() -> None:
    # 11,838 per 100,000 inhabitants = 118.38 per 1,000
    formula = catalog().indicators["reported_crimes_per_1000"].formula
    assert isinstance(formula, Published)
    assert 11838 * formula.scale == pytest.approx(118.38)


def test_every_education_share_has_the_same_five_levels_in_the_denominator() -> None:
    shares = [one.formula for one in INDICATORS if one.theme == "education"]
    assert len(shares) == 5
    assert all(isinstance(formula, Share) for formula in shares)
    assert len({formula.denominator for formula in shares if isinstance(formula, Share)}) == 1
    tops = {formula.numerator[0] for formula in shares if isinstance(formula, Share)}
    assert tops == set(shares[0].variables)  # the five shares add up to one


def test_low_economic_standard_is_weighted_by_the_people_the_percents_are_about() -> None:
    first, second = catalog().indicators["low_economic_standard_share"].formulas
    assert isinstance(first, WeightedPercent)
    assert (
        first.weight
        == catalog().variables["low_economic_standard_percent"].weight
        == "economic_standard_persons"
    )
    assert isinstance(second, Published)


def test_foreign_born_has_one_formula_for_regso_and_one_for_deso() -> None:
    regso, deso = catalog().indicators["foreign_born_share"].formulas
    assert regso.variables == ("born_abroad", "population")
    assert deso.variables == ("born_europe_outside_sweden", "born_rest_of_world", "birth_region_total")


def test_only_a_figure_relative_to_the_municipality_may_pass_one_hundred_percent() -> None:
    over = [one for one in INDICATORS if one.unit is Unit.SHARE and one.range[1] > 1]
    assert [one.id for one in over] == ["net_income_relative"]
    assert isinstance(over[0].formula, Relative)


def test_area_types_are_published_and_carry_all_five_labels() -> None:
    area_type = catalog().indicators["area_type"]
    assert isinstance(area_type.formula, Published)
    assert sorted(area_type.class_labels) == [1, 2, 3, 4, 5]


def test_what_cannot_be_computed_says_why() -> None:
    unavailable = [one for one in INDICATORS if not one.available]
    assert [one.id for one in unavailable] == ["socioeconomic_index", "exclusion_area_original"]
    reasons = [
        formula.reason for one in unavailable for formula in one.formulas if formula.kind == "unavailable"
    ]
    assert all(reason.endswith(".") for reason in reasons)


def test_labour_figures_do_not_state_an_age_span_the_file_does_not_have() -> None:
    for indicator in INDICATORS:
        if indicator.theme == "work":
            assert indicator.age.sv == "i arbetsför ålder (åldersspannet anges inte i filen)"


def test_the_child_share_is_0_to_19_because_the_source_has_five_year_groups() -> None:
    child = catalog().indicators["age_0_19_share"]
    assert child.variables == ("age_0_4", "age_5_9", "age_10_14", "age_15_19", "population")
    assert "0–17" in child.description.sv


def test_medians_and_means_of_means_are_never_put_together() -> None:
    for name in ("net_income_median_tkr", "mean_wage_income_tkr", "merit_rating", "area_type"):
        assert catalog().variables[name].aggregates == "none"
    assert catalog().variables["net_income_mean_tkr"].weight == "net_income_persons"


def test_a_text_is_written_in_the_language_asked_for() -> None:
    text = Text(sv="andelen", en="the share")
    assert (text.write(), text.write("en")) == ("andelen", "the share")
    assert text.bilingual.write("en") == "the share"


def test_definitions_cannot_be_changed_after_reading() -> None:
    with pytest.raises(ValidationError):
        catalog().themes[0].order = 9  # type: ignore[misc]


def test_the_catalog_is_read_once() -> None:
    assert catalog() is catalog()


def test_a_broken_file_is_named_in_the_error(definitions: Definitions) -> None:
    definitions["indicators/population.yaml"]["unit"] = "äpplen"
    with pytest.raises(CatalogError, match=r"indicators/population\.yaml: unit: 'äpplen'"):
        build(definitions)
