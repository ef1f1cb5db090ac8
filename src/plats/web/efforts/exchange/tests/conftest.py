"""Two committees with people, and places to point at."""

from __future__ import annotations

import pytest

from plats.web.accounts.tests.world import World, make_world
from plats.web.places.models import Place


@pytest.fixture
def world(db: None) -> World:
    return _made()


@pytest.fixture
def transactional_world(transactional_db: None) -> World:
    """The same where a worker commits."""
    return _made()


# Internals


def _made() -> World:
    made = make_world()
    for slug in ("exempelgarden", "exempelhojden"):
        Place.objects.create(municipality="0126", division="regso", slug=slug, name=slug.capitalize())
    return made
