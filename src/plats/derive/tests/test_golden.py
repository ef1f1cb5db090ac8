"""Huddinge's published figures, worked out from the embedded tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.catalog.load import catalog
from plats.data import embedded
from plats.derive.figures import read_figures
from plats.derive.readings import distributions, place_readings
from plats.derive.routes import Routes
from plats.derive.run import DeriveResult, derive, derived_as_now
from plats.facts.query import Fact, Facts, open_facts
from plats.facts.versions import FactStore
from plats.sources.files.load import load_many
from plats.vocabulary.codes import AreaKey, Division

Look = Callable[..., Fact]

FLEMINGSBERG_WEST = "0126R001"
HUDDINGE = "municipality::0126"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FactStore:
    store = FactStore(tmp_path_factory.mktemp("golden"))
    load_many(store, embedded("0126"))
    return store


@pytest.fixture(scope="module")
def made(store: FactStore) -> DeriveResult:
    return derive(store, "0126", on=date(2026, 11, 23))


@pytest.fixture(scope="module")
def facts(store: FactStore, made: DeriveResult) -> Facts:
    return open_facts(store, "0126")


@pytest.fixture(scope="module")
def named(facts: Facts) -> dict[str, AreaKey]:
    """The 22 RegSO of 2020 by name."""
    return {
        area.name: key
        for key, area in facts.areas.items()
        if (key.division, key.edition) == (Division.REGSO, "2020")
    }


@pytest.fixture(scope="module")
def look(facts: Facts, named: dict[str, AreaKey]) -> Look:
    """One figure: indicator, area by key or RegSO name, period."""
    every = {(fact.indicator, str(fact.area), fact.period.text): fact for fact in facts.select()}

    def found(indicator: str, area: str, period: str = "2022") -> Fact:
        return every[indicator, str(named.get(area, area)), period]

    return found


@pytest.mark.parametrize(
    ("area", "percent"),
    [("Fullersta norra", 82.65), ("Vårby gård", 66.68), ("Flemingsberg västra", 60.05), (HUDDINGE, 76.56)],
)
def test_employment_2022(look: Look, area: str, percent: float) -> None:
    assert round(100 * look("employed_share", area).cell.number, 2) == percent


@pytest.mark.parametrize(("area", "percent"), [("Flemingsberg västra", 35.41), ("Trångsund", 3.01)])
def test_low_economic_standard_weighted_from_deso(look: Look, area: str, percent: float) -> None:
    fact = look("low_economic_standard_share", area)
    assert round(100 * fact.cell.number, 2) == percent
    assert fact.method == "weighted_percent/1"


@pytest.mark.parametrize(("period", "people"), [("2022", 114_504), ("2023", 113_920)])
def test_the_municipality_has_its_published_population(look: Look, period: str, people: int) -> None:
    assert look("population", HUDDINGE, period).cell.number == people


def test_turnout_2018_counts_the_collection_district(look: Look) -> None:
    cell = look("turnout_riksdag", HUDDINGE, "riksdag-2018").cell
    assert (cell.numerator, cell.denominator) == (61_869, 72_839)
    assert round(100 * cell.number, 2) == 84.94


def test_turnout_2018_is_not_the_mean_of_districts(look: Look, facts: Facts) -> None:
    districts = [
        fact.cell.number
        for fact in facts.select(indicators=["turnout_riksdag"])
        if fact.area.division == Division.ELECTORAL_DISTRICT and fact.cell.shows_number
    ]
    mean = round(100 * sum(districts) / len(districts), 2)
    assert mean != 84.94
    assert round(100 * look("turnout_riksdag", HUDDINGE, "riksdag-2018").cell.number, 2) != mean


def test_turnout_2022_is_not_given_since_electors_per_district_are_not_published(facts: Facts) -> None:
    shown = [fact for fact in facts.select() if fact.period.text == "riksdag-2022" and fact.cell.shows_number]
    assert {fact.indicator for fact in shown} == {"votes_cast_riksdag"}


@pytest.mark.parametrize("variable", ["population", "born_sweden"])
def test_deso_summed_by_the_key_is_the_published_regso(store: FactStore, variable: str) -> None:
    """By the crosswalk, not by RegSO's own column: 22 of 22 are equal."""
    version = store.current()
    figures = read_figures(version.table("observations"), version.table("areas"), {})
    regso, deso = figures.layers["regso", "2020"], figures.layers["deso", "2018"]
    way = next(
        route
        for route in Routes(figures, version.table("crosswalks")).to(("regso", "2020"))
        if route.source == ("deso", "2018")
    )
    summed = way.move(deso.column(variable, "2022", "total").values)
    published = regso.column(variable, "2022", "total").values
    assert len(published) == 22
    assert way.exact
    assert summed.tolist() == published.tolist()
    assert not np.isnan(published).any()


def test_how_apart_people_of_foreign_background_live(facts: Facts) -> None:
    cells = [
        fact.cell
        for fact in facts.select(indicators=["foreign_background_share"])
        if fact.area.division == Division.DESO and fact.period.text == "2022"
    ]
    assert len(cells) == 60
    parts = [cell.numerator for cell in cells], [cell.denominator for cell in cells]
    assert round(dissimilarity(*parts), 6) == 0.412710


