from __future__ import annotations

from collections.abc import Iterator

from plats.web.operations.doctor import database
from plats.web.operations.doctor.check import Check, Finding, Severity
from plats.web.operations.doctor.examine import CHECKS, examine


class Well(Check):
    id = "well"
    title = "Allt är väl"

    def findings(self) -> Iterator[Finding]:
        yield from ()


class Breaks(Check):
    id = "breaks"
    title = "Något går sönder"

    def findings(self) -> Iterator[Finding]:
        raise ValueError("Anna Andersson")


class Asks(Check):
    id = "asks"
    title = "Frågar databasen"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        yield self.warning("Något.", "Gör något.")


class Silent(database.DatabaseAnswers):
    def findings(self) -> Iterator[Finding]:
        yield self.error("Svarar inte.", "Starta den.")


def test_a_check_that_breaks_is_a_finding_and_stops_no_other() -> None:
    broken, well = examine([Breaks, Well])
    assert (broken.severity, well.severity) == (Severity.ERROR, Severity.OK)
    assert "Något går sönder" in broken.sentence
    # What it broke on may be someone's data.
    assert "Anna" not in broken.sentence


def test_when_the_database_is_away_that_is_said_once(monkeypatch: object) -> None:
    monkeypatch.setattr(database, "DatabaseAnswers", Silent)  # type: ignore[attr-defined]
    assert [one.check for one in examine([Silent, Asks, Well])] == ["database_answers", "well"]


def test_every_check_has_an_id_of_its_own_and_a_title() -> None:
    ids = [check.id for check in CHECKS]
    assert len(set(ids)) == len(ids) > 30
    assert all(check.title[0].isupper() and check.title[-1] not in ".?!" for check in CHECKS)
