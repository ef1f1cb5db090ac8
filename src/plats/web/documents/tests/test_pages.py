"""The list of documents and writing a new one: what each person sees, and what they meet when something is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World, make_member
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import unrecorded
from plats.web.documents.actions import close_document
from plats.web.documents.models import Document
from plats.web.documents.news import news_of_documents
from plats.web.documents.tests.asking import LIST, NUMBER, page, sent, signed_in
from plats.web.documents.tests.places import make_attachment, make_document
from plats.web.places import queries as places_queries
from plats.web.places.models import Place


def test_the_list_shows_ones_own_and_nothing_of_others(world: World, document: Document) -> None:
    assert document.title in page(signed_in(world.coordinator), LIST)
    for other in (world.others["coordinator"], world.reporter):
        assert document.title not in page(signed_in(other), LIST)


@pytest.mark.parametrize("role", ["data_protection_officer", "administrator"])
def test_those_who_watch_and_run_the_system_see_no_documents(
    world: World, document: Document, role: str
) -> None:
    client = signed_in(world.people[role])
    for path in (LIST, document.get_absolute_url(), f"{LIST}ny/", f"{LIST}lista.csv"):
        page(client, path, 403)


def test_a_visitor_is_asked_to_sign_in(client: Client, world: World, document: Document) -> None:
    for path in (LIST, document.get_absolute_url(), f"{document.get_absolute_url()}andra/"):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/logga-in/")


def test_the_sites_search_asks_nothing_here() -> None:
    """It is open to everyone; the journey looks for a document there."""
    assert not [one for one in places_queries._searchers if one.__module__.startswith("plats.web.documents")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=belysning", {"Belysning"}),
        ("q=LJUSPUNKT", {"Belysning"}),
        ("q=aby", {"Åby skola"}),
        ("q=ÅBY", {"Åby skola"}),
        ("q=100%25", set()),
        ("q=.*", set()),
        ("q=KS 2026 17", {"Åby skola"}),
        ("q=ks-2026/17", {"Åby skola"}),
        ("q=2026/1", {"Åby skola"}),
        ("plats=regso/varby-gard", {"Belysning"}),
        ("plats=regso/finns-inte", {"Belysning", "Åby skola"}),
        ("lage=closed", {"Åby skola"}),
        ("lage=open", {"Belysning"}),
        ("lage=annat", {"Belysning", "Åby skola"}),
        ("q=belysning&lage=closed", set()),
        ("sida=99", {"Belysning", "Åby skola"}),
        ("sida=-1", {"Belysning", "Åby skola"}),
        ("sida=²", {"Belysning", "Åby skola"}),
        ("q=%00", {"Belysning", "Åby skola"}),
    ],
)
def test_the_list_is_narrowed(world: World, varby: Place, query: str, found: set[str]) -> None:
    make_document(
        world.analyst, world.committee, title="Belysning", description="Två ljuspunkter", place=varby
    )
    closed = make_document(world.analyst, world.committee, title="Åby skola", case_number="KS-2026/17")
    close_document(by=world.analyst, document=closed, closed_on=timezone.localdate())
    shown = page(signed_in(world.analyst), f"{LIST}?{query}")
    assert {title for title in ("Belysning", "Åby skola") if f">{title}</a>" in shown} == found


def test_the_list_asks_as_much_for_one_as_for_many(
    world: World, varby: Place, django_assert_num_queries: Any
) -> None:
    """The releases, the count, the page and its files; besides: session, user, roles, owners and places to choose."""
    client = signed_in(world.analyst)
    make_attachment(world.analyst, make_document(world.analyst, world.committee, place=varby))
    page(client, LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(client, LIST)
    for number in range(60):
        make_document(world.analyst, world.committee, title=f"Handling {number}", place=varby)
    with django_assert_num_queries(len(one)):
        shown = page(client, LIST)
    assert "Sida 1 av 2" in shown
    assert "61 handlingar" in shown


def test_a_document_is_written_and_shown(world: World, varby: Place) -> None:
    client = signed_in(world.analyst)
    assert "Vårby gård" in page(client, f"{LIST}ny/")
    response = client.post(
        f"{LIST}ny/",
        {
            "title": "Belysning",
            "case_number": "ks-2026/1",
            "place": "regso/varby-gard",
            "description": "Rad <b>ett</b>\r\n\r\nRad två",
            "responsible": str(world.coordinator.public_id),
        },
    )
    assert response.status_code == 302
    shown = page(client, response["Location"])
    for text in (
        "Belysning",
        "KS-2026/1",
        "Vårby gård",
        "Rad &lt;b&gt;ett&lt;/b&gt;",
        world.coordinator.name,
    ):
        assert text in shown
    assert Document.objects.get().place == varby


def test_what_points_out_a_person_is_caught_explained_and_kept_in_the_field(world: World) -> None:
    client = signed_in(world.analyst)
    said = {
        "title": "Ansökan",
        "description": f"Sökande {NUMBER}",
        "responsible": str(world.analyst.public_id),
    }
    assert 'name="override_reason"' not in page(client, f"{LIST}ny/")
    shown = sent(client, f"{LIST}ny/", 422, **said)
    assert "Texten innehåller ett personnummer" in shown
    assert f"Sökande {NUMBER}</textarea>" in shown
    assert 'name="override_reason"' in shown
    assert not Document.objects.exists()
    assert "Texten innehåller ett telefonnummer" in sent(
        client, f"{LIST}ny/", 422, **said, override_reason="Ring 070-174 06 05"
    )
    assert client.post(f"{LIST}ny/", said | {"override_reason": "Inkommen ansökan"}).status_code == 302
    entry = AuditEntry.objects.filter(act="document.create").first()
    assert entry is not None
    assert AuditValues.objects.get(pk=entry.pk).reason == "Inkommen ansökan"


def test_a_title_with_a_finding_asks_for_no_reason(world: World) -> None:
    said = {
        "title": f"Om {NUMBER}",
        "responsible": str(world.analyst.public_id),
        "override_reason": "Viktigt",
    }
    shown = sent(signed_in(world.analyst), f"{LIST}ny/", 422, **said)
    assert "Ta bort det innan du sparar" in shown
    assert 'name="override_reason"' not in shown


def test_a_reason_that_was_not_needed_is_not_kept(world: World) -> None:
    said = {
        "title": "Belysning",
        "responsible": str(world.analyst.public_id),
        "override_reason": "För säkerhets skull",
    }
    assert signed_in(world.analyst).post(f"{LIST}ny/", said).status_code == 302
    assert not AuditValues.objects.exclude(reason="").exists()


def test_whoever_writes_for_several_says_for_which(world: World) -> None:
    person = make_member(world.other, "analyst", user=world.analyst)
    client = signed_in(person)
    assert world.other.name in page(client, f"{LIST}ny/")
    path = f"{LIST}ny/?organisation={world.other.public_id}"
    assert client.post(path, {"title": "A", "responsible": str(person.public_id)}).status_code == 302
    assert Document.objects.get().organisation == world.other
    stranger = f"{LIST}ny/?organisation={world.police.public_id}"
    assert 'name="title"' not in page(client, stranger)


def test_only_people_of_the_organisation_can_answer_for_its_documents(world: World) -> None:
    for person in (world.reporter, world.people["politician"], world.others["analyst"]):
        sent(signed_in(world.analyst), f"{LIST}ny/", 422, title="A", responsible=str(person.public_id))


def test_a_role_for_one_place_is_offered_that_place(world: World, varby: Place, skogas: Place) -> None:
    person = make_member(world.housing, "reporter", place_keys=["regso/varby-gard"])
    client = signed_in(person)
    shown = page(client, f"{LIST}ny/")
    assert "Vårby gård" in shown
    assert "Skogås östra" not in shown
    said = {"title": "A", "responsible": str(person.public_id)}
    sent(client, f"{LIST}ny/", 422, **said)
    sent(client, f"{LIST}ny/", 422, **said, place="regso/skogas-ostra")
    assert client.post(f"{LIST}ny/", said | {"place": "regso/varby-gard"}).status_code == 302


def test_closing_an_accounts_reading_holds_from_the_next_request(world: World, document: Document) -> None:
    client = signed_in(world.coordinator)
    page(client, document.get_absolute_url())
    with unrecorded("a test's world"):
        User.objects.filter(pk=world.coordinator.pk).update(may_write=False)
    sent(client, f"{document.get_absolute_url()}avsluta/", 403, closed_on="2026-01-01")
    with unrecorded("a test's world"):
        User.objects.filter(pk=world.coordinator.pk).update(may_read=False)
    page(client, document.get_absolute_url(), 403)


def test_a_denial_is_on_record(world: World, document: Document) -> None:
    page(signed_in(world.reporter), document.get_absolute_url(), 404)
    entry = AuditEntry.objects.get(act="denied")
    assert (entry.actor, entry.object_id) == (str(world.reporter.public_id), str(document.public_id))


def test_the_pages_are_there_in_english_too(world: World, document: Document) -> None:
    client, address = signed_in(world.analyst), document.get_absolute_url()
    assert "Documents" in page(client, "/en/handlingar/")
    assert "Close the document" in page(client, f"/en{address}")


def test_what_others_have_written_is_news_to_those_who_may_read_it(world: World) -> None:
    since = timezone.now()
    document = make_document(world.analyst, world.committee)
    make_document(world.others["analyst"], world.other)
    (item,) = news_of_documents(world.coordinator, since)
    assert (item.url, item.at) == (document.get_absolute_url(), document.created_at)
    assert news_of_documents(world.coordinator, timezone.now()) == []
    for nobody in (world.analyst, world.reporter, world.officer):
        assert news_of_documents(nobody, since) == []


def test_the_work_menu_leads_here(world: World) -> None:
    from plats.web.common.workmenu import work_menu

    def links(user: User) -> set[str]:
        return {link.url for _group, found in work_menu(user) for link in found}

    assert reverse("documents:list") in links(world.analyst)
    assert reverse("documents:list") not in links(world.officer)
