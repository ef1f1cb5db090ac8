"""A site with Huddinge's figures, and two with a survey whose hidden figures differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from plats.facts.query import Facts, open_facts
from plats.facts.versions import FactStore
from plats.web.indicators.tests.survey import make_other_secrets, make_survey_store
from plats.web.places.tests.loaded import MUNICIPALITY, made_once
from plats.web.places.tests.site import _places, home, site

__all__ = ["_places", "home", "site"]


@pytest.fixture(scope="session")
def survey_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder with a survey where some groups are too small to show."""
    return made_once(tmp_path_factory, "survey", make_survey_store)


@pytest.fixture(scope="session")
def other_secrets_home(tmp_path_factory: pytest.TempPathFactory, survey_home: Path) -> Path:
    """The same survey, but what is hidden are other numbers."""
    return made_once(tmp_path_factory, "secrets", lambda folder: make_other_secrets(survey_home, folder))


@pytest.fixture
def survey_site(survey_home: Path, _places: None, db: None, settings: Settings) -> Iterator[Facts]:
    """The site of the survey; the reader its pages use. Swedish, whoever asked before."""
    settings.PLATS_HOME = survey_home
    with translation.override("sv"):
        yield open_facts(FactStore(survey_home), MUNICIPALITY)
