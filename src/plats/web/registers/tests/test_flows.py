"""The register of data flows: what goes from whom to whom, narrowed, and as a file in which no text is a formula."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from plats.web.accounts.tests.world import World
from plats.web.registers.flows import FlowFilters, FlowState, flows
from plats.web.registers.tests.conftest import SignIn
from plats.web.registers.tests.test_processings import share


@pytest.fixture
def shared(world: World) -> World:
    """One flow in each state."""
    today = timezone.localdate()
    share(world, title="Gäller")
    share(world, title="Kommer", valid_from=today + timedelta(days=1))
    share(world, title="Återkallad", revoked_at=timezone.now())
    share(world, title="Förbi", valid_from=today - timedelta(days=9), valid_until=today - timedelta(days=1))
    return world


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (FlowState.IN_FORCE, "Gäller"),
        (FlowState.COMING, "Kommer"),
        (FlowState.WITHDRAWN, "Återkallad"),
        (FlowState.PAST, "Förbi"),
    ],
)
def test_a_flow_is_in_one_state_and_found_by_it(shared: World, state: FlowState, title: str) -> None:
    found = flows(shared.officer, FlowFilters(state=state))
    assert [(one.title, one.state) for one in found] == [(title, state)]


def test_the_last_day_is_in_force_and_the_day_after_is_past(world: World) -> None:
    today = timezone.localdate()
    share(world, title="Sista dagen", valid_from=today, valid_until=today)
    share(world, title="I går", valid_from=today - timedelta(days=2), valid_until=today - timedelta(days=1))
    assert {one.title: one.state for one in flows(world.officer, FlowFilters())} == {
        "Sista dagen": FlowState.IN_FORCE,
        "I går": FlowState.PAST,
    }


def test_flows_are_narrowed_by_giver_and_taker(shared: World) -> None:
    share(shared, title="Till bostadsbolaget", to_organisation=shared.housing)
    found = flows(shared.officer, FlowFilters(taker=shared.housing.public_id))
    assert [one.title for one in found] == ["Till bostadsbolaget"]
    assert flows(shared.officer, FlowFilters(giver=shared.housing.public_id)) == []


def test_a_registrar_sees_the_flows_of_their_own_organisation_only(shared: World) -> None:
    share(shared, title="Andras", from_organisation=shared.housing)
    assert "Andras" not in [one.title for one in flows(shared.people["registrar"], FlowFilters())]
    assert "Andras" in [one.title for one in flows(shared.officer, FlowFilters())]


def test_the_file_is_narrowed_as_the_page_and_has_no_formula(world: World, signed_in: SignIn) -> None:
    share(world, title="=HYPERLINK(1)", purpose="+46 och @SUM(A1)")
    share(world, title="Återkallad", revoked_at=timezone.now())
    answer = signed_in(world.officer).get(reverse("registers:flows_file"), {"state": "in_force"})
    header, row = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    told = dict(zip(header, row, strict=True))
    assert (told["Vad"], told["Läge"]) == ("'=HYPERLINK(1)", "gäller")
    assert told["Ändamål"].startswith("'+46")


def test_a_choice_that_is_none_narrows_nothing(shared: World, signed_in: SignIn) -> None:
    page = signed_in(shared.officer).get(reverse("registers:flows"), {"giver": "x", "state": "'; DROP"})
    assert page.status_code == 200
    assert len(page.context["flows"]) == 4
