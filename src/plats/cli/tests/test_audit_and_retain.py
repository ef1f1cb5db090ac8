"""`plats audit` and `plats retain`: what they say, what they return, and what they change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result
from django.conf import LazySettings

from plats.cli.main import main
from plats.web.accounts.tests.world import World, make_world
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.tests.chains import make_chain
from plats.web.audit.verified import last_verification
from plats.web.retention.models import Tombstone
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain
from plats.web.retention.tests.things import MAKERS, local

EVENT, LATER = date(2026, 6, 10), local(date(2033, 1, 1))


@pytest.fixture
def home(
    transactional_db: None, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    settings.PLATS_HOME = tmp_path
    monkeypatch.setenv("PLATS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def aged(home: Path) -> Iterator[World]:
    """One of every kind, all long past their days; the clock stands seven years on."""
    world = make_world()
    for make in MAKERS.values():
        make(world, local(EVENT))
    with time_machine.travel(LATER, tick=False):
        yield world


def plats(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def answer(*words: str, code: int = 0) -> Any:
    return json.loads(plats(*words, "--json", code=code).stdout)


# audit


def test_a_whole_chain_is_told_with_what_is_erased_by_which_decision(home: Path) -> None:
    make_chain()
    said = plats("audit", "verify").output
    assert f"{AuditEntry.objects.count()} poster prövade." in said
    assert "3 poster är raderade enligt KS-2026/5." in said
    assert "Loggen är hel" in said
    assert answer("audit", "verify")["erased"] == {"KS-2026/5": 3, "KS-2026/6": 3}
    last = last_verification()
    assert last is not None
    assert (last.entries, last.whole, last.erased) == (AuditEntry.objects.count(), True, 6)


def test_a_finding_is_told_with_what_to_do_and_code_1(home: Path) -> None:
    make_chain()
    AuditEntry.objects.filter(pk=7).update(actor="någon annan")
    said = plats("audit", "verify", code=1).output
    assert "Post 7: Posten har ändrats efter att den skrevs." in said
    assert "Rör inte databasen." in said
    found = answer("audit", "verify", code=1)
    assert (found["whole"], len(found["findings"])) == (False, 1)
    last = last_verification()
    assert last is not None
    assert not last.whole


def test_a_lost_or_changed_journal_is_a_finding(aged: World, home: Path) -> None:
    retain(by=None, plan=make_plan(decision="KS-2033/1"))
    assert answer("audit", "verify")["whole"]
    journal = home / "erasures.jsonl"
    content = journal.read_bytes()
    journal.write_bytes(content.replace(b"KS-2033/1", b"KS-2033/2"))
    assert "inte som den skrevs" in answer("audit", "verify", code=1)["findings"][0]
    journal.unlink()
    assert "saknas i erasures.jsonl" in answer("audit", "verify", code=1)["findings"][0]
    plats("retain")
    assert answer("audit", "verify")["whole"]


def test_the_chain_is_exported_without_values(home: Path, tmp_path: Path) -> None:
    make_chain()
    target = tmp_path / "logg.jsonl"
    plats("audit", "export", str(target))
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [one["sequence"] for one in lines] == list(range(1, AuditEntry.objects.count() + 1))
    assert [one["hash"] for one in lines] == list(
        AuditEntry.objects.order_by("pk").values_list("hash", flat=True)
    )
    assert "exempel.se" in "".join(AuditValues.objects.values_list("values", flat=True))
    assert "exempel.se" not in target.read_text(encoding="utf-8")


# retain


@pytest.mark.parametrize(
    "words", [[], ["--decision", "KS-2033/1"], ["--decision", "KS-2033/1", "--rule", "release"]]
)
def test_a_dry_run_prints_what_the_run_then_does(aged: World, words: list[str]) -> None:
    listed = answer("retain", "--dry-run", *words)
    assert Tombstone.objects.count() == 0
    done = answer("retain", *words)
    assert listed["erased"] == done["erased"]
    assert listed["erased"]
    stones = sorted(
        (one.kind, one.object_id, one.count, one.rule, str(one.event_on), str(one.due_on), one.decision)
        for one in Tombstone.objects.all()
    )
    assert stones == sorted(tuple(row.values()) for row in listed["erased"])


def test_the_lines_are_the_same_too(aged: World) -> None:
    listed = plats("retain", "--dry-run").output.splitlines()
    done = plats("retain").output.splitlines()
    assert [line for line in listed if line.startswith("  ")] == [
        line for line in done if line.startswith("  ")
    ]
    assert done[-2:] == [
        "Gallrade 6.",
        "2 väntar på beslut (audit_values, release). Ange det med --decision.",
    ]
    assert plats("retain").output.splitlines()[0] == "Gallrade 0."


def test_a_rule_that_does_not_exist_and_a_wrong_number_are_told(aged: World) -> None:
    assert (
        "Det finns ingen gallringsregel 'handlingar'"
        in plats("retain", "--rule", "handlingar", code=1).output
    )
    assert "personuppgift" in plats("retain", "--decision", "19811218-9876", code=1).output
    assert Tombstone.objects.count() == 0
