"""A person whose name, address and numbers are sent everywhere, and must be in no line of the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django import forms
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from plats.facts.query import Facts
from plats.web.common.access import Route, routes
from plats.web.operations.tests.lines import Log, written
from plats.web.operations.tests.people import someone

NAME, FAMILY = "Tolvan", "Kanariefågel"
EMAIL = "tolvan.kanariefagel@privat.exempel.se"
NUMBER, PHONE = "19121212-1212", "070-174 06 05"
CANARY = (NAME, FAMILY, quote(FAMILY), "kanariefagel", EMAIL, NUMBER, NUMBER.replace("-", ""), PHONE)
EVERYTHING = f"{NAME} {FAMILY} {EMAIL} {NUMBER} {PHONE}"


def assert_no_canary(log: Log) -> None:
    found = [line for line in log.text.splitlines() if any(one.lower() in line.lower() for one in CANARY)]
    assert found == []


def _addresses() -> Iterator[tuple[Route, str]]:
    """Every address of the site, with the canary wherever it takes text."""
    for route in routes():
        filled = re.sub(r"<(?:str|slug|path):\w+>|<\w+>", f"{NAME}-kanariefagel-{NUMBER}", route.pattern)
        filled = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", filled)
        filled = re.sub(r"<int:\w+>", "1", filled)
        if "<" not in filled and "(?P" not in filled and "^" not in filled:
            yield route, f"/{filled}"


def _fields() -> dict[str, str]:
    """A value for every field of every form that the site has."""
    names = {"q", "text", "name", "email", "username", "password", "reason"}
    todo: list[type] = [forms.BaseForm]
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        names |= set(getattr(kind, "base_fields", {}))
    return {name: EMAIL if "mail" in name or name == "username" else EVERYTHING for name in names}


@pytest.mark.parametrize("role", ["", "reporter", "partner_lead", "registrar", "administrator"])
def test_whatever_is_sent_to_any_address_stays_out_of_the_log(site: Facts, role: str) -> None:
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(someone(role))
    fields = _fields()
    count = 0
    with written() as log:
        for _, address in _addresses():
            for response in (
                client.get(address, {"q": EVERYTHING, "next": f"/{FAMILY}/"}),
                client.post(address, fields, headers={"referer": f"https://{quote(FAMILY)}.exempel.se/"}),
            ):
                response.close()
                count += 1
    assert count > 40
    assert len(log.of("plats.access")) >= count
    assert_no_canary(log)


def test_signing_in_with_the_wrong_password_tells_the_log_nothing(client: Client, db: None) -> None:
    with written() as log:
        for password in (NUMBER, EVERYTHING, ""):
            client.post("/logga-in/", {"username": EMAIL, "login": EMAIL, "password": password})
        client.get(f"/logga-in/?next=/{quote(FAMILY)}/")
    assert log.lines
    assert_no_canary(log)


def test_a_refused_form_and_a_refused_host_tell_the_log_nothing(db: None, settings: Settings) -> None:
    with written() as log:
        Client(enforce_csrf_checks=True).post(f"/logga-ut/?{quote(EVERYTHING)}", {"text": EVERYTHING})
        Client(HTTP_HOST=f"{NAME}.exempel.se").get("/tillganglighet/")
        Client(HTTP_USER_AGENT=EVERYTHING, HTTP_REFERER=EVERYTHING).get("/finns-inte/")
    assert {line["status"] for line in log.of("plats.access")} == {400, 403, 404}
    # The name a request asks for is a machine's; it is told, so that a wrong setting can be mended.
    assert_no_canary(_without(log, "django.security.DisallowedHost"))


@pytest.mark.parametrize("address", ["/trasig/", "/dubblett/"])
@pytest.mark.parametrize("as_json", [True, False])
def test_a_program_error_tells_the_log_where_and_not_what(
    db: None, settings: Settings, address: str, as_json: bool
) -> None:
    settings.ROOT_URLCONF = "plats.web.operations.tests.breaking_urls"
    client = Client(raise_request_exception=False)
    with written(as_json=as_json) as log:
        response = client.get(address, {"name": f"{NAME} {FAMILY}", "number": NUMBER})
    assert response.status_code == 500
    assert "breaking_urls.py" in log.text
    assert_no_canary(log)


def test_the_canary_would_be_found(db: None) -> None:
    """The test above fails when a line does hold it."""
    import logging

    with written() as log:
        logging.getLogger("plats").info("Hej %s", NAME)
    with pytest.raises(AssertionError):
        assert_no_canary(log)


def test_no_logger_is_let_past_the_one_way_out() -> None:
    """Each logger that keeps its records to itself writes them by the handler of the settings."""
    import logging

    apart = [
        name
        for name, one in logging.root.manager.loggerDict.items()
        if isinstance(one, logging.Logger) and not one.propagate and one.handlers
    ]
    assert set(apart) <= set(django_settings.LOGGING["loggers"])


# Internals


def _without(log: Log, logger: str) -> Log:
    import io

    return Log(io.StringIO("\n".join(one for one in log.text.splitlines() if f'"{logger}"' not in one)))
