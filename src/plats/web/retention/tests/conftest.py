"""Five organisations and their people, and a home of one's own for the journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from plats.web.accounts.tests.world import World, make_world


@pytest.fixture
def home(settings: LazySettings, tmp_path: Path) -> Path:
    """The test's own PLATS_HOME: the journal lies in `home / "erasures.jsonl"`."""
    settings.PLATS_HOME = tmp_path
    return tmp_path


@pytest.fixture
def world(db: None, home: Path) -> Iterator[World]:
    """Swedish, whoever asked before."""
    with translation.override("sv"):
        yield make_world()


@pytest.fixture
def lasting_world(transactional_db: None, home: Path) -> Iterator[World]:
    """The same in real transactions: for what is about having committed."""
    with translation.override("sv"):
        yield make_world()
