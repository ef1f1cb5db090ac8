from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from plats.facts.versions import FactStore
from plats.web.operations.doctor.figures import FiguresDerived, FiguresPresent, Reviews
from plats.web.operations.doctor.tests.conftest import said, severities
from plats.web.places.tests.loaded import copy_of, huddinge_home


@pytest.fixture
def derived(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, settings: Settings) -> FactStore:
    store = copy_of(huddinge_home(tmp_path_factory), tmp_path / "huddinge")
    settings.PLATS_HOME = store.home
    return store


def test_an_empty_home_has_no_figures(home: Path) -> None:
    assert severities(FiguresPresent) == ["error"]
    assert severities(FiguresDerived) == []


def test_derived_figures_are_well_until_the_definitions_change(
    derived: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(FiguresPresent) == []
    assert said(FiguresDerived) == []
    monkeypatch.setattr("plats.derive.run.definitions_hash", lambda: "other")
    assert severities(FiguresDerived) == ["warning"]


def test_a_table_that_was_changed_is_an_error(derived: FactStore) -> None:
    table = derived.current().file("areas")
    table.write_bytes(table.read_bytes() + b"x")
    ((severity, sentence),) = said(FiguresPresent)
    assert severity == "error"
    assert "areas" in sentence


def test_reviews_that_have_passed_are_told_with_their_number() -> None:
    with time_machine.travel(date(2026, 11, 27), tick=False):
        assert said(Reviews) == []
    with time_machine.travel(date(2036, 1, 1), tick=False):
        ((severity, sentence),) = said(Reviews)
    assert severity == "warning"
    assert int(sentence.split(" ", maxsplit=1)[0]) > 50
