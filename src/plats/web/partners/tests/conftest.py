"""Organisations and people, and what comes with the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from plats.web.accounts.tests.world import World, make_world
from plats.web.partners import embedded
from plats.web.partners.models import Commitment
from plats.web.partners.tests.promising import make_commitment, rows_of


@pytest.fixture
def world(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[World]:
    """Swedish, whoever asked before."""
    settings.PLATS_HOME = tmp_path
    with translation.override("sv"):
        yield make_world()


@pytest.fixture
def loaded(world: World) -> World:
    """With the rows of the embedded municipality."""
    embedded.load_organisations(rows_of("organisations"))
    embedded.load_agreements(rows_of("agreements"))
    embedded.load_commitments(rows_of("commitments"))
    return world


@pytest.fixture
def commitment(world: World) -> Commitment:
    """The housing company's, not published."""
    return make_commitment(world.lead, world.housing)
