"""Ten thousand numbers of others' documents and files, tried by everyone who may not see them: none is found."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World, make_member
from plats.web.audit.models import AuditEntry
from plats.web.documents import queries
from plats.web.documents.models import Attachment, Document
from plats.web.documents.tests.places import make_attachment, make_document
from plats.web.places.models import Place

SEED = 20261127
IN_BATCHES, BY_FUNCTION, BY_HTTP = 9_000, 800, 200
FORM = {"title": "Min", "revision": "1", "closed_on": "2026-01-01"}


class Owned:
    """What one person has: their documents and files, by number."""

    def __init__(self, user: User, organisation: Any, number: int, place: Place | None = None) -> None:
        self.user = user
        self.documents = [
            make_document(user, organisation, title=f"{organisation.name} {one}", place=place)
            for one in range(number)
        ]
        self.files = [
            make_attachment(user, one, f"{one.pk}.png", colour=one.pk % 250) for one in self.documents
        ]


@pytest.fixture
def owners(world: World, varby: Place, skogas: Place) -> list[Owned]:
    """Four organisations, and two at the housing company who each work with a place of their own."""
    here = make_member(world.housing, "reporter", place_keys=["regso/varby-gard"])
    there = make_member(world.housing, "reporter", place_keys=["regso/skogas-ostra"])
    return [
        Owned(world.analyst, world.committee, 6),
        Owned(world.others["analyst"], world.other, 6),
        Owned(world.police_lead, world.police, 6),
        Owned(here, world.housing, 4, varby),
        Owned(there, world.housing, 4, skogas),
    ]


def tried(owners: list[Owned], watchers: list[User], number: int) -> list[tuple[User, UUID, UUID]]:
    """Someone, and the number of a document and of a file that are not theirs, or nobody's."""
    draw = random.Random(SEED)  # noqa: S311  the same swaps on every machine
    found = []
    for _ in range(number):
        owner = draw.choice(owners)
        strangers = [one.user for one in owners if one is not owner] + watchers
        document, file = draw.choice(owner.documents), draw.choice(owner.files)
        numbers = [document.public_id, file.public_id, uuid4(), UUID(int=draw.getrandbits(128), version=4)]
        found.append((draw.choice(strangers), draw.choice(numbers), draw.choice(numbers)))
    return found


LOOK_UPS: list[Callable[[User, UUID, UUID], object]] = [
    lambda user, one, _other: queries.find_document(user, one),
    lambda user, one, _other: queries.find_to_change(user, one),
    lambda user, one, _other: queries.find_to_release(user, one),
    queries.find_attachment,
    queries.find_attachment_to_remove,
]


def test_no_swap_of_numbers_finds_anything_in_any_queryset(world: World, owners: list[Owned]) -> None:
    """Everyone's many tries asked in one question per person and kind."""
    watchers = [world.officer, world.administrator, world.stranger]
    asked: dict[User, set[UUID]] = defaultdict(set)
    tries = tried(owners, watchers, IN_BATCHES // 2)
    for user, one, other in tries:
        asked[user] |= {one, other}
    assert 2 * len(tries) == IN_BATCHES
    for user, numbers in asked.items():
        for seen in (
            Document.objects.visible_to(user),
            Document.objects.changeable_by(user),
            Document.objects.changeable_by(user, "export"),
            Attachment.objects.visible_to(user),
            Attachment.objects.changeable_by(user),
        ):
            assert not seen.filter(public_id__in=numbers).exists()


def test_no_swap_of_numbers_finds_anything_by_any_look_up(world: World, owners: list[Owned]) -> None:
    watchers = [world.officer, world.administrator, world.stranger]
    for number, (user, one, other) in enumerate(tried(owners, watchers, BY_FUNCTION)):
        assert LOOK_UPS[number % len(LOOK_UPS)](user, one, other) is None
    own = owners[0]
    assert queries.find_document(own.user, own.documents[0].public_id), (
        "Nobody finds anything, so nothing is tested."
    )
    assert queries.find_attachment(own.user, own.documents[0].public_id, own.files[0].public_id)


def test_no_swap_of_numbers_opens_or_changes_anything_by_http(world: World, owners: list[Owned]) -> None:
    routes = ["", "andra/", "avsluta/", "oppna/", "filer/", "filer/{file}/", "filer/{file}/ta-bort/"]
    clients: dict[int, Client] = {}
    before = _everything()
    draw = random.Random(SEED)  # noqa: S311  the same swaps on every machine
    for user, document, file in tried(owners, [], BY_HTTP):
        if user.pk not in clients:
            clients[user.pk] = Client()
            clients[user.pk].force_login(user)
        path = f"/handlingar/{document}/" + draw.choice(routes).format(file=file)
        ask: Any = draw.choice([clients[user.pk].get, clients[user.pk].post])
        response = ask(path, FORM)
        assert response.status_code in (404, 405), path
    assert _everything() == before
    assert AuditEntry.objects.filter(act="denied").count() > BY_HTTP // 2


def test_nobody_lists_or_takes_out_what_is_not_theirs(world: World, owners: list[Owned]) -> None:
    for owner in owners:
        mine = {one.pk for one in owner.documents}
        assert {one.pk for one in queries.list_documents(owner.user, queries.Filters()).rows} == mine
        assert {one.pk for one in queries.documents_to_export(owner.user, queries.Filters())} <= mine
    for watcher in (world.officer, world.administrator, world.stranger):
        assert queries.list_documents(watcher, queries.Filters()).total == 0
        assert queries.documents_to_export(watcher, queries.Filters()) == []


# Internals


def _everything() -> tuple[list[Any], list[Any]]:
    return (
        list(Document.objects.order_by("pk").values()),
        list(Attachment.objects.order_by("pk").values()),
    )
