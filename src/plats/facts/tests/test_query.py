"""Queries: typed cells, what is hidden stays hidden, and the newest version is the one that answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from plats.facts.query import Facts, RankInterval, open_facts
from plats.facts.snapshots import Provenance
from plats.facts.tests.stores import indicator, put, rows, store_in
from plats.facts.versions import EmptyStoreError, FactStore
from plats.vocabulary.cells import State
from plats.vocabulary.codes import AreaKey, Division

INTERVAL = {"low": 0.55, "high": 0.65, "rank_low": 1, "rank_high": 3, "rank_of": 5}
NATION = {"division": "nation", "edition": "", "municipality": ""}


@pytest.fixture
def store(tmp_path: Path) -> FactStore:
    store = FactStore(tmp_path)
    counted = {"numerator": 60.0, "denominator": 100.0}
    figures = [
        indicator("0126R001", 0.6, **counted, **INTERVAL),
        # Derivation still knows the value; the exit hides it.
        indicator("0126R002", 0.2, numerator=4.0, denominator=20.0, **INTERVAL) | {"shown": "hidden"},
        indicator("0126R003", None, "missing", reason="Källan har ingen siffra för området."),
        indicator("0126R004", None, "not_applicable"),
        indicator("0126R005", 0.5, "unstable", reason="Få personer."),
        indicator("0126R001", 0.5, period="2021"),
        indicator("0127R001", 0.9),
        indicator("00", 0.77, **NATION),
    ]
    put(store, indicators=rows("indicators", *figures))
    return store


@pytest.fixture
def facts(store: FactStore) -> Facts:
    return open_facts(store, "0126")


def regso(code: str) -> AreaKey:
    return AreaKey(Division.REGSO, "2020", code)


def test_a_hidden_figure_leaves_without_anything_it_could_be_worked_out_from(facts: Facts) -> None:
    (fact,) = facts.select(areas=[regso("0126R002")])
    assert fact.cell.state is State.HIDDEN
    assert (fact.cell.value, fact.cell.numerator, fact.cell.denominator) == (None, None, None)
    assert (fact.low, fact.high, fact.rank) == (None, None, None)
    assert fact.cell.reason == "Gruppen är så liten att enskilda personer kan kännas igen."


def test_no_hidden_number_is_anywhere_in_what_is_given_out(facts: Facts) -> None:
    said = repr(facts.select(areas=[regso("0126R002")]))
    for number in ("0.2", "4.0", "20.0", "0.55", "0.65"):
        assert number not in said


@pytest.mark.parametrize(
    ("code", "state", "value"),
    [
        ("0126R001", State.VALUE, 0.6),
        ("0126R003", State.MISSING, None),
        ("0126R004", State.NOT_APPLICABLE, None),
        ("0126R005", State.UNSTABLE, 0.5),
    ],
)
def test_each_state_comes_as_itself(facts: Facts, code: str, state: State, value: float | None) -> None:
    fact = facts.select(areas=[regso(code)])[-1]
    assert (fact.cell.state, fact.cell.value) == (state, value)


def test_a_shown_figure_has_its_parts_and_intervals(facts: Facts) -> None:
    fact = facts.select(areas=[regso("0126R001")])[-1]
    assert (fact.cell.numerator, fact.cell.denominator, fact.low, fact.high) == (60, 100, 0.55, 0.65)
    assert fact.rank == RankInterval(1, 3, 5)


def test_only_the_municipality_and_the_nation_are_read_from_home(facts: Facts) -> None:
    seen = {fact.area.code for fact in facts.select()}
    assert seen == {"0126R001", "0126R002", "0126R003", "0126R004", "0126R005", "00"}
    assert facts.select(areas=[regso("0127R001")]) == []


def test_the_rest_of_the_country_comes_when_asked_for(facts: Facts) -> None:
    elsewhere = [
        fact
        for name in {fact.indicator for fact in facts.select()}
        for fact in facts.select_nationwide(indicators=[name], division=(Division.REGSO, ["2020"]))
        if fact.area == regso("0127R001")
    ]
    assert [fact.cell.value for fact in elsewhere] == [0.9]


def test_figures_come_in_order_of_area_and_time(facts: Facts) -> None:
    keys = [(fact.area.code, fact.period.text) for fact in facts.select(division=(Division.REGSO, ["2020"]))]
    assert keys[:2] == [("0126R001", "2021"), ("0126R001", "2022")]
    assert keys == sorted(keys)


def test_conditions_narrow(facts: Facts) -> None:
    assert facts.select(indicators=["no_such"]) == []
    assert facts.select(areas=[]) == []
    assert facts.select(division=(Division.REGSO, ["2025"])) == []
    assert {f.area.code for f in facts.select(division=(Division.NATION, [""]))} == {"00"}


def test_each_question_is_counted_once(facts: Facts) -> None:
    before = facts.asked
    facts.select(areas=[regso("0126R001"), regso("0126R002")], indicators=["employed_share"])
    assert facts.asked == before + 1


def test_a_new_version_is_picked_up_and_an_open_reader_keeps_its_own(store: FactStore) -> None:
    old = open_facts(store, "0126")
    assert open_facts(store, "0126") is old
    put(store, indicators=rows("indicators", indicator("0126R001", 0.1)))
    new = open_facts(store, "0126")
    assert [fact.cell.value for fact in new.select()] == [0.1]
    assert old.select(areas=[regso("0126R001")])[-1].cell.value == 0.6


def test_readers_of_two_municipalities_do_not_mix(store: FactStore) -> None:
    other = open_facts(store, "0127")
    assert {fact.area.code for fact in other.select()} == {"0127R001", "00"}


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EmptyStoreError, match="plats init"):
        open_facts(FactStore(tmp_path / "nothing"), "0126")


def test_a_folder_name_with_a_quote_is_read(tmp_path: Path) -> None:
    facts = open_facts(store_in(tmp_path / "d'Artagnan"), "0126")
    assert len(facts.select()) == 1


def test_a_code_is_a_value_and_never_sql(facts: Facts) -> None:
    assert facts.select(indicators=["x') OR true --"]) == []


def test_the_chain_behind_a_figure_ends_in_its_source(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    file = tmp_path / "tabell.csv"
    file.write_text("area,employed\n", encoding="utf-8")
    source = Provenance("SCB", "Sysselsatta", "000005FM", "https://www.scb.se/", "CC0 1.0", "2026-11-23")
    frozen = store.snapshots.put(file, file.name, source)
    steps = [
        {
            "lineage": "chain",
            "step": 1,
            "kind": "method",
            "dataset": "andel-i-omrade",
            "snapshot": "",
            "note": "share/1",
        },
        {
            "lineage": "chain",
            "step": 0,
            "kind": "source",
            "dataset": "labour",
            "snapshot": frozen.sha256,
            "note": "",
        },
        {"lineage": "elsewhere", "step": 0, "kind": "source", "dataset": "x", "snapshot": "", "note": ""},
    ]
    put(store, indicators=rows("indicators", indicator("0126R001", 0.6)), lineage=rows("lineage", *steps))
    chains = open_facts(store, "0126").lineage
    assert chains.keys() == {"chain"}
    assert [(step.kind, step.provenance) for step in chains["chain"]] == [
        ("source", source),
        ("method", None),
    ]
