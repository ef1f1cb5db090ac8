"""`python -m bench permission_filter [DOCUMENTS]`: what it costs a list that everyone sees only their own.

The same list with `visible_to(user)` and without, alternating, on the database that DATABASE_URL names, else on SQLite
in a folder of its own. Filtered, it begins where a request does: the person's roles and releases are read anew. The
person sees every row, so that both lists are as long: half are their organisation's own, the rest released to it, one
by one and as a whole kind. The page that the site shows of it, fifty rows and how many there are, is told beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench.installation import installation, kind
from bench.measure import Timed, against_peer, busy

DOCUMENTS = 10_000
RELEASED_ONE_BY_ONE = 200
ROUNDS = 15
LIMIT = 1.20


def main(arguments: list[str]) -> int:
    documents = int(arguments[0]) if arguments else DOCUMENTS
    with installation():
        print(f"{kind()}, {busy()}")
        return _compare(documents)


# Internals


def _compare(documents: int) -> int:
    from plats.web.accounts.tests.world import fresh
    from plats.web.documents.models import Document

    person, limited = _fill(documents)
    rows = f"{documents} rader"
    code = 0
    for whom, user in (("en roll för allt", person), ("en roll för 22 platser", limited)):
        ours, peer = _alternating(
            lambda user=user: _read(Document.objects.visible_to(fresh(user))),
            lambda: _read(Document.objects.all()),
        )
        code |= against_peer(f"{rows}, {whom}", ours, peer, name="ofiltrerat", limit=LIMIT)
        ours, peer = _alternating(lambda user=user: _page_of(fresh(user)), _page_of_all)
        extra = 1000 * (ours.median - peer.median)
        told = f"{1000 * ours.median:.1f} ms, ofiltrerat {1000 * peer.median:.1f} ms, {extra:+.1f} ms"
        print(f"  sidan, 50 av {documents}: {told}")
    return code


def _read(rows: Any) -> int:
    """Every row of the list, as the page would show it."""
    return len(list(_in_order(rows)))


def _page_of(user: Any) -> int:
    """The first page as the site lists it."""
    from plats.web.documents.queries import Filters, list_documents

    return len(list_documents(user, Filters()).rows)


def _page_of_all() -> int:
    """The same questions about all rows."""
    from django.db.models import Count

    from plats.web.documents.models import Document

    Document.objects.count()
    keys = list(Document.objects.order_by("-changed_at", "-pk").values_list("pk", flat=True)[:50])
    return len(list(_in_order(Document.objects.filter(pk__in=keys)).annotate(files=Count("attachments"))))


def _in_order(rows: Any) -> Any:
    return rows.select_related("organisation", "place", "responsible").order_by("-changed_at", "-pk")


def _alternating(ours: Callable[[], int], peers: Callable[[], int]) -> tuple[Timed, Timed]:
    """Both, in turns, so that they meet the same machine. They must find as many."""
    assert ours() == peers()
    mine, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(_seconds(peers))
        mine.append(_seconds(ours))
    return (
        Timed(min(mine), sorted(mine)[ROUNDS // 2]),
        Timed(min(theirs), sorted(theirs)[ROUNDS // 2]),
    )


def _seconds(work: Callable[[], int]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _fill(documents: int) -> tuple[Any, Any]:
    """One who sees all, and one who sees as much by a role for every place there is. All of it is invented."""
    from plats.web.accounts.tests.world import make_member, make_organisation
    from plats.web.audit.recording import unrecorded
    from plats.web.documents.models import Document
    from plats.web.documents.tests.places import make_place

    own = make_organisation("Kommunstyrelsen (exempel)")
    whole = make_organisation("Polisen (exempel)")
    single = make_organisation("Bostadsbolaget (exempel)")
    others = [make_organisation(f"Förening {number} (exempel)") for number in range(20)]
    person = make_member(own, "analyst")
    places = [make_place("regso", f"omrade-{n}", f"Område {n}", f"0126R{n:03d}") for n in range(22)]
    limited = make_member(own, "reporter", place_keys=[f"regso/{place.slug}" for place in places])
    owners = [single] * RELEASED_ONE_BY_ONE + [whole] * (documents // 2 - RELEASED_ONE_BY_ONE)
    owners += [own] * (documents - len(owners))
    rows = [
        Document(
            organisation=owner,
            created_by=person,
            responsible=person,
            title=f"Handling {number}",
            description="Belysningen längs gångstråket är trasig på tre ställen. " * 4,
            place=places[number % len(places)],
        )
        for number, owner in enumerate(owners)
    ]
    with unrecorded("bench: rows to list"):
        Document.objects.bulk_create(rows, batch_size=500)
        _release(person, single, own, [row.public_id for row in rows[:RELEASED_ONE_BY_ONE]])
        _release(person, whole, own, [None])
        # What other organisations have let each other see is in the table too.
        for other in others:
            _release(person, whole, other, [None])
    return person, limited


def _release(by: Any, giver: Any, taker: Any, numbers: list[Any]) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from plats.web.accounts.models import Release

    Release.objects.bulk_create(
        Release(
            from_organisation=giver,
            to_organisation=taker,
            what="document",
            object_id=number,
            title="Handlingar",
            purpose="Gemensam planering",
            legal_basis="public",
            valid_until=timezone.localdate() + timedelta(days=30),
            created_by=by,
        )
        for number in numbers
    )
