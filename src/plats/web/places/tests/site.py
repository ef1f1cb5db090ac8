"""The fixtures of a site that has figures: imported by the conftest of each folder that wants them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from plats.facts.query import Facts, open_facts
from plats.facts.versions import FactStore
from plats.web.places.actions import sync_places
from plats.web.places.models import Place
from plats.web.places.tests.loaded import MUNICIPALITY, huddinge_home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder with Huddinge's derived figures; read it, never write to it."""
    return huddinge_home(tmp_path_factory)


@pytest.fixture
def _places(django_db_setup: None, django_db_blocker: DjangoDbBlocker, home: Path) -> None:
    """The places stay from test to test, until one that commits has emptied the database after itself."""
    with django_db_blocker.unblock():
        if not Place.objects.exists():
            sync_places(store=FactStore(home), municipality=MUNICIPALITY)


@pytest.fixture
def site(home: Path, _places: None, db: None, settings: Settings) -> Iterator[Facts]:
    """The site with Huddinge's figures and places; the reader its pages use. Swedish, whoever asked before."""
    settings.PLATS_HOME = home
    with translation.override("sv"):
        yield open_facts(FactStore(home), MUNICIPALITY)
