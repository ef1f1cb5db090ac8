"""Huddinge's own segregation: the published value, what sums, and the sentences that are said of it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from plats.catalog.check_segregation import SHARED
from plats.catalog.load import catalog
from plats.derive.segregation import sentences
from plats.derive.segregation.readings import SegregationReading, places_of, segregation_reading
from plats.facts.query import Facts
from plats.vocabulary.codes import Division
from plats.vocabulary.messages import Message

DIVISIONS = catalog().divisions
NAMES = list(catalog().segregations)
WITH_FIGURES = [name for name in NAMES if name != "income_fifths"]
# Words that would judge, or point someone out.
JUDGING = re.compile(
    r"\b(problem|sämst|bäst|värst|utsatt|invandrar|ghetto|dålig|farlig|värre|förbättr|försämr|utanförskap)",
    re.IGNORECASE,
)


def reading(facts: Facts, name: str, division: str = "", period: str = "") -> SegregationReading:
    found = segregation_reading(facts, catalog(), name, division, period)
    assert found is not None
    return found


def said(found: SegregationReading) -> str:
    """Everything the page says in sentences."""
    heading, lead = sentences.opening(found, "Huddinge", DIVISIONS)
    others: list[Message | str | None] = [
        sentences.levels(found, DIVISIONS),
        sentences.contributions(found),
        sentences.development(found),
        sentences.change(found),
        sentences.among_others(found, "Huddinge"),
        sentences.cite(found, "Huddinge", DIVISIONS),
    ]
    return " ".join(str(one) for one in (heading, *lead, *others) if one)


def test_foreign_background_over_deso_2022_is_the_known_value(huddinge: Facts) -> None:
    """0.412710 from the 60 DeSO, as the collected figures' README says."""
    shown = reading(huddinge, "foreign_background").shared
    assert (shown.where.division, shown.where.period.text) == (Division.DESO, "2022")
    assert round(shown.cell.number, 6) == 0.412710
    assert (shown.areas, shown.excluded, shown.counted) == (60, 0, 114_504)


def test_surroundings_of_huddinge_grow_until_the_pattern_is_gone(huddinge: Facts) -> None:
    found = reading(huddinge, "foreign_background")
    values = [round(one.cell.number, 4) for one in found.scales]
    assert values == [0.4127, 0.3896, 0.3368, 0.1361, 0.0386]
    assert [str(one) for one in sentences.scales(found)] == [
        "Räknas alla inom 1 km som omgivning är talet 0,390, mot 0,413 i områdena själva.",
        "Under hälften är det först inom 4 km: 0,136.",
    ]


@pytest.mark.parametrize("name", WITH_FIGURES)
def test_the_areas_themselves_are_where_surroundings_begin(huddinge: Facts, name: str) -> None:
    for where in places_of(huddinge, name):
        found = reading(huddinge, name, str(where.division), where.period.text)
        if found.scales and found.shared.cell.shows_number:
            assert found.scales[0].cell.number == pytest.approx(found.shared.cell.number, abs=1e-12)


def test_the_opening_is_the_true_paragraph(huddinge: Facts) -> None:
    heading, lead = sentences.opening(reading(huddinge, "foreign_background"), "Huddinge", DIVISIONS)
    assert str(heading) == (
        "Utländsk och svensk bakgrund i Huddinge: åtskillnaden är 41 procent av den största möjliga."
    )
    assert str(lead[0]) == (
        "Måttet heter dissimilaritetsindex (D). Det är 0,413 över 60 DeSO-områden 2022: 0 är lika överallt, 1 är helt "
        "åtskilt."
    )
    assert re.search(r"mellan 0,4\d\d och 0,4\d\d, med 95 procents säkerhet", str(lead[1]))


@pytest.mark.parametrize("name", WITH_FIGURES)
def test_contributions_and_levels_sum_to_their_wholes(huddinge: Facts, name: str) -> None:
    for where in places_of(huddinge, name):
        found = reading(huddinge, name, str(where.division), where.period.text)
        assert found.where == where
        assert sum(one.cell.number for one in found.local) == pytest.approx(
            found.shared.cell.number, abs=1e-12
        )
        entropy = [one for measure, one in found.measures if measure.id == "entropy_index"]
        for one in entropy:
            assert sum(part.cell.number for part in found.levels) == pytest.approx(one.cell.number, abs=1e-12)


@pytest.mark.parametrize("name", ["birth_country", "tenure"])
def test_causes_sum_to_the_change_from_2020_to_2023(huddinge: Facts, name: str) -> None:
    found = reading(huddinge, name, "regso")
    assert found.first is not None
    assert (found.first.where.period.text, found.where.period.text) == ("2020", "2023")
    difference = found.shared.cell.number - found.first.cell.number
    assert sum(one.cell.number for one in found.change) == pytest.approx(difference, abs=1e-12)


