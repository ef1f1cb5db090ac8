"""A site with Huddinge's places, organisations and people, and the efforts that come with the program."""

from __future__ import annotations

import pytest

from plats.facts.query import Facts
from plats.web.accounts.tests.world import World, make_world
from plats.web.efforts.embedded import load_efforts
from plats.web.partners import embedded
from plats.web.partners.tests.promising import rows_of
from plats.web.places.tests.site import _places, home, site

__all__ = ["_places", "home", "site"]


@pytest.fixture
def world(site: Facts) -> World:
    return make_world()


@pytest.fixture
def loaded(world: World) -> World:
    """With the rows of the embedded municipality."""
    embedded.load_organisations(rows_of("organisations"))
    load_efforts(rows_of("efforts"))
    return world
