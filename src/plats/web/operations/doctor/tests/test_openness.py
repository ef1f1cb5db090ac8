from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from plats.web.accounts.models import Organisation, User
from plats.web.accounts.roles import Administrator, Analyst
from plats.web.accounts.signin.oidc.configuration import IdentityProvider
from plats.web.accounts.tests.world import make_member, make_organisation, make_user
from plats.web.audit.recording import unrecorded
from plats.web.operations.doctor import openness
from plats.web.operations.doctor.check import Check
from plats.web.operations.doctor.openness import (
    Administrators,
    AllowedHosts,
    Debugging,
    Examples,
    Https,
    Mail,
    OpenFolders,
    Production,
    SecondFactors,
    StaticFiles,
)
from plats.web.operations.doctor.tests.conftest import said, severities


def test_an_installation_as_it_should_be_is_well(production: Settings) -> None:
    for check in (Production, Debugging, Https, AllowedHosts, Mail, OpenFolders, openness.IdentityProvider):
        assert said(check) == []


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("PLATS_PRODUCTION", False, Production),
        ("DEBUG", True, Debugging),
        ("SECURE_SSL_REDIRECT", False, Https),
        ("ALLOWED_HOSTS", ["*"], AllowedHosts),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], AllowedHosts),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", Mail),
        ("EMAIL_BACKEND", "plats.web.notices.no_mail.EmailBackend", Mail),
    ],
)
def test_each_switch_that_is_wrong_is_found(
    production: Settings, name: str, value: object, check: type[Check]
) -> None:
    setattr(production, name, value)
    assert severities(check) == ["warning" if check is Production else "error"]


def test_on_ones_own_machine_nothing_of_that_is_asked_for(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    for check in (Production, Https, AllowedHosts, Mail, SecondFactors, Examples):
        assert said(check) == []


@pytest.mark.parametrize(
    ("issuer", "hosts", "expected"),
    [
        ("https://qa.inloggning.example.se", ["platser.kommunen.example"], ["error"]),
        ("https://inloggning.kommunen.se", ["platser.kommunen.example"], []),
        ("http://127.0.0.1:9000", ["localhost"], []),
    ],
)
def test_a_test_provider_is_found_where_others_reach_the_site(
    production: Settings, issuer: str, hosts: list[str], expected: list[str]
) -> None:
    production.ALLOWED_HOSTS = hosts
    production.PLATS_OIDC = IdentityProvider(issuer=issuer, client_id="a", client_secret="b", name="c")  # noqa: S106
    assert severities(openness.IdentityProvider) == expected


def test_static_files_that_are_not_collected_or_old_are_found(home: Path, settings: Settings) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    assert severities(StaticFiles) == []
    settings.WHITENOISE_USE_FINDERS = False
    assert severities(StaticFiles) == ["error"]
    (home / "static").mkdir()
    (home / "static" / ".collected").write_text("of another time", encoding="ascii")
    assert severities(StaticFiles) == ["error"]


def test_uploads_in_the_folder_that_the_web_server_shows_are_found(home: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = home
    assert severities(OpenFolders) == ["error", "error", "error"]


@pytest.mark.django_db
def test_who_signs_in_with_a_password_alone_is_counted(production: Settings) -> None:
    organisation = make_organisation("Nämnden (exempel)")
    without, never, closed, by_provider = (make_member(organisation, Analyst.id) for _ in range(4))
    with unrecorded("test"):
        for one in (without, closed, by_provider):
            one.last_login = timezone.now()
        for one in (without, never, closed):
            one.set_password("tre gula lastbilar")
        by_provider.set_unusable_password()
        closed.is_active = False
        for one in (without, never, closed, by_provider):
            one.save()
    ((severity, sentence),) = said(SecondFactors)
    assert severity == "warning"
    assert sentence.startswith("1 konton")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda user: None, []),
        (lambda user: setattr(user, "is_active", False), ["error"]),
        (lambda user: setattr(user, "may_write", False), ["error"]),
    ],
)
def test_someone_must_be_able_to_look_after_the_system(
    change: Callable[[User], None], expected: list[str]
) -> None:
    assert severities(Administrators) == ["warning"]
    user = make_member(make_organisation("Nämnden (exempel)"), Administrator.id)
    change(user)
    with unrecorded("test"):
        user.save()
    assert severities(Administrators) == expected


@pytest.mark.django_db
def test_example_accounts_are_an_error_in_production(production: Settings) -> None:
    assert said(Examples) == []
    make_user()
    with unrecorded("test"):
        User.objects.update(is_example=True)
        Organisation.objects.create(name="Föreningen (exempel)", kind="association", is_example=True)
    assert severities(Examples) == ["error", "warning"]
    with unrecorded("test"):
        User.objects.update(is_active=False)
        Organisation.objects.update(closed_at=datetime(2026, 11, 27, tzinfo=UTC))
    assert said(Examples) == []