@pytest.mark.parametrize("name", WITH_FIGURES)
def test_an_interval_is_around_the_value_without_chance_or_not_there(huddinge: Facts, name: str) -> None:
    for _, shown in reading(huddinge, name).measures:
        if catalog().segregations[name].no_interval:
            assert shown.low is None
            continue
        assert shown.low is not None
        assert shown.high is not None
        assert shown.corrected is not None
        assert 0 <= shown.low < shown.corrected < shown.high <= 1
        # Full counts of thousands: chance moves the value little.
        assert abs(shown.corrected - shown.cell.number) < 0.01


def test_the_nearest_there_is_when_the_address_asks_for_what_is_not(huddinge: Facts) -> None:
    found = reading(huddinge, "birth_country", "police_area", "1850")
    assert (found.where.division, found.where.period.text) == (Division.DESO, "2022")
    assert reading(huddinge, "birth_country", "regso", "1850").where.period.text == "2023"


def test_what_there_are_no_figures_for_has_no_reading(huddinge: Facts) -> None:
    assert segregation_reading(huddinge, catalog(), "income_fifths") is None
    assert "Kräver inkomstfemtedelar" in catalog().segregations["income_fifths"].needs.sv


@pytest.mark.parametrize("name", WITH_FIGURES)
def test_no_sentence_judges_or_points_anyone_out(huddinge: Facts, name: str) -> None:
    for where in places_of(huddinge, name):
        words = said(reading(huddinge, name, str(where.division), where.period.text))
        assert not JUDGING.search(words), words
        assert "{" not in words


class TestDevelopment:
    """A direction is said only where the difference is greater than its own half-width: half-widths of 0.03 and 0.04
    make 0.05, as the sides of a right angle do."""

    def _between(self, huddinge: Facts, *ends: tuple[float, float, float]) -> str:
        found = reading(huddinge, "birth_country", "regso")
        points = [one for one in found.series if one.where.division == Division.REGSO]
        made = tuple(
            replace(one, cell=replace(one.cell, value=value), low=low, high=high)
            for one, (value, low, high) in zip((points[0], points[-1]), ends, strict=True)
        )
        return str(sentences.development(replace(found, series=made)))

    def test_apart_and_lower(self, huddinge: Facts) -> None:
        words = self._between(huddinge, (0.40, 0.39, 0.41), (0.30, 0.29, 0.31))
        assert words == "D har minskat från 0,400 (2020) till 0,300 (2023), mer än slumpen kan göra."

    def test_apart_and_higher(self, huddinge: Facts) -> None:
        words = self._between(huddinge, (0.30, 0.29, 0.31), (0.40, 0.39, 0.41))
        assert words == "D har ökat från 0,300 (2020) till 0,400 (2023), mer än slumpen kan göra."

    def test_less_than_chance_can_do(self, huddinge: Facts) -> None:
        words = self._between(huddinge, (0.30, 0.27, 0.33), (0.349, 0.309, 0.389))
        assert words.endswith("Skillnaden är inte större än vad slumpen kan göra.")

    def test_two_intervals_that_overlap_may_still_differ(self, huddinge: Facts) -> None:
        words = self._between(huddinge, (0.30, 0.27, 0.33), (0.351, 0.311, 0.391))
        assert words == "D har ökat från 0,300 (2020) till 0,351 (2023), mer än slumpen kan göra."

    def test_one_year(self, huddinge: Facts) -> None:
        words = str(sentences.development(reading(huddinge, "foreign_background")))
        assert words == "Ett mättillfälle: ingen utveckling visas."

    def test_without_interval_no_direction(self, huddinge: Facts) -> None:
        words = str(sentences.development(reading(huddinge, "tenure", "regso")))
        assert words == "D var 0,580 2020 och 0,575 2023."


def test_half_is_reached_by_the_fewest_areas(huddinge: Facts) -> None:
    """Contributions 5, 3, 1 and 1 of 10: one area is half. With 4, 4, 1, 1 it takes two."""
    found = reading(huddinge, "foreign_background")

    def half(*values: int) -> str:
        local = tuple(
            replace(one, cell=replace(one.cell, value=float(Fraction(value, 10))))
            for one, value in zip(found.local, values, strict=False)
        )
        return str(sentences.contributions(replace(found, local=local)))[:40]

    assert half(5, 3, 1, 1).startswith("1 av 4 områden")
    assert half(4, 4, 1, 1).startswith("2 av 4 områden")


def test_other_municipalities_are_shown_only_when_there_are_many(huddinge: Facts) -> None:
    found = reading(huddinge, "foreign_background")
    assert found.others == {}
    assert sentences.among_others(found, "Huddinge") is None
    own = found.shared.cell.number
    more = replace(found, others={"0126": own, **{f"0{n}": own + (n - 204.5) / 100 for n in range(200, 212)}})
    assert str(sentences.among_others(more, "Huddinge")).startswith("I 7 av 12 andra kommuner är D högre")


def test_the_shared_measure_is_in_every_definition() -> None:
    assert all(SHARED in definition.measures for definition in catalog().segregations.values())
