"""Organisations, people, places and a folder of one's own for files, for every test here that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from plats.web.accounts.tests.world import World, make_world
from plats.web.documents.models import Document
from plats.web.documents.tests.places import make_document, make_place
from plats.web.places.models import Place


@pytest.fixture
def home(settings: LazySettings, tmp_path: Path) -> Path:
    """The test's own PLATS_HOME: files lie in `home / "files"`."""
    settings.PLATS_HOME = tmp_path
    return tmp_path


@pytest.fixture
def world(db: None, home: Path) -> Iterator[World]:
    """Swedish, whoever asked before."""
    with translation.override("sv"):
        yield make_world()


@pytest.fixture
def varby(db: None) -> Place:
    return make_place("regso", "varby-gard", "Vårby gård", "0126R020")


@pytest.fixture
def skogas(db: None) -> Place:
    return make_place("regso", "skogas-ostra", "Skogås östra", "0126R015")


@pytest.fixture
def document(world: World) -> Document:
    return make_document(world.analyst, world.committee, description="Tunneln är mörk.")
