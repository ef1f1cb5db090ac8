"""An own survey split by sex: a woman's answer must not come back as the total minus the men's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plats.data import embedded
from plats.derive.run import derive
from plats.facts.query import Fact, open_facts
from plats.facts.versions import FactStore
from plats.sources.files.library import find, library, load_mapping
from plats.sources.files.load import load, load_many
from plats.vocabulary.cells import State

AREAS_AND_KEYS = (
    "scb_regso_2025_polygons",
    "municipality_area",
    "kommundel_areas",
    "key_regso_2020_kommundel",
)
# Women safe, women, men safe, men. Only in the third area did few women answer; its men and its total are many.
ANSWERS = {f"0126R{n:03d}": (60, 100, 65, 100) for n in range(1, 23)} | {"0126R003": (4, 15, 50, 80)}


@pytest.fixture(scope="module")
def by_area(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Fact]]:
    folder = tmp_path_factory.mktemp("survey")
    mapping = _mapping(folder)
    lines = [f"{code};2026;{w + m};{ws + ms};{w};{ws};{m};{ms}" for code, (w, ws, m, ms) in ANSWERS.items()]
    heading = "omrade;ar;trygga;svarande;trygga_k;svarande_k;trygga_m;svarande_m"
    file = folder / "enkat.csv"
    file.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8-sig")
    store = FactStore(folder / "home")
    load_many(store, [one for one in embedded("0126") if one[1].id in AREAS_AND_KEYS])
    load(store, file, load_mapping(mapping))
    derive(store, "0126", on=date(2026, 11, 23))
    found: dict[str, dict[str, Fact]] = {}
    for fact in open_facts(store, "0126").select(indicators=["safety_survey_share"]):
        if fact.period.text == "2026":
            found.setdefault(fact.area.code, {})[fact.sex] = fact
    return found


def _mapping(folder: Path) -> Path:
    """The survey template with its lines for women, and the same for men."""
    text = (library() / "egen_enkat.yaml").read_text(encoding="utf-8")
    extra = "".join(
        f"  - {{column: {column}_{letter}, variable: {variable}, sex: {sex}}}\n"
        for letter, sex in (("k", "women"), ("m", "men"))
        for column, variable in (("trygga", "safety_survey_safe"), ("svarande", "safety_survey_answers"))
    )
    path = folder / "min_enkat.yaml"
    path.write_text(text.replace("provenance:", extra + "provenance:", 1), encoding="utf-8")
    return path


def test_the_template_is_the_one_that_is_found_by_name() -> None:
    assert find("egen_enkat").suppression == "scb_integration"


def test_where_one_sex_is_hidden_the_other_is_too(by_area: dict[str, dict[str, Fact]]) -> None:
    third = by_area["0126R003"]
    assert third["women"].cell.state is State.HIDDEN
    assert third["men"].cell.state is State.HIDDEN
    assert third["total"].cell.denominator == 95


def test_no_area_shows_two_of_three_when_one_is_hidden(by_area: dict[str, dict[str, Fact]]) -> None:
    """Total = women + men, so one hidden among them is the other two's difference or sum."""
    for code, parts in by_area.items():
        hidden = [sex for sex, fact in parts.items() if fact.cell.state is State.HIDDEN]
        assert len(hidden) != 1, (code, hidden)


def test_another_area_hides_beside_it_in_the_kommundel(by_area: dict[str, dict[str, Fact]]) -> None:
    """Flemingsberg is RegSO 1, 2 and 3, and its own women's figure is shown."""
    assert by_area["0126K01"]["women"].cell.shows_number
    for sex in ("women", "men"):
        states = [by_area[f"0126R00{n}"][sex].cell.state for n in (1, 2, 3)]
        assert states.count(State.HIDDEN) >= 2
