from __future__ import annotations

import logging

import pytest
from django.test import Client
from pytest_django import Settings

from plats.web.common.request_id import RequestIdFilter


@pytest.fixture
def broken(settings: Settings) -> Client:
    settings.ROOT_URLCONF = "plats.web.common.tests.silent_urls"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "heading", "advice", "way_out"),
    [
        ("/finns-inte/", "Sidan finns inte", "Kontrollera adressen", 'href="/"'),
        ("/en/finns-inte/", "The page does not exist", "Check the address", 'href="/en/"'),
    ],
)
def test_a_page_that_does_not_exist_says_what_to_do_in_the_readers_language(
    client: Client, address: str, heading: str, advice: str, way_out: str
) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 404
    assert heading in page
    assert advice in page
    assert way_out in page


def test_a_program_error_tells_its_number_and_no_detail(broken: Client) -> None:
    response = broken.get("/trasig/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Något gick fel hos oss" in page
    assert response.headers["X-Request-ID"] in page
    assert "a detail no reader should see" not in page


def test_a_program_error_in_a_broken_frame_still_gives_a_page(
    broken: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **kwargs: object) -> str:
        raise RuntimeError("no templates")

    monkeypatch.setattr("plats.web.common.errors.render_to_string", fails)
    response = broken.get("/trasig/")
    assert response.status_code == 500
    assert "Försök igen" in response.content.decode()


def test_a_refused_form_says_that_nothing_was_saved() -> None:
    response = Client(enforce_csrf_checks=True).post("/logga-ut/")
    assert response.status_code == 403
    assert "Inget har sparats" in response.content.decode()


def test_a_refused_host_gets_a_page_with_advice(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["plats.example"]
    response = client.get("/tillganglighet/", headers={"host": "other.example"})
    assert response.status_code == 400
    assert "Börja om från startsidan" in response.content.decode()


def test_a_log_line_carries_the_number_of_its_request(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/finns-inte/")
    record = next(record for record in caplog.records if record.name == "django.request")
    assert RequestIdFilter().filter(record)
    assert record.__dict__["request_id"] == response.headers["X-Request-ID"]


def test_a_log_line_outside_requests_says_so() -> None:
    record = logging.LogRecord("plats", logging.INFO, "file", 1, "text", None, None)
    assert RequestIdFilter().filter(record)
    assert record.__dict__["request_id"] == "-"


def test_a_number_sent_by_the_browser_is_not_taken_over(client: Client) -> None:
    assert (
        client.get("/tillganglighet/", headers={"x-request-id": "forged"}).headers["X-Request-ID"] != "forged"
    )
