"""Plans, goals and efforts are kept for good, and the register says so."""

from __future__ import annotations

import pytest

from plats.web.accounts.tests.world import World
from plats.web.efforts.models import Effort
from plats.web.goals.models import Goal, Plan
from plats.web.registers.processings import processing_register


@pytest.mark.parametrize("model", [Plan, Goal, Effort])
def test_the_article_30_register_says_that_they_are_kept(world: World, model: type) -> None:
    named = str(model._meta.verbose_name_plural)  # type: ignore[attr-defined]
    entries = {one.name: one for group in processing_register() for one in group.entries}
    kept = entries[named].kept
    assert kept is not None
    assert (kept.days, kept.needs_decision) == ("bevaras", False)
