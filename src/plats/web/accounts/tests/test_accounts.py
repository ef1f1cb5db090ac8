from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from plats.web.accounts.actions import May, create_user, set_switches
from plats.web.accounts.models import User
from plats.web.audit.recording import unrecorded

pytestmark = pytest.mark.django_db
PASSWORD = "tre gula lastbilar"  # noqa: S105  belongs to nobody


@pytest.fixture
def analyst() -> User:
    return create_user(
        by=None,
        email="Utredare@Exempel.se",
        name="Ulla Utredare",
        password=PASSWORD,
        may=May.READ,
    )


def sign_in(client: Client, email: str = "utredare@exempel.se", password: str = PASSWORD, **more: str) -> int:
    return client.post("/logga-in/", {"username": email, "password": password, **more}).status_code


def test_a_new_account_may_nothing_until_someone_says_so() -> None:
    user = create_user(by=None, email="ny@exempel.se", name="Ny", password=PASSWORD)
    assert (user.may_read, user.may_write, user.is_active) == (False, False, True)


def test_an_account_says_who_made_it(analyst: User) -> None:
    second = create_user(by=analyst, email="b@exempel.se", name="B", password=PASSWORD, may=May.WRITE)
    assert second.created_by == analyst
    assert analyst.created_by is None
    assert (second.may_read, second.may_write) == (True, True)


def test_the_password_is_not_kept(analyst: User) -> None:
    assert PASSWORD not in analyst.password
    assert analyst.check_password(PASSWORD)


@pytest.mark.parametrize("password", ["kort", "password1234", "123456789012345", "utredare@exempel.se"])
def test_a_weak_password_is_refused_and_nothing_is_saved(password: str) -> None:
    with pytest.raises(ValidationError):
        create_user(by=None, email="utredare@exempel.se", name="X", password=password)
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["UTREDARE@exempel.se", " utredare@exempel.se ", "ingen adress", ""])
def test_an_address_that_is_taken_or_none_is_refused(analyst: User, email: str) -> None:
    with pytest.raises(ValidationError) as error:
        create_user(by=analyst, email=email, name="X", password=PASSWORD)
    assert "email" in error.value.message_dict
    assert User.objects.count() == 1


def test_the_database_itself_refuses_writing_without_reading_and_capital_letters(analyst: User) -> None:
    for change in ({"may_read": False, "may_write": True}, {"email": "Utredare@exempel.se"}):
        with pytest.raises(IntegrityError), transaction.atomic(), unrecorded("test"):
            User.objects.update(**change)


def test_one_signs_in_whatever_the_case_of_the_address(client: Client, analyst: User) -> None:
    assert sign_in(client, email="UTREDARE@Exempel.se") == 302
    page = client.get("/tillganglighet/").content.decode()
    assert "Inloggad som Ulla Utredare." in page
    assert "Logga ut" in page


@pytest.mark.parametrize(
    ("email", "password"),
    [("utredare@exempel.se", "fel lösenord"), ("okand@exempel.se", PASSWORD)],
)
def test_a_failed_attempt_says_what_to_do_and_not_which_accounts_exist(
    client: Client, analyst: User, email: str, password: str
) -> None:
    response = client.post("/logga-in/", {"username": email, "password": password})
    page = response.content.decode()
    assert "E-postadressen och lösenordet hör inte ihop." in page
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_come_in(client: Client, analyst: User) -> None:
    with unrecorded("test"):
        User.objects.update(is_active=False)
    assert sign_in(client) == 200
    assert "_auth_user_id" not in client.session


def test_closing_an_account_ends_what_it_is_in_the_middle_of(client: Client, analyst: User) -> None:
    sign_in(client)
    with unrecorded("test"):
        User.objects.update(is_active=False)
    assert "Inloggad som" not in client.get("/tillganglighet/").content.decode()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/integritet/?a=1", "/integritet/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_stays_on_our_site(
    client: Client, analyst: User, wanted: str, reached: str
) -> None:
    data = {"username": "utredare@exempel.se", "password": PASSWORD, "next": wanted}
    assert client.post("/logga-in/", data).headers["Location"] == reached


def test_in_english_one_comes_to_the_english_start(client: Client, analyst: User) -> None:
    data = {"username": "utredare@exempel.se", "password": PASSWORD}
    assert client.post("/en/logga-in/", data).headers["Location"] == "/en/"


def test_signing_out_is_a_post_and_forgets_the_session(client: Client, analyst: User) -> None:
    sign_in(client)
    assert client.get("/logga-ut/").status_code == 405
    assert client.post("/logga-ut/").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_the_form_has_labels_and_tells_the_browser_what_the_fields_are(client: Client) -> None:
    page = client.get("/logga-in/").content.decode()
    assert '<label for="id_username">E-postadress' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_without_the_reading_switch_a_signed_in_page_is_refused_with_advice(
    client: Client, analyst: User, settings: Settings
) -> None:
    settings.ROOT_URLCONF = "plats.web.common.tests.silent_urls"
    client.force_login(analyst)
    assert client.get("/inne/").content == b"inner"
    assert client.post("/inne/").status_code == 403
    set_switches(by=None, user=analyst, may=May.NOTHING)
    refused = client.get("/inne/")
    assert refused.status_code == 403
    assert "Be den som sköter Platsperspektiv" in refused.content.decode()


def test_the_migrations_say_what_the_models_say() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
