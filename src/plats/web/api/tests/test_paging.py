"""Pages that survive changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from plats.facts.query import Facts
from plats.web.api.tests import rows
from plats.web.audit.recording import unrecorded
from plats.web.common.rest.paging import PageQuery, page_of_sorted
from plats.web.common.rest.problems import ProblemError

KEYS = st.lists(
    st.tuples(st.text(max_size=4), st.text(max_size=4)), min_size=1, max_size=40, unique=True
).map(sorted)


def walk(client: Client, address: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while address:
        page = json.loads(client.get(address).content)
        found += page["items"]
        address = page["next"]
    return found


@given(keys=KEYS, limit=st.integers(1, 7))
def test_pages_put_together_are_the_list(keys: list[tuple[str, str]], limit: int) -> None:
    cursor, found = "", []
    while True:
        page = page_of_sorted(keys, keys, PageQuery(limit=limit, cursor=cursor))
        found += page.rows
        if not page.cursor:
            break
        cursor = page.cursor
    assert found == keys


@given(keys=KEYS, limit=st.integers(1, 7), data=st.data())
def test_a_row_that_goes_between_two_pages_hides_no_other(
    keys: list[tuple[str, str]], limit: int, data: st.DataObject
) -> None:
    first = page_of_sorted(keys, keys, PageQuery(limit=limit))
    gone = data.draw(st.sampled_from(keys))
    left = [key for key in keys if key != gone]
    seen = list(first.rows)
    if first.cursor:
        seen += page_of_sorted(left, left, PageQuery(limit=100, cursor=first.cursor)).rows
    assert set(left) <= set(seen)
    assert len(seen) == len(set(seen))


@given(text=st.text("abcDEF012-_", max_size=40))
def test_a_made_up_cursor_is_refused_and_never_an_error_of_ours(text: str) -> None:
    status = 404
    try:
        page_of_sorted([("a", "b")], ["row"], PageQuery(cursor=text))
    except ProblemError as error:
        status = error.status
    assert status == 404


@pytest.mark.django_db
def test_rows_that_come_and_go_while_one_reads_neither_hide_nor_repeat_another(client: Client) -> None:
    made = [rows.effort(f"Insats {number} (exempel)") for number in range(7)]
    page = json.loads(client.get("/api/v1/efforts?limit=3").content)
    with unrecorded("what happens while someone reads"):
        made[0].delete()
        made[6].title = "Ändrad (exempel)"
        made[6].save()
    rows.effort("Ny (exempel)")
    rest = walk(client, page["next"])
    found = [one["id"] for one in [*page["items"], *rest]]
    assert len(found) == len(set(found))
    assert {str(one.public_id) for one in made[1:]} <= set(found)
    assert rest[-1]["title"] == "Ny (exempel)"


def test_all_figures_of_an_indicator_are_read_page_by_page(client: Client, site: Facts) -> None:
    found = walk(client, "/api/v1/facts?indicator=population&limit=97")
    assert len(found) == len(site.select(indicators=["population"]))


def test_offset_counts_from_the_cursor(client: Client, site: Facts) -> None:
    whole = [one["id"] for one in walk(client, "/api/v1/indicators?limit=100")]
    first = json.loads(client.get("/api/v1/indicators?limit=2").content)
    skipped = json.loads(client.get(f"{first['next']}&offset=3").content)
    assert [one["id"] for one in skipped["items"]] == whole[5:7]
