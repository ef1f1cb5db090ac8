"""Five organisations and their people, a document with a file, and clients that are freshly signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone, translation

from plats.web.accounts.assurance import LEVEL, SIGNED_IN_AT, STRONG_LEVEL
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World, make_world

SignIn = Callable[[User], Client]


@pytest.fixture
def home(settings: LazySettings, tmp_path: Path) -> Path:
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


@pytest.fixture
def signed_in() -> SignIn:
    """A client of someone who has just shown who they are, by strong means."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SIGNED_IN_AT], session[LEVEL] = timezone.now().isoformat(), STRONG_LEVEL
        session.save()
        return client

    return sign_in
