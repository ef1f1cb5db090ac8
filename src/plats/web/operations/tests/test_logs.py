from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils.log import AdminEmailHandler
from pytest_django import Settings

from plats.web.config.environment import read_environment
from plats.web.operations.logs import JsonFormatter, logging_settings
from plats.web.operations.tests.lines import written

EXPECTED = ["time", "level", "logger", "message", "request", "route", "method", "status", "ms"]


def test_a_request_is_one_json_object_with_route_and_without_address(client: Client) -> None:
    with written() as log:
        response = client.get("/tillganglighet/?q=hemligt")
    assert log.text.count("\n") == 1
    line = log.lines[0]
    assert list(line) == [*EXPECTED, "queries"]
    assert (line["route"], line["method"], line["status"]) == ("common:accessibility", "GET", 200)
    assert line["request"] == response.headers["X-Request-ID"]
    assert line["queries"] == 0
    assert "hemligt" not in log.text
    assert "/tillganglighet" not in log.text


@time_machine.travel(datetime(2026, 11, 23, 8, 30, 15, 250_000, tzinfo=UTC), tick=False)
def test_a_line_says_when_in_utc_with_milliseconds() -> None:
    with written() as log:
        logging.getLogger("plats").warning("nu")
    assert log.lines[0]["time"] == "2026-11-23T08:30:15.250Z"


def test_an_address_that_is_none_of_ours_is_logged_without_what_was_written(client: Client) -> None:
    with written() as log:
        client.get("/tolvan-kanariefagel/")
    assert [(line["route"], line["status"]) for line in log.lines] == [("unmatched", 404)]
    assert "tolvan" not in log.text


def test_static_files_that_are_found_make_no_line(client: Client, db: None) -> None:
    with written() as log:
        client.get("/statisk/plats/look.css").close()
        client.get("/statisk/finns-inte.css")
    assert [(line["route"], line["status"]) for line in log.lines] == [("static", 404)]


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(
    "forged",
    [
        "x\n2026-11-23T08:30:15.250Z INFO plats.access GET accounts:login 200",
        'x\r\n{"level": "INFO", "logger": "plats.access"}',
        "x\u2028ny rad",
        "x\x1b[2J\x07",
        "x\x85y",
        "\u202egnivlakab",
    ],
)
def test_what_someone_writes_cannot_become_a_line_of_its_own(forged: str, as_json: bool) -> None:
    with written(as_json=as_json) as log:
        logging.getLogger("plats").warning("Okänd kod: %s", forged, extra={"route": forged})
    assert len(log.text.splitlines()) == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", log.text)
    if as_json:
        assert json.loads(log.text)["logger"] == "plats"


def test_an_exception_says_where_and_what_kind_but_no_values() -> None:
    with written() as log:
        _fail("Tolvan Kanariefågel")
    line = log.lines[0]
    assert "test_logs.py" in line["exception"]
    assert "_fail" in line["exception"]
    assert line["exception"].splitlines()[-1] == "LookupError (texten utelämnad)"
    assert "ValueError (texten utelämnad)" in line["exception"]
    assert "Tolvan" not in log.text


def test_an_exception_about_the_machine_keeps_its_first_line() -> None:
    words = "PLATS_LOG är 'xml'.\nDETAIL: rad med tolvan"
    with written() as log:
        try:
            raise ImproperlyConfigured(words)  # noqa: TRY301  where it is raised is what is tested
        except ImproperlyConfigured:
            logging.getLogger("plats").exception("Kunde inte starta")
    assert log.lines[0]["exception"].endswith("ImproperlyConfigured: PLATS_LOG är 'xml'.")
    assert "tolvan" not in log.text


