"""Findings: fair sentences. About the municipality first, and no direction from a single point."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plats.catalog.load import catalog
from plats.catalog.models import Indicator
from plats.derive.distances import ONE_POINT, gap, gap_development
from plats.derive.findings import (
    better,
    change,
    fraction_words,
    map_sentence,
    opening,
    place_opening,
    with_source,
)
from plats.derive.readings import Distribution, Reading
from plats.derive.tests.made import fact, regso_key
from plats.facts.query import Fact, LineageStep, Site
from plats.facts.snapshots import Provenance
from plats.vocabulary.cells import Cell, hidden, missing
from plats.vocabulary.codes import Division
from plats.vocabulary.units import NBSP

WORK = catalog().indicators["employed_share"]
NAMES = ["Vårby gård", "Flemingsberg västra", "Trångsund", "Fullersta norra"]
HOME, NATION = "municipality::0126", "nation::00"


def distribution(
    values: list[float | Cell],
    *,
    earlier: dict[str, list[float | Cell]] | None = None,
    whole: float | None = 0.75,
    nation: float | None = None,
    indicator: Indicator = WORK,
) -> Distribution:
    """Areas with these values 2022, and earlier ones."""
    by_period = {**(earlier or {}), "2022": values}
    every = [
        fact(one, regso_key(number), period, indicator=indicator.id)
        for period, cells in by_period.items()
        for number, one in enumerate(cells, start=1)
    ]
    latest = tuple(one for one in every if one.period.text == "2022")
    beside = [None if one is None else fact(one, area) for one, area in ((whole, HOME), (nation, NATION))]
    return Distribution(
        indicator, Division.REGSO, latest, beside[0], beside[1], tuple(every), tuple(sorted(by_period))
    )


def reading(
    now: float | Cell, *before: tuple[str, float], indicator: Indicator = WORK, home: Fact | None = None
) -> Reading:
    points = tuple(fact(number, period=period, indicator=indicator.id) for period, number in before)
    return Reading(indicator, fact(now, indicator=indicator.id), points, home, None, None)


class TestOpening:
    def test_it_says_how_it_is_in_the_municipality_and_how_far_apart(self) -> None:
        heading, lead = opening(distribution([0.6, 0.7, 0.8, 0.86], whole=0.7656, nation=0.7775), "Huddinge")
        assert str(heading) == (
            "Drygt tre av fyra invånare i arbetsför ålder i Huddinge har arbete. "
            "Mellan områdena skiljer som mest 26 procentenheter."
        )
        assert str(lead) == (
            "76,6 procent av invånarna i arbetsför ålder var sysselsatta 2022, i riket 77,8. "
            "I 2 av 4 områden är andelen högre än kommunens."
        )

    def test_it_never_names_an_area(self) -> None:
        said = opening(distribution([0.6, 0.7, 0.8]), "Huddinge")
        assert not [part for message in said for part in message.parts.values() if part in NAMES]
        assert not re.search(r"0126[RC]\d", " ".join(map(str, said)))

    @pytest.mark.parametrize("nation", [None, 0.77])
    def test_without_figures_it_says_so(self, nation: float | None) -> None:
        said = opening(distribution([0.6, missing()], nation=nation), "Huddinge")
        assert [str(one) for one in said] == [
            "Så skiljer sig områdena i Huddinge", "Siffror saknas för arbete.",
        ]  # fmt: skip


class TestFractionWords:
    NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
    ENGLISH = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

    def fraction(self, words: str, numbers: tuple[str, ...], between: str) -> float:
        numbers = (*numbers, *(("tjugo", "nitton") if between == "av" else ("twenty", "nineteen")))
        values = dict(zip(numbers, [*range(11), 20, 19], strict=True))
        found = re.search(rf"(\w+) {between} (\w+)$", words.lower())
        assert found is not None, words
        return values[found[1]] / values[found[2]]

    @settings(deadline=None, max_examples=400)
    @given(st.floats(0, 1))
    def test_the_words_are_within_five_hundredths(self, share: float) -> None:
        words = fraction_words(share)
        swedish = self.fraction(words.sv, self.NUMBERS, "av")
        assert abs(share - swedish) <= 0.05 + 1e-9
        assert self.fraction(words.en, self.ENGLISH, "in") == swedish

    @settings(deadline=None, max_examples=200)
    @given(st.floats(0, 1))
    def test_what_is_said_of_more_or_less_is_true(self, share: float) -> None:
        words = fraction_words(share).sv
        said = self.fraction(words, self.NUMBERS, "av")
        if words.startswith(("Drygt", "Fler än")):
            assert share > said
        elif words.startswith(("Nästan", "Färre än")):
            assert share < said
        else:
            assert share == pytest.approx(said, abs=0.005)

    @pytest.mark.parametrize(
        ("share", "sv", "en"),
        [
            (0.766, "Drygt tre av fyra", "Just over three in four"),
            (0.75, "Tre av fyra", "Three in four"),
            (0.74, "Nästan tre av fyra", "Almost three in four"),
            (0.5, "En av två", "One in two"),
            (0.34, "Drygt en av tre", "Just over one in three"),
            (0.85, "Drygt åtta av tio", "Just over eight in ten"),
            (0.01, "Färre än en av tjugo", "Fewer than one in twenty"),
            (0.99, "Fler än nitton av tjugo", "More than nineteen in twenty"),
        ],
    )
    def test_as_people_say_it(self, share: float, sv: str, en: str) -> None:
        words = fraction_words(share)
        assert (words.sv, words.en) == (sv, en)


PEOPLE = {f"0126R{n:03d}": 1000.0 for n in range(1, 6)}


class TestGap:
    def test_the_distance_between_the_ends(self) -> None:
        found = gap(distribution([0.6005, 0.7, 0.8265]), PEOPLE)
        assert found is not None
        assert found.numbers.highest_minus_lowest == pytest.approx(0.226)
        assert found.difference.write() == "22,6"
        # The difference is drawn large before its sentence.
        assert str(found.sentence) == (
            f"procentenheter mellan lägsta och högsta område: 60,1 till 82,7{NBSP}%."
        )

    def test_a_difference_between_shares_is_in_percentage_points(self) -> None:
        found = gap(distribution([0.6, 0.8]), PEOPLE)
        assert found is not None
        assert str(found.difference.unit) == "percentage_points"

    @pytest.mark.parametrize("values", [[0.6], [0.6, hidden()], [missing(), missing()]])
    def test_one_area_has_no_distance(self, values: list[float | Cell]) -> None:
        assert gap(distribution(values), PEOPLE) is None

    def test_one_point_gives_no_development(self) -> None:
        found = gap(distribution([0.6, 0.8]), PEOPLE)
        assert found is not None
        assert found.development == ONE_POINT
        assert str(ONE_POINT) == "Ett mättillfälle: ingen utveckling visas."

    @pytest.mark.parametrize(
        ("before", "said"),
        [
            ([0.65, 0.80], f"Avståndet har ökat från 15,0 (2020) till 20,0{NBSP}procentenheter (2022)."),
            ([0.50, 0.80], f"Avståndet har minskat från 30,0 (2020) till 20,0{NBSP}procentenheter (2022)."),
        ],
    )
    def test_two_points_give_a_direction(self, before: list[float | Cell], said: str) -> None:
        assert str(gap_development(distribution([0.6, 0.8], earlier={"2020": before}), PEOPLE)) == said

    def test_the_first_comparable_point_is_compared_with(self) -> None:
        earlier: dict[str, list[float | Cell]] = {"2020": [0.5, 0.8], "2021": [0.65, 0.80]}
        said = str(gap_development(distribution([0.6, 0.8], earlier=earlier), PEOPLE))
        assert "(2020)" in said
        assert "2021" not in said

    def test_other_areas_than_before_give_no_direction(self) -> None:
        made = distribution([0.6, 0.8, 0.7], earlier={"2020": [0.5, 0.9, missing()]})
        assert str(gap_development(made, PEOPLE)) == (
            "Områdena är inte desamma som tidigare: ingen utveckling visas."
        )

    def test_nothing_is_said_where_the_definition_forbids_it(self) -> None:
        income = catalog().indicators["mean_wage_income"]
        assert income.no_direction_until is not None
        made = distribution([300.0, 400.0], earlier={"2020": [310.0, 500.0]}, indicator=income)
        assert str(gap_development(made, PEOPLE)) == income.no_direction_until.sv


class TestChange:
    def test_up_down_and_the_same(self) -> None:
        noun = WORK.noun.sv
        assert (
            str(change(reading(0.62, ("2020", 0.60))))
            == f"{noun} ökade från 60,0 (2020) till 62,0{NBSP}% (2022)."
        )
        assert (
            str(change(reading(0.58, ("2020", 0.60))))
            == f"{noun} minskade från 60,0 (2020) till 58,0{NBSP}% (2022)."
        )
        assert (
            str(change(reading(0.60, ("2020", 0.60)))) == f"{noun} var densamma 2020 och 2022: 60,0{NBSP}%."
        )

    def test_one_point_is_no_change(self) -> None:
        assert change(reading(0.6)) is None

    def test_a_figure_without_number_has_no_change(self) -> None:
        assert change(reading(hidden(), ("2020", 0.60))) is None

    def test_income_has_no_direction_yet(self) -> None:
        income = catalog().indicators["mean_wage_income"]
        assert change(reading(300.0, ("2020", 310.0), indicator=income)) is None

    def test_another_area_type_is_no_development(self) -> None:
        area_type = catalog().indicators["area_type"]
        assert change(reading(4.0, ("2021", 3.0), indicator=area_type)) is None


class TestPlace:
    PEOPLE = catalog().indicators["population"]

    @staticmethod
    def site(kind: str, name: str) -> Site:
        return Site(name, kind, name, "", 0.0, 0.0, "made", "")

    def test_what_is_there_comes_first_then_the_people(self) -> None:
        sites = [
            self.site("library", "Bibliotek"),
            self.site("school", "A"),
            self.site("school", "B"),
            self.site("station", "Flemingsbergs"),
        ]
        people = reading(5200.0, ("2020", 5000.0), indicator=self.PEOPLE)
        said = [str(one) for one in place_opening("Flemingsberg västra", sites, [people])]
        assert said == [
            "Här finns Flemingsbergs station, ett bibliotek och två grundskolor.",
            f"Invånarna har blivit fler: 5{NBSP}000 (2020) till 5{NBSP}200 (2022).",
        ]

    @pytest.mark.parametrize(
        ("before", "said"),
        [
            ((("2020", 5300.0),), f"Invånarna har blivit färre: 5{NBSP}300 (2020) till 5{NBSP}200 (2022)."),
            ((("2020", 5200.0),), f"Invånarna är lika många: 5{NBSP}200 både 2020 och 2022."),
            ((), f"Visättra hade 5{NBSP}200 invånare 2022."),
        ],
    )
    def test_people(self, before: tuple[tuple[str, float], ...], said: str) -> None:
        (found,) = place_opening("Visättra", [], [reading(5200.0, *before, indicator=self.PEOPLE)])
        assert str(found) == said

    def test_a_place_without_anything_is_still_a_place(self) -> None:
        assert [str(one) for one in place_opening("Visättra", [], [])] == [
            "Visättra är ett område utan egna siffror än."
        ]


class TestSentenceWithSource:
    CHAIN = (
        LineageStep(
            "source",
            "labour",
            "bytes",
            "",
            Provenance("SCB", "Sysselsatta", "T", "https://x", "CC0", "2026-11-23"),
        ),
        LineageStep("method", "andel-i-omrade", "", "share/1", None),
    )

    def said(self, own: float | Cell, home: float | None = 0.7656) -> str:
        beside = None if home is None else fact(home, HOME)
        return str(with_source(reading(own, home=beside), "Vårby gård", "Huddinge", self.CHAIN))

    def test_the_figure_its_period_the_municipality_and_the_source(self) -> None:
        assert self.said(0.6668) == (
            f"{WORK.title.sv} i Vårby gård: 66,7{NBSP}% 2022 "
            "(Huddinge 76,6; SCB, Sysselsatta, hämtat 2026-11-23)."
        )

    @pytest.mark.parametrize(
        ("cell", "words"), [(hidden(), "skyddad uppgift"), (missing(), "uppgift saknas")]
    )
    def test_a_state_is_said_in_words_and_never_as_a_number(self, cell: Cell, words: str) -> None:
        assert self.said(cell) == (
            f"{WORK.title.sv} i Vårby gård 2022: {words} (SCB, Sysselsatta, hämtat 2026-11-23)."
        )

    def test_without_the_municipality(self) -> None:
        assert "Huddinge" not in self.said(0.6668, None)


class TestMap:
    def test_how_many_are_above_the_municipality(self) -> None:
        said = str(map_sentence(distribution([0.6, 0.8, 0.9, hidden()]), "Huddinge"))
        assert said == f"I 2 av 3 områden är siffran högre än Huddinge som helhet, 75,0{NBSP}%."

    def test_without_the_municipality_the_ends_are_said(self) -> None:
        assert str(map_sentence(distribution([0.6, 0.8], whole=None), "Huddinge")) == (
            f"Mellan områdena går siffran från 60,0 till 80,0{NBSP}%."
        )

    def test_nothing_shown(self) -> None:
        assert str(map_sentence(distribution([hidden(), missing()]), "Huddinge")) == (
            "Ingen siffra visas för de 2 områdena."
        )


def test_foreign_background_has_no_better() -> None:
    for name in ("foreign_background_share", "foreign_born_share"):
        indicator = catalog().indicators[name]
        assert str(better(indicator.direction)) == "har ingen riktning"
        assert not indicator.gap
