"""The description against the answers: a program that asks what the description allows, and some that it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from plats.facts.query import Facts
from plats.facts.versions import FactStore
from plats.web.api import limits
from plats.web.api.tests import rows
from plats.web.places.actions import sync_places
from plats.web.places.models import Place

ST = Path(sys.executable).with_name("st")


@pytest.mark.django_db(transaction=True)
def test_schemathesis_finds_nothing(
    live_server: Any, site: Facts, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A live server on this machine, with rows of every kind; every check that a description can be held to."""
    # What ran before may have emptied the tables.
    sync_places(store=FactStore(settings.PLATS_HOME), municipality="0126")
    monkeypatch.setattr(limits, "requests_per_minute", lambda: 10_000_000)
    goal = rows.goal()
    rows.wording(goal, state="adopted", title="Antagna ord (exempel)")
    place = Place.objects.order_by("pk")[0]
    for number in range(3):
        made = rows.effort(f"Insats {number} (exempel)")
        rows.belongings(made, goal=goal, place=place)
        rows.commitment(f"Löfte {number} (exempel)")
    address = f"{live_server.url}/api/v1"
    command = [str(ST), "run", f"{address}/openapi.json", "--url", address, "--checks", "all"]
    options = ["--phases", "examples,coverage,fuzzing", "--max-examples", "6", "--seed", "4"]
    run = subprocess.run(
        [*command, *options, "--generation-database", "none"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
