"""An address with another organisation's number in it opens nothing, whichever number and whichever address."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import URLPattern
from django.utils import timezone

from plats.web.accounts.models import Invitation, Membership, Organisation, Release, Unit, User
from plats.web.accounts.people_urls import urlpatterns
from plats.web.accounts.tests.browsing import Reader, address
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import unrecorded

DRAWS = 400
# Which organisations take part is no secret to those who do; what stands on the page is (test_pages_organisations).
OPEN_TO_ALL = {"organisation"}
PRIVATE = ("Hemliga enheten", "hemlig@exempel.se", "Hemliga delningen")


def object_routes() -> list[tuple[str, list[str]]]:
    """The routes with a number in them, and what their numbers are called."""
    found = [
        (pattern.name or "", list(pattern.pattern.converters))
        for pattern in urlpatterns
        if isinstance(pattern, URLPattern)
    ]
    return [(name, keys) for name, keys in found if keys and name not in OPEN_TO_ALL and keys != ["token"]]


@pytest.fixture
def theirs(world: World) -> list[object]:
    """Everything of the police and of the other committee, by number."""
    with unrecorded("test"):
        for organisation in (world.police, world.other):
            Unit.objects.create(organisation=organisation, name=PRIVATE[0])
            Invitation.objects.create(
                token_digest=uuid4().hex,
                email=PRIVATE[1],
                organisation=organisation,
                role="reporter",
                expires_at=timezone.now() + timedelta(days=1),
            )
        Release.objects.create(
            from_organisation=world.police,
            to_organisation=world.other,
            what="document",
            title=PRIVATE[2],
            valid_until=timezone.localdate(),
        )
    organisations = (world.police, world.other)
    return [
        *(one.public_id for one in organisations),
        *Unit.objects.values_list("public_id", flat=True),
        *Invitation.objects.values_list("public_id", flat=True),
        *Release.objects.values_list("public_id", flat=True),
        *Membership.objects.filter(organisation__in=organisations).values_list("public_id", flat=True),
        *User.objects.filter(memberships__organisation__in=organisations).values_list("public_id", flat=True),
        *(uuid4() for _ in range(10)),
    ]


def content() -> list[object]:
    """Every row that a page here can change; the audit chain's own grows by the refusals."""
    models = (Organisation, Unit, Membership, Invitation, Release, User)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_random_number_of_anothers_opens_no_address(world: World, theirs: list[object]) -> None:
    """Drawn with a seed, so that every run asks the same. Lead, reporter and coordinator of other organisations ask."""
    draw = random.Random(20261127)  # noqa: S311  not a secret
    routes = object_routes()
    assert len(routes) >= 15
    readers = {
        who: Reader(user)
        for who, user in (
            ("lead", world.lead),
            ("reporter", world.reporter),
            ("coordinator", world.coordinator),
        )
    }
    before = content()
    opened = []
    for _ in range(DRAWS):
        name, keys = draw.choice(routes)
        who = draw.choice(list(readers))
        url = address(name, **{key: draw.choice(theirs) for key in keys})
        send = readers[who].client.post if draw.random() < 0.5 else readers[who].client.get
        response = send(url, {"reason": "X", "name": "Y", "role": "reporter", "may": "nothing"})
        # 405: the address takes only a form. Nothing was looked up.
        if response.status_code not in (403, 404, 405) or any(
            word in response.content.decode() for word in PRIVATE
        ):
            opened.append((who, name, response.status_code))
    assert opened == []
    assert content() == before
    refusals = AuditEntry.objects.filter(act="denied")
    assert refusals.count() > DRAWS / 2
    told = " ".join(AuditValues.objects.filter(pk__in=refusals.values("pk")).values_list("values", flat=True))
    assert not any(word in told for word in PRIVATE)


def test_the_same_draw_opens_ones_own(world: World) -> None:
    """So that the test above would fail if every page were simply shut."""
    reader = Reader(world.lead)
    mine = {
        "organisation_change": world.housing.public_id,
        "unit_new": world.housing.public_id,
        "invite": world.housing.public_id,
        "handover": world.housing.public_id,
        "membership_change": Membership.objects.get(user=world.reporter).public_id,
        "membership_end": Membership.objects.get(user=world.reporter).public_id,
    }
    for name, number in mine.items():
        reader.get(name, public_id=number)
