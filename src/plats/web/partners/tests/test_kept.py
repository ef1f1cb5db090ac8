"""What steers is kept for good: by a dated rule that someone decided, never due however long one waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from plats.catalog.load import catalog
from plats.catalog.models import CatalogError
from plats.web.accounts.tests.world import World
from plats.web.common.processing import our_models, processing_of
from plats.web.partners.actions import set_duty
from plats.web.partners.models import Agreement, CitizenPromise, Commitment, DutyState
from plats.web.partners.tests.promising import make_agreement, make_commitment
from plats.web.partners.tests.test_citizen_promises import make_promise
from plats.web.registers.extracts import make_extract, subject_of
from plats.web.registers.forms import rule_choices
from plats.web.registers.processings import processing_register
from plats.web.retention.planning import RuleError, falling_due, make_plan
from plats.web.retention.registry import retained
from plats.web.retention.tests.things import local

MADE = date(2026, 6, 10)
KEPT = (Agreement, Commitment, CitizenPromise, DutyState)


@pytest.fixture
def kept(world: World) -> World:
    """One of each, all of them over and done with."""
    with time_machine.travel(local(MADE), tick=False):
        make_agreement(world.analyst, world.committee, world.police, ends_on=MADE)
        make_commitment(world.analyst, world.committee, state="kept")
        make_promise(world.analyst, world, ends_on=MADE)
        said = {"progress": "done"}
        set_duty(by=world.analyst, organisation=world.committee, duty="council", revision=0, values=said)
    return world


def test_the_rule_says_what_is_kept_from_which_day_and_who_decided() -> None:
    rule = catalog().retention_rules["steering"]
    assert rule.is_for_ever
    decided = rule.on(MADE)
    assert decided.from_ == date(2026, 1, 1)
    assert decided.decided_by
    assert "Arkivlagen" in decided.reference
    with pytest.raises(CatalogError, match="inget beslutat värde"):
        rule.on(date(2025, 12, 31))
    with pytest.raises(CatalogError, match="bevaras"):
        rule.days(MADE)


@pytest.mark.parametrize("days", [0, 1, 729, 730, 731, 1824, 1825, 1826, 36_524, 36_525])
def test_no_steering_row_is_ever_due(kept: World, days: int) -> None:
    """Around every limit that other rules have, and a hundred years on; also with a decision at hand."""
    with time_machine.travel(local(MADE + timedelta(days=days)), tick=False):
        plan = make_plan(decision="KS-2026/1")
        kinds = {one.kind for one in (*plan.items, *plan.waiting, *falling_due(365))}
    assert kinds.isdisjoint({model.object_kind for model in KEPT})
    assert all(model.objects.count() == 1 for model in KEPT)


def test_nothing_can_be_erased_by_the_rule() -> None:
    assert "steering" not in {one.rule for one in retained()}
    assert "steering" not in dict(rule_choices())
    with pytest.raises(RuleError, match="Det finns ingen gallringsregel 'steering'"):
        make_plan(decision="KS-2026/1", rules=["steering"])


def test_the_article_30_register_says_that_they_are_kept_and_by_whose_decision(world: World) -> None:
    entries = {one.name: one for group in processing_register() for one in group.entries}
    for model in KEPT:
        found = entries[str(model._meta.verbose_name_plural)].kept
        assert found is not None, model
        assert (found.days, found.counted_from, found.needs_decision) == ("bevaras", "", False)
        assert found.decided_by == "arkivansvarig, kommunledningsförvaltningen"


def test_every_owned_row_of_partners_says_how_long_it_is_kept() -> None:
    owned = [
        one for one in our_models() if one._meta.app_label == "partners" and hasattr(one, "organisation_id")
    ]
    said = {one.__name__ for one in owned if (found := processing_of(one)) and found.retention == "steering"}
    assert said == {model.__name__ for model in KEPT}


def test_an_extract_tells_that_someone_sees_to_a_row_and_not_what_the_row_says(kept: World) -> None:
    """It is about an agreement and not about them; and it is kept, which the extract says too."""
    subject = subject_of(kept.officer, account=kept.analyst.public_id)
    assert subject is not None
    sections = {one.name: one for one in make_extract(by=kept.officer, subject=subject, form="page").sections}
    found = sections["samverkansöverenskommelser"]
    assert found.kept == "bevaras"
    assert [row.tie for row in found.rows] == ["skapad av", "handläggare"]
    assert "Trygga gårdar" not in str(found)
    other = subject_of(kept.officer, account=kept.coordinator.public_id)
    assert other is not None
    named = {one.name for one in make_extract(by=kept.officer, subject=other, form="page").sections}
    assert "samverkansöverenskommelser" not in named
