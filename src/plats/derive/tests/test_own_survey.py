"""A municipality's own survey, all the way: imported, derived, and small groups hidden where figures leave."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plats.data import embedded
from plats.derive.run import derive
from plats.facts.query import Fact, Facts, open_facts
from plats.facts.versions import FactStore
from plats.sources.files.library import find
from plats.sources.files.load import load, load_many
from plats.vocabulary.cells import State
from plats.vocabulary.codes import AreaKey, Division

AREAS_AND_KEYS = (
    "scb_regso_2025_polygons",
    "municipality_area",
    "kommundel_areas",
    "key_regso_2020_kommundel",
)
# 200 answers from each area and 120 who feel safe; from the third only twelve answered.
ANSWERS = {f"0126R{n:03d}": (120, 200) for n in range(1, 23)} | {"0126R003": (9, 12)}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("survey")
    file = Path(folder) / "egen_enkat_2026.csv"
    lines = [f"{code};2026;{safe};{answers}" for code, (safe, answers) in ANSWERS.items()]
    file.write_text("\n".join(["omrade;ar;trygga;svarande", *lines]) + "\n", encoding="utf-8-sig")
    store = FactStore(folder / "home")
    load_many(store, [one for one in embedded("0126") if one[1].id in AREAS_AND_KEYS])
    load(store, file, find("egen_enkat"), municipality="0126")
    derive(store, "0126", on=date(2026, 11, 23))
    return open_facts(store, "0126")


@pytest.fixture(scope="module")
def shares(facts: Facts) -> dict[str, Fact]:
    return {
        fact.area.code: fact
        for fact in facts.select(indicators=["safety_survey_share"])
        if fact.period.text == "2026"
    }


def test_a_large_group_is_shown(shares: dict[str, Fact]) -> None:
    cell = shares["0126R010"].cell
    assert (cell.value, cell.numerator, cell.denominator) == (0.6, 120, 200)


def test_a_small_group_is_hidden_without_a_trace(shares: dict[str, Fact]) -> None:
    fact = shares["0126R003"]
    assert fact.cell.state is State.HIDDEN
    assert (fact.cell.value, fact.cell.numerator, fact.cell.denominator) == (None, None, None)
    assert (fact.low, fact.high, fact.rank) == (None, None, None)


def test_the_whole_minus_the_shown_does_not_give_the_hidden(shares: dict[str, Fact]) -> None:
    """Flemingsberg is RegSO 1, 2 and 3: one more of them is hidden beside the third."""
    flemingsberg = [shares[f"0126R00{n}"] for n in (1, 2, 3)]
    assert sum(fact.cell.state is State.HIDDEN for fact in flemingsberg) >= 2
    # The kommundel and the municipality themselves are large, and are shown with all their answers.
    assert shares["0126K01"].cell.denominator == 200 + 200 + 12
    assert shares["0126"].cell.denominator == 21 * 200 + 12


def test_no_hidden_answer_is_in_the_store_readers_see(facts: Facts) -> None:
    key = AreaKey(Division.REGSO, "2020", "0126R003")
    assert "12.0" not in repr(facts.select(areas=[key], indicators=["safety_survey_share"]))
