"""Huddinge's store, derived once for everyone who asks in the same test run."""

from __future__ import annotations

import pytest

from plats.facts.query import Facts, open_facts
from plats.facts.versions import FactStore
from plats.web.places.tests.loaded import MUNICIPALITY, huddinge_home


@pytest.fixture(scope="session")
def huddinge(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return open_facts(FactStore(huddinge_home(tmp_path_factory)), MUNICIPALITY)
