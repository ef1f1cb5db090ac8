from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from plats.web.operations.doctor.check import Check, Finding

Said = Callable[[type[Check]], list[tuple[str, str]]]


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """A home folder of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o750)
    settings.PLATS_HOME = folder
    settings.STATIC_ROOT = folder / "static"
    return folder


@pytest.fixture
def production(settings: Settings) -> Settings:
    """An installation as it should be where others reach it."""
    settings.PLATS_PRODUCTION = True
    settings.ALLOWED_HOSTS = ["platser.kommunen.example"]
    settings.SECURE_SSL_REDIRECT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return settings


def said(check: type[Check]) -> list[tuple[str, str]]:
    """What a check finds: severity and sentence. Each finding says what to do."""
    found: list[Finding] = list(check().findings())
    assert all(one.advice.endswith((".", "…")) and one.check == check.id for one in found)
    return [(str(one.severity), one.sentence) for one in found]


def severities(check: type[Check]) -> list[str]:
    return [severity for severity, _ in said(check)]
