"""How the API answers: fingerprints, limits, any origin, and problems that say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from plats.facts.query import Facts
from plats.facts.versions import EmptyStoreError
from plats.web.api import limits
from plats.web.api.tests import rows
from plats.web.audit.recording import unrecorded
from plats.web.indicators import queries_api

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/efforts"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_one_has_already_is_not_sent_again_until_it_changes(client: Client) -> None:
    made = rows.effort()
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    with unrecorded("a change"):
        made.title = "Ändrad (exempel)"
        made.save()
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_network_is_told_when_it_has_asked_too_much_and_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(limits, "requests", limits.Counter(clock))
    monkeypatch.setattr(limits, "requests_per_minute", lambda: 2)
    assert client.get(ADDRESS).headers["RateLimit-Remaining"] == "1"
    assert client.get(ADDRESS).headers["RateLimit-Remaining"] == "0"
    clock.now = 45.0
    refused = client.get(ADDRESS)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "15"
    # The same network by another address is one; another network is not.
    assert client.get(ADDRESS, REMOTE_ADDR="127.0.0.77").status_code == 429
    assert client.get(ADDRESS, REMOTE_ADDR="192.0.2.1").status_code == 200
    clock.now = 61.0
    assert client.get(ADDRESS).status_code == 200


def test_the_counter_forgets_each_minute() -> None:
    clock = Clock()
    counter = limits.Counter(clock)
    for number in range(100):
        counter.ask(f"192.0.{number}.0/24", 5)
    clock.now = 60.0
    counter.ask("198.51.100.0/24", 5)
    assert len(counter._used) == 1


def test_any_page_may_ask_and_nobody_is_let_in_by_a_cookie(client: Client) -> None:
    response = client.get(ADDRESS, headers={"Origin": "https://exempel.se"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    preflight = client.options(ADDRESS, headers={"Origin": "https://exempel.se"})
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert not response.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(ADDRESS)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"


def test_head_answers_as_get_without_the_body(client: Client) -> None:
    head, whole = client.head(ADDRESS), client.get(ADDRESS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=999999999999999999999", "limit"),
        ("offset=-1", "offset"),
        ("limit=tio", "limit"),
        ("kind=okänt", "kind"),
        ("goal=1", "goal"),
        ("place=../etc", "place"),
        ("cursor=å", "cursor"),
        ("okand=1", "okand"),
        ("limit=1&limit=2", "limit"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named_with_what_to_do(
    client: Client, query: str, name: str
) -> None:
    response = client.get(f"{ADDRESS}?{query}")
    told = json.loads(response.content)
    assert (response.status_code, told["status"]) == (400, 400)
    assert [one["property"] for one in told["invalidParameters"]] == [name]
    assert told["invalidParameters"][0]["reason"].endswith(".")
    assert told["instance"] == ADDRESS


def test_problems_are_told_in_english_to_those_who_ask_for_it(client: Client) -> None:
    swedish = json.loads(client.get("/api/v1/nowhere").content)
    english = json.loads(client.get("/api/v1/nowhere", headers={"Accept-Language": "en-GB"}).content)
    assert (swedish["title"], english["title"]) == ("Finns inte", "Not there")


def test_a_failure_of_ours_is_a_problem_that_tells_nothing_of_the_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr("plats.web.efforts.queries_api._published", broken)
    response = client.get(ADDRESS)
    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert b"secret" not in response.content


def test_without_figures_the_answer_is_to_come_back_later(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def empty() -> None:
        raise EmptyStoreError

    monkeypatch.setattr(queries_api, "facts", empty)
    assert client.get("/api/v1/facts").status_code == 503


def test_the_page_for_people_shows_every_operation_and_fetches_nothing_from_elsewhere(
    client: Client, site: Facts
) -> None:
    for address in ("/api/", "/en/api/"):
        page = client.get(address).content.decode()
        paths = json.loads(client.get("/api/v1/openapi.json").content)["paths"]
        for path in paths:
            assert f"<code>GET {path}</code>" in page
        assert '<script src="http' not in page
        assert "swagger" not in page.lower()


def test_nothing_a_reader_asks_is_kept(client: Client, settings: Settings) -> None:
    before = sorted(Path(settings.PLATS_HOME).rglob("*"))
    client.get(ADDRESS, REMOTE_ADDR="192.0.2.55")
    assert "192.0.2.55" not in str(limits.requests._used)
    assert sorted(Path(settings.PLATS_HOME).rglob("*")) == before
