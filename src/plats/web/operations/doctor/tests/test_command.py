from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from plats.cli.main import main
from plats.web.operations.doctor.examine import CHECKS

pytestmark = pytest.mark.django_db


def test_the_command_tells_programs_every_check_and_ends_with_1_when_something_is_wrong(home: Path) -> None:
    """An empty home has no figures, which is an error."""
    done = CliRunner().invoke(main, ["doctor", "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert not told["healthy"]
    assert {one["check"] for one in told["findings"]} == {check.id for check in CHECKS}
    (figures,) = [one for one in told["findings"] if one["check"] == "figures_present"]
    assert figures["severity"] == "error"
    assert "plats init" in figures["advice"]


def test_people_are_told_what_is_wrong_and_with_all_what_is_right(home: Path) -> None:
    short = CliRunner().invoke(main, ["doctor"]).output
    assert "FEL     figures_present" in short
    assert "ok      " not in short
    assert "ok      database_answers" in CliRunner().invoke(main, ["doctor", "--all"]).output


def test_with_warnings_only_it_ends_with_0(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plats.web.operations.doctor import examine
    from plats.web.operations.doctor.running import LastDrill

    monkeypatch.setattr(examine.examine, "__defaults__", ((LastDrill,),))
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 0
    assert "varning last_drill" in done.output
