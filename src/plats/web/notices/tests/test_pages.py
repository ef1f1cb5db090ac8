"""One's own page and the frame around every page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from plats.vocabulary.messages import Message
from plats.web.accounts.tests.world import World, make_member
from plats.web.audit.recording import unrecorded
from plats.web.notices import due, news, providers
from plats.web.notices.models import NoticePreference
from plats.web.notices.tests.telling import page, signed_in, tell

pytestmark = pytest.mark.usefixtures("told")


def test_what_this_app_asks_for_its_page(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Without what apps above have registered, which count their own."""
    monkeypatch.setattr(news, "_providers", [providers.news_of_releases, providers.news_of_members])
    ours = [providers.due_releases, providers.due_memberships, providers.due_invitations]
    monkeypatch.setattr(due, "_providers", ours)
    client = signed_in(world.lead)
    page(client, "/mitt/")
    # The session; its user; the living session; roles with organisations, and their places; how far one has seen;
    # releases and members that are new; unread notices; releases, roles and invitations that are due; and the frame's
    # count of unread notices.
    with django_assert_num_queries(13):
        page(client, "/mitt/")


def test_the_page_asks_as_many_questions_however_much_there_is(world: World) -> None:
    client = signed_in(world.lead)
    page(client, "/mitt/")
    with CaptureQueriesContext(connection) as before:
        page(client, "/mitt/")
    for number in range(5):
        tell(world.lead, message=Message("Prov {number}.", number=str(number)))
        make_member(world.housing, "reporter")
    with CaptureQueriesContext(connection) as after:
        assert page(client, "/mitt/").count("är ny i Bostadsbolaget") >= 5
    assert len(after) == len(before)


def test_the_work_menu_holds_what_the_role_may_use_with_words_about_it(world: World) -> None:
    analysts = page(signed_in(world.analyst), "/mitt/")
    assert 'href="/jobb/">Jobb</a>' in analysts
    assert "skriv rapporter och se hur det går" in analysts
    politicians = page(signed_in(world.people["politician"]), "/mitt/")
    assert 'href="/jobb/"' not in politicians
    assert "Arbete" in analysts


def test_one_without_reading_has_no_page_of_their_own(world: World) -> None:
    client = signed_in(world.stranger)
    assert client.get("/mitt/").status_code == 403
    assert 'href="/mitt/"' not in page(client, "/tillganglighet/")


def test_nobody_else_comes_to_the_page(client: Client, db: None) -> None:
    for address in ("/mitt/", "/mitt/meddelanden/", "/mitt/installningar/"):
        assert client.get(address).headers["Location"].startswith("/logga-in/?next=")


# The frame


def test_a_reader_who_is_not_signed_in_costs_no_question(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        shown = page(client, "/tillganglighet/")
    assert "Mitt arbete" not in shown
    assert "Logga ut" not in shown
    assert "csrfmiddlewaretoken" not in shown


def test_the_frame_says_how_much_is_unread_and_lets_one_out(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.analyst)
    shown = page(client, "/tillganglighet/")
    head = shown[: shown.index("<main")]
    assert '<a href="/mitt/">Mitt arbete</a>' in head
    assert world.analyst.name in head
    assert "Logga ut</button>" in head
    tell(world.analyst)
    assert "Mitt arbete (1 ny)</a>" in page(client, "/tillganglighet/")
    tell(world.analyst)
    assert "Mitt arbete (2 nya)</a>" in page(client, "/tillganglighet/")
    assert "My work (2 new)</a>" in page(client, "/en/tillganglighet/")
    # The session, its user and the living session; the count. Not what the person may do: nothing here asks for it.
    with django_assert_num_queries(4):
        page(client, "/tillganglighet/")


# What is mailed


def test_the_boxes_show_and_keep_what_one_has_chosen(world: World) -> None:
    client = signed_in(world.analyst)
    shown = page(client, "/mitt/installningar/")
    assert 'name="loud" aria-describedby="id_loud_helptext" id="id_loud" checked' in shown
    assert 'name="quiet" aria-describedby="id_quiet_helptext" id="id_quiet">' in shown
    assert client.post("/mitt/installningar/", {"quiet": "on"}).status_code == 302
    assert dict(NoticePreference.objects.values_list("kind", "by_mail")) == {"quiet": True, "loud": False}
    assert "Sparat." in page(client, "/mitt/installningar/?sparat=1")
    assert 'id="id_quiet" checked' in page(client, "/mitt/installningar/")


def test_one_persons_choice_is_not_anothers(world: World) -> None:
    with unrecorded("a test's world"):
        NoticePreference.objects.create(user=world.coordinator, kind="quiet", by_mail=True)
    assert 'id="id_quiet">' in page(signed_in(world.analyst), "/mitt/installningar/")
