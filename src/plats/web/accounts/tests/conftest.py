"""Five organisations and their people, for every test here that asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from plats.web.accounts.tests.world import World, make_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Swedish, whoever asked before."""
    with translation.override("sv"):
        yield make_world()
