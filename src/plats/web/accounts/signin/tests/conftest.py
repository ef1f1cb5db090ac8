"""A provider that lies on command, as honest as can be before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from plats.web.accounts.signin.oidc.configuration import IdentityProvider
from plats.web.accounts.signin.tests.hostile import CLIENT_ID, Hostile, hostile


@pytest.fixture(scope="module")
def _running() -> Iterator[Hostile]:
    with hostile() as one:
        yield one


@pytest.fixture
def provider(_running: Hostile, settings: Settings) -> Hostile:
    """As honest as can be, before each test."""
    fresh = Hostile(issuer=_running.issuer, key=_running.key, other_key=_running.other_key)
    _running.__dict__.update(fresh.__dict__)
    settings.PLATS_OIDC = IdentityProvider(
        issuer=_running.issuer,
        client_id=CLIENT_ID,
        client_secret="hemlighet" * 8,
        name="Lögnaren (exempel)",
        trusted_acr={"loa3": 3},
    )
    return _running
