"""Out, in and out again: the same to the cell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plats.web.accounts.models import Organisation
from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.actions import do_plan
from plats.web.efforts.exchange.content import header
from plats.web.efforts.exchange.export import export_efforts
from plats.web.efforts.exchange.planning import Fate, plan_file
from plats.web.efforts.exchange.tests.making import exported, file_of, make_effort, make_goal
from plats.web.efforts.models import (
    Effort,
    EffortGoal,
    EffortPartner,
    EffortPlace,
    EffortResource,
    ServiceReach,
)
from plats.web.places.models import Place

WORD = st.text(st.characters(exclude_categories=("Cc", "Cs", "Nd", "Zl", "Zp")) | st.just("\n"), max_size=20)
TEXT = WORD.filter(lambda text: "@" not in text and "_x" not in text)


@st.composite
def efforts(draw: st.DrawFn) -> dict[str, Any]:
    ages = draw(st.none() | st.tuples(st.integers(0, 20), st.integers(21, 90)))
    return {
        "title": draw(TEXT.filter(bool)),
        "summary": draw(TEXT),
        "kind": draw(st.sampled_from(["school", "leisure", "gvi"])),
        "state": draw(st.sampled_from(["unknown", "planned", "ended"])),
        "problem": draw(TEXT.filter(bool)),
        "cause": draw(TEXT.filter(bool)),
        "factor_kind": draw(st.sampled_from(["", "protective", "risk"])),
        "starts_on": draw(st.none() | st.dates(date(2000, 1, 1), date(2020, 1, 1))),
        "ends_on": draw(st.none() | st.dates(date(2021, 1, 1), date(2040, 1, 1))),
        "age_from": ages and ages[0],
        "age_to": ages and ages[1],
        "effect_size": draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        "group_size": draw(st.none() | st.integers(0, 2_000_000)),
    }


def _belong(effort: Effort, draw: Any, partner: Organisation, goal: Any) -> None:
    first, second = Place.objects.filter(slug__in=["exempelgarden", "exempelhojden"]).order_by("pk")
    known = st.none() | st.integers(0, 2_000_000_000)
    with unrecorded("what belongs to an effort that goes out and in"):
        EffortPlace.objects.create(
            effort=effort, place=first, share_millionths=draw(st.none() | st.just(333_333))
        )
        EffortPlace.objects.create(
            effort=effort, place=second, share_millionths=draw(st.integers(0, 600_000))
        )
        EffortPartner.objects.create(effort=effort, organisation=partner, part=draw(TEXT))
        EffortGoal.objects.create(effort=effort, goal=goal)
        EffortResource.objects.create(
            effort=effort,
            year=2026,
            source=draw(TEXT),
            amount_ore=draw(st.none() | st.integers(0, 2**62)),
            hours=draw(known),
            seats=draw(known),
        )
        ServiceReach.objects.create(
            effort=effort,
            place=first,
            where=draw(TEXT),
            without_appointment=draw(st.none() | st.booleans()),
            waiting_days=draw(st.none() | st.integers(0, 365)),
            easy_text=draw(TEXT),
        )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_out_and_in_and_out_is_the_same_to_the_cell(world: World, suffix: str, data: st.DataObject) -> None:
    with unrecorded("anew for each draw"):
        Effort.objects.all().delete()
    goal = make_goal(world.committee)
    for values in data.draw(st.lists(efforts(), min_size=1, max_size=6)):
        _belong(make_effort(world.committee, **values), data.draw, world.housing, goal)
    first = export_efforts(by=None, suffix=suffix)
    unchanged = plan_file(first, suffix, by=None)
    assert unchanged.counts[Fate.UNCHANGED] == len(unchanged.rows), [row.faults for row in unchanged.rows]

    # As new rows in an empty table: every cell comes back.
    cells = [{**row, "Id": "", "Ändring": ""} for row in exported(None, suffix)]
    with unrecorded("an empty table"):
        Effort.objects.all().delete()
    do_plan(by=None, plan=plan_file(file_of(*cells, suffix=suffix), suffix, by=None))
    names = header()[2:]
    again = [{name: row[name] for name in names} for row in exported(None, suffix)]
    assert sorted(again, key=str) == sorted(({name: row[name] for name in names} for row in cells), key=str)
