"""A plan is found by its case number, or by that of the decision that adopted it, by those whose it is."""

from __future__ import annotations

import pytest

from plats.web.accounts.tests.world import World
from plats.web.common.cases import CaseKind, case_kind
from plats.web.goals.models import Plan, PlanVersion
from plats.web.goals.tests.planning import add, adopted


@pytest.fixture
def plans(world: World, draft: PlanVersion) -> CaseKind:
    add(world.analyst, draft, "Fler i arbete", problem="Många saknar arbete.")
    adopted(world.people["politician"], draft)
    kind = case_kind("plan")
    assert kind is not None
    return kind


@pytest.mark.parametrize("written", ["KS-2025/10", "KS 2025/10", "ks-2025/10"])
def test_the_registrar_finds_a_plan_by_the_decisions_case_number(
    world: World, plans: CaseKind, written: str
) -> None:
    found = plans.search(world.people["registrar"], written)
    assert [(hit.title, hit.case_number) for hit in found] == [("Verksamhetsplan (exempel)", "KS-2025/10")]


def test_another_organisations_registrar_finds_nothing(world: World, plans: CaseKind) -> None:
    other = world.others["registrar"]
    assert plans.search(other, "KS-2025/10") == []
    assert plans.find(other, Plan.objects.get().public_id) is None


@pytest.mark.parametrize("written", ["", "KS", "KS-1999/1", "%"])
def test_what_is_no_case_number_of_ours_finds_nothing(world: World, plans: CaseKind, written: str) -> None:
    assert plans.search(world.people["registrar"], written) == []


def test_a_plan_is_handed_out_with_its_versions_and_goals_each_piece_apart(
    world: World, plans: CaseKind
) -> None:
    record = plans.find(world.people["registrar"], Plan.objects.get().public_id)
    assert record is not None
    told = {piece.name: piece.text for piece in record.pieces}
    assert len(told) == len(record.pieces)
    assert told["v1-adopted_by"] == "Nämnden (exempel)"
    assert (told["v1-1-title"], told["v1-1-problem"]) == ("Fler i arbete", "Många saknar arbete.")
