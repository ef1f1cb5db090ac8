"""Whatever is changed in the chain's rows, by someone who has the database and not the key, is found."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from plats.web.audit import key
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.tests import tampering
from plats.web.audit.tests.chains import make_chain
from plats.web.audit.tests.tampering import TAMPERINGS, everything
from plats.web.audit.verify import ERASING_ACT, verify

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 200


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is rolled back: each tampering meets the chain as it was written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_two_hundred_tamperings_are_all_found() -> None:
    remembered = make_chain()
    written = everything()
    assert AuditEntry.objects.count() >= 60
    assert verify().whole
    draw = random.Random(2026)  # noqa: S311
    missed, tried = [], Counter[str]()
    for number in range(TIMES):
        tamper = TAMPERINGS[number % len(TAMPERINGS)]
        with undone():
            tamper(draw, remembered)
            assert everything() != written, f"{number}: {tamper.__name__} changed nothing"
            tried[tamper.__name__] += 1
            if verify().whole:
                missed.append(f"{number}: {tamper.__name__}")
        assert everything() == written
    assert missed == []
    assert sum(tried.values()) == TIMES
    assert min(tried.values()) >= TIMES // len(TAMPERINGS)


def test_one_who_has_the_key_too_is_found_by_the_note_outside_the_database() -> None:
    """The last entry's hash is noted in a file: a chain that ends otherwise is another chain."""
    make_chain()
    with undone(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(tampering, "GUESSED_KEY", key.audit_key())
        tampering.chain_anew_with_a_guessed_key(random.Random(1), {})  # noqa: S311
        found = [one.what for one in verify().findings]
    assert found == ["Posten är en annan än den som noterats utanför databasen."]


def test_a_finding_names_the_entry_it_is_about() -> None:
    make_chain()
    with undone():
        AuditValues.objects.filter(pk=17).update(values="{}")
        assert [(one.sequence, one.what) for one in verify().findings] == [
            (17, "Postens värden har ändrats efter att de skrevs.")
        ]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "{",
        "[]",
        '{"decision":"X"}',
        '{"decision":"X","entries":[[1]]}',
        '{"decision":"X","entries":[[-9,99999999999]]}',
    ],
)
def test_a_spoilt_note_about_erasing_is_a_finding_and_stops_nothing(note: str) -> None:
    """Found on PostgreSQL, where another draw than SQLite's emptied the note of such an entry and verifying broke."""
    make_chain()
    with undone():
        erasing = AuditEntry.objects.filter(act=ERASING_ACT).order_by("sequence")[0]
        AuditEntry.objects.filter(pk=erasing.pk).update(note=note)
        found = [(one.sequence, one.what) for one in verify().findings]
    assert (erasing.pk, "Posten har ändrats efter att den skrevs.") in found
