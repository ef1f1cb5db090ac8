"""Organisations and people, and a plan to draft in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from plats.web.accounts.tests.world import World, make_world
from plats.web.goals.models import PlanVersion
from plats.web.goals.tests.planning import make_draft
from plats.web.places.tests.site import _places, home, site

__all__ = ["_places", "home", "site"]


@pytest.fixture
def world(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[World]:
    """Swedish, whoever asked before."""
    settings.PLATS_HOME = tmp_path
    with translation.override("sv"):
        yield make_world()


@pytest.fixture
def draft(world: World) -> PlanVersion:
    return make_draft(world)