def test_area_types_are_as_loaded(store: FactStore, facts: Facts) -> None:
    shown = {
        (fact.area.code, fact.period.text): fact.cell.value
        for fact in facts.select(indicators=["area_type"])
        if fact.area.edition == "2020" and fact.area.division == Division.REGSO
    }
    loaded = {
        (row["area"], row["period"]): row["value"]
        for row in store.current().table("observations").to_pylist()
        if row["variable"] == "area_type"
    }
    assert shown == loaded
    assert Counter(period for _, period in shown) == {"2022": 22, "2023": 22}
    assert set(shown.values()) <= {1, 2, 3, 4, 5}


def test_an_area_type_is_never_put_together(facts: Facts) -> None:
    shown = [fact for fact in facts.select(indicators=["area_type"]) if fact.cell.shows_number]
    assert {fact.area.division for fact in shown} == {Division.REGSO}


def test_kommundelar_add_up_to_the_municipality(facts: Facts, look: Look) -> None:
    people = [
        fact.cell.number
        for fact in facts.select(indicators=["population"])
        if fact.area.division == Division.KOMMUNDEL and fact.period.text == "2022"
    ]
    assert len(people) == 7
    assert sum(people) == 114_504


def test_every_figure_has_a_chain_that_ends_in_sources(facts: Facts) -> None:
    for fact in facts.select():
        steps = facts.lineage[fact.lineage]
        assert steps[-1].kind == "method"
        if fact.cell.shows_number:
            sources = [step for step in steps if step.kind == "source"]
            assert sources
            assert all(step.provenance is not None for step in sources)


def test_ranks_are_intervals_that_hold_at_most_all(facts: Facts) -> None:
    ranked = [fact.rank for fact in facts.select() if fact.rank is not None]
    assert ranked
    assert all(1 <= rank.low <= rank.high <= rank.of for rank in ranked)


def test_an_interval_holds_its_value(facts: Facts) -> None:
    held = [fact for fact in facts.select() if fact.low is not None and fact.high is not None]
    assert held
    assert all(0 <= fact.low <= fact.cell.number <= fact.high <= 1 for fact in held)  # type: ignore[operator]


def test_two_sources_do_not_contradict_each_other(made: DeriveResult) -> None:
    assert made.disagreements == ()


def test_the_store_knows_by_what_it_was_derived(store: FactStore, made: DeriveResult) -> None:
    assert derived_as_now(store, "0126")
    assert not derived_as_now(store, "0127")
    assert store.current().problems() == []


def test_deriving_again_gives_the_same_figures(store: FactStore, made: DeriveResult, tmp_path: Path) -> None:
    again = derive(store, "0126", on=date(2026, 11, 23))
    assert again.version.table("indicators") == made.version.table("indicators")
    assert again.version.table("percentiles") == made.version.table("percentiles")


def test_income_gives_no_direction_for_its_gap(facts: Facts) -> None:
    assert catalog().indicators["mean_wage_income"].no_direction_until is not None


@pytest.mark.parametrize("area", ["regso:2020:0126R001", "deso:2018:0126C1010"])
def test_readings_have_swedens_percentiles(facts: Facts, area: str) -> None:
    known = {key[:2] for key in facts.percentiles}
    key = AreaKey.parse(area)
    readings = place_readings(facts, catalog(), [key])
    shares = [
        one
        for one in readings
        if (one.indicator.id, str(key.division)) in known and one.fact.cell.shows_number
    ]
    assert len(shares) > 20
    assert all(one.percentile is not None and 0 <= one.percentile <= 100 for one in shares)


def test_the_poorest_area_of_huddinge_is_among_swedens_poorest(facts: Facts) -> None:
    """35.41 percent with low economic standard: at least nine of ten Swedish RegSO have less."""
    (reading,) = [
        one
        for one in place_readings(facts, catalog(), [AreaKey(Division.REGSO, "2020", FLEMINGSBERG_WEST)])
        if one.indicator.id == "low_economic_standard_share"
    ]
    assert reading.percentile is not None
    assert reading.percentile >= 90


def test_a_distribution_has_every_area_once(facts: Facts) -> None:
    (found,) = distributions(facts, catalog(), ["employed_share"], Division.REGSO).values()
    assert len(found.facts) == len({fact.area.code for fact in found.facts}) == 22
    assert found.period == "2022"
    assert found.municipality is not None
    assert round(100 * found.municipality.cell.number, 2) == 76.56


def test_area_types_of_all_sweden() -> None:
    """SCB's counts of the five types 2022, and Huddinge's 22 as in the national table."""
    path = Path("../shared/data/sverige/regso_omradestyp_2022.csv")
    if not path.exists():
        pytest.skip("Mappen ../shared/data finns inte, så landets områdestyper kan inte räknas.")
    import csv

    with path.open(encoding="utf-8-sig", newline="") as handle:
        types = {row["regsokod"]: int(row["omradestyp_2022"]) for row in csv.DictReader(handle)}
    counted = Counter(types.values())
    assert [counted[number] for number in range(1, 6)] == [160, 289, 855, 1770, 289]
    table = next(source for source, mapping in embedded("0126") if mapping.id == "scb_regso_area_types")
    with table.open(encoding="utf-8", newline="") as handle:
        ours = {row["area"]: int(row["area_type_2022"]) for row in csv.DictReader(handle)}
    assert ours == {code: number for code, number in types.items() if code.startswith("0126")}
