"""What is told: published rows, as they are; figures with their state; nothing that is kept back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plats.facts.query import Fact, Facts, _fact
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import make_user
from plats.web.api.tests import rows
from plats.web.indicators import queries_api
from plats.web.places.models import Place

pytestmark = pytest.mark.django_db


def get(client: Client, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(f"/api/v1/{path}", query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = json.loads(response.content)
    return found


def titles(client: Client, path: str, **query: Any) -> list[str]:
    return [one["title"] for one in get(client, path, **query)["items"]]


@pytest.mark.parametrize(
    ("path", "make"), [("efforts", rows.effort), ("goals", rows.goal), ("commitments", rows.commitment)]
)
def test_only_what_is_published_is_told_whoever_asks(client: Client, path: str, make: Any) -> None:
    shown, kept = make("Visas (exempel)"), make("Visas inte (exempel)", public=False)
    everyone = titles(client, path)
    assert everyone == ["Visas (exempel)"]
    assert client.get(f"/api/v1/{path}/{kept.public_id}").status_code == 404
    assert get(client, f"{path}/{shown.public_id}")["title"] == "Visas (exempel)"
    person: User = make_user()
    client.force_login(person)
    assert titles(client, path) == everyone


class Reader:
    """A store with one figure that its source's rule hides: the row keeps the number, the exit does not hand it out."""

    def select(self) -> list[Fact]:
        row = ("employment_share", "regso", "2025", "0126R001", "2023", "total", "20-64", "hidden")
        parts = (0.25, 1.0, 4.0, 0.1, 0.4, 1, 2, 22, 1.0, "", "share/1", "abc")
        return [_fact([*row, *parts])]


def test_a_hidden_figure_is_told_as_hidden_without_its_number(
    client: Client, site: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_api, "facts", Reader)
    (told,) = get(client, "facts")["items"]
    assert told["state"] == "hidden"
    for name in ("value", "numerator", "denominator", "low", "high", "rank"):
        assert told[name] is None
    assert told["reason"]


def test_segregation_is_told_with_its_interval_or_why_there_is_none(client: Client, site: Facts) -> None:
    asked = {"grouping": "foreign_background", "division": "deso", "measure": "dissimilarity"}
    found = get(client, "segregation-measures", **asked)["items"]
    latest = {one["period"]: one for one in found}["2022"]
    # As the page says: 41 per cent, 0.407-0.418 without what chance adds.
    assert (latest["state"], latest["areas"], latest["excluded"]) == ("value", 60, 0)
    assert latest["value"] == pytest.approx(0.4127, abs=5e-5)
    assert (latest["low"], latest["high"]) == pytest.approx((0.407, 0.418), abs=5e-4)
    assert latest["low"] < latest["corrected"] < latest["value"]
    page = client.get(latest["url"])
    assert "41 procent" in page.content.decode()
    everything, address = [], "/api/v1/segregation-measures?limit=100"
    while address:
        part = json.loads(client.get(address).content)
        everything += part["items"]
        address = part["next"]
    assert len(everything) == len(site.segregation.measures)
    for one in everything:
        assert (one["value"] is None) == (one["state"] in ("hidden", "missing", "not_applicable"))
        assert (one["low"] is None) == (one["high"] is None)
        assert one["low"] is not None or one["noInterval"] or one["reason"]
    assert client.get("/api/v1/segregation-measures?grouping=luck").status_code == 404


def test_every_state_without_a_number_has_none_in_any_figure(client: Client, site: Facts) -> None:
    address: str | None = "/api/v1/facts?division=regso&limit=100"
    seen = 0
    while address and seen < 3000:
        page = json.loads(client.get(address).content)
        for one in page["items"]:
            seen += 1
            assert (one["value"] is None) == (one["state"] in ("hidden", "missing", "not_applicable"))
        address = page["next"]
    assert seen >= 1000


def test_an_unknown_share_and_amount_are_null_and_a_known_zero_is_zero(client: Client, site: Facts) -> None:
    made, place = rows.effort(), Place.objects.order_by("pk")[0]
    rows.belongings(made, goal=rows.goal(), place=place)
    told = get(client, f"efforts/{made.public_id}")
    assert told["places"] == [{"place": f"{place.division}/{place.slug}", "shareMillionths": None}]
    assert told["resources"][0]["amountOre"] is None
    assert told["resources"][0]["hours"] == 0


def test_an_effort_names_no_goal_that_is_not_published(client: Client, site: Facts) -> None:
    made, secret = rows.effort(), rows.goal(public=False)
    rows.belongings(made, goal=secret, place=Place.objects.order_by("pk")[0])
    assert get(client, f"efforts/{made.public_id}")["goals"] == []
    assert get(client, "efforts", goal=secret.public_id)["items"] == []


def test_efforts_are_found_by_place_goal_kind_and_state(client: Client, site: Facts) -> None:
    here, goal = Place.objects.order_by("pk")[0], rows.goal()
    rows.belongings(rows.effort("Här (exempel)", state="under_way"), goal=goal, place=here)
    rows.effort("Skola (exempel)", kind="school")
    assert titles(client, "efforts", place=f"{here.division}/{here.slug}") == ["Här (exempel)"]
    assert titles(client, "efforts", goal=goal.public_id) == ["Här (exempel)"]
    assert titles(client, "efforts", kind="school") == ["Skola (exempel)"]
    assert titles(client, "efforts", state="under_way") == ["Här (exempel)"]


def test_a_draft_is_never_told_and_an_adopted_wording_is(client: Client) -> None:
    made = rows.goal("Utkastets ord (exempel)")
    rows.wording(made, state="draft", title="Utkastets ord (exempel)")
    rows.wording(made, state="adopted", title="Antagna ord (exempel)")
    rows.wording(made, state="adopted", title="Opublicerad plan (exempel)", plan_public=False)
    told = get(client, f"goals/{made.public_id}")
    assert told["title"] == "Antagna ord (exempel)"
    assert [one["title"] for one in told["wordings"]] == ["Antagna ord (exempel)"]
    assert told["wordings"][0]["targets"][0]["baseline"] is None


def test_a_place_and_an_indicator_are_told_by_their_ids(client: Client, site: Facts) -> None:
    place = get(client, "places", limit=1)["items"][0]
    assert get(client, f"places/{place['id']}") == place
    indicator = get(client, "indicators", limit=1)["items"][0]
    assert get(client, f"indicators/{indicator['id']}") == indicator
    assert {one["place"] for one in get(client, "facts", place=place["id"])["items"]} == {place["id"]}


def test_no_answer_holds_a_primary_key_or_a_person(client: Client, site: Facts) -> None:
    rows.effort(created_by=make_user())
    text = client.get("/api/v1/efforts").content.decode()
    assert "createdBy" not in text
    assert '"pk"' not in text


@pytest.mark.parametrize(("path", "most"), [("efforts", 9), ("goals", 8), ("commitments", 2), ("places", 2)])
def test_a_list_asks_a_fixed_number_of_questions(
    client: Client,
    site: Facts,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    most: int,
) -> None:
    goal, place = rows.goal(), Place.objects.order_by("pk")[0]
    for number in range(5):
        rows.belongings(rows.effort(f"Insats {number} (exempel)"), goal=goal, place=place)
        rows.wording(rows.goal(f"Mål {number} (exempel)"), state="adopted", title=f"Mål {number}")
        rows.commitment(f"Löfte {number} (exempel)")
    with django_assert_max_num_queries(most):
        get(client, path, limit=100)