def test_a_missing_file_is_told_by_its_fault_and_not_by_its_name(tmp_path: Path) -> None:
    missing = tmp_path / "Tolvan Kanariefågels ansökan.pdf"
    with written() as log:
        try:
            missing.read_text()
        except OSError:
            logging.getLogger("plats").exception("Kunde inte läsa")
    assert log.lines[0]["exception"].endswith("FileNotFoundError: [2] No such file or directory")
    assert "Tolvan" not in log.text


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("Invalid request from ip={ip}: {error}".format(ip="192.0.2.7", error="GET /sok/?q=Tolvan"), ()),
        ("Error handling request %s", ("/sok/?q=Tolvan",)),
        ("Error handling request %s %s", ("GET", "http://platser.exempel.se/sok/?q=Tolvan")),
    ],
)
def test_the_servers_own_lines_hold_neither_reader_nor_address(message: str, args: tuple[str, ...]) -> None:
    with written() as log:
        logging.getLogger("gunicorn.error").warning(message, *args)
    assert len(log.lines) == 1
    assert "Tolvan" not in log.text
    assert "192.0.2.7" not in log.text


def test_an_error_given_as_the_message_itself_loses_its_words() -> None:
    with written() as log:
        logging.getLogger("gunicorn.error").error(ValueError("Tolvan"))
        logging.getLogger("plats").error("Gick inte: %s", ValueError("Tolvan"))
    assert "Tolvan" not in log.text
    assert [line["message"] for line in log.lines] == [
        "ValueError (texten utelämnad)",
        "Gick inte: ValueError (texten utelämnad)",
    ]


def test_a_message_that_does_not_fit_its_arguments_still_gives_a_line() -> None:
    record = logging.LogRecord("plats", logging.INFO, "file", 1, "%d av %d", ("en",), None)
    assert json.loads(JsonFormatter().format(record))["message"] == "%d av %d"


def test_only_the_security_log_says_from_which_network_and_never_who(
    client: Client, settings: Settings
) -> None:
    settings.PLATS_BEHIND_PROXY = True
    settings.ROOT_URLCONF = "plats.web.operations.tests.breaking_urls"
    with written() as log:
        client.get("/varning/", headers={"x-forwarded-for": "198.51.100.9, 192.0.2.17"})
    assert "network" not in log.of("plats.access")[0]
    assert log.of("plats.security")[0]["network"] == "192.0.2.0/24"
    assert "192.0.2.17" not in log.text
    assert "198.51.100.9" not in log.text


def test_nothing_is_mailed(settings: Settings) -> None:
    loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    handlers = [handler for logger in loggers for handler in logger.handlers]
    assert handlers
    assert not [handler for handler in handlers if isinstance(handler, AdminEmailHandler)]
    assert settings.ADMINS == []
    assert settings.MANAGERS == []


def test_everything_goes_to_stderr_whoever_logs() -> None:
    for form in (True, False):
        settings = logging_settings(as_json=form)
        assert [name for name, one in settings["loggers"].items() if one["handlers"] != ["stderr"]] == []
        assert list(settings["handlers"]) == ["stderr"]


@pytest.mark.parametrize(
    ("variables", "as_json"),
    [
        ({}, False),
        ({"PLATS_PRODUCTION": "1"}, True),
        ({"PLATS_PRODUCTION": "1", "PLATS_LOG": "text"}, False),
        ({"PLATS_LOG": "json"}, True),
    ],
)
def test_production_writes_for_a_machine_unless_told_otherwise(
    tmp_path: Path, variables: dict[str, str], as_json: bool
) -> None:
    environment = read_environment({"PLATS_HOME": str(tmp_path), "PLATS_SECRET_KEY": "x" * 50} | variables)
    assert environment.log_as_json is as_json


def test_an_unknown_form_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="Skriv json eller text"):
        read_environment({"PLATS_HOME": str(tmp_path), "PLATS_LOG": "xml"})


# Internals


def _fail(name: str) -> None:
    try:
        try:
            int(name)
        except ValueError as error:
            raise LookupError(name) from error
    except LookupError:
        logging.getLogger("plats").exception("Något gick fel")
