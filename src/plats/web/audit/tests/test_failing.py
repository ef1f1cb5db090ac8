"""No entry, no act: whatever fails when an entry is written, nothing of what was done remains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, models
from django.utils import timezone

from plats.web.accounts.actions import (
    May,
    Offer,
    ReleaseTerms,
    create_membership,
    create_organisation,
    create_release,
    create_user,
    end_membership,
    invite,
    set_switches,
)
from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import Membership
from plats.web.accounts.models.release import LegalBasis
from plats.web.accounts.tests.world import World, make_world
from plats.web.audit.erasing import erase_values
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import append
from plats.web.audit.verify import verify
from plats.web.documents.actions import Content, close_document, create_document
from plats.web.documents.models import Document
from plats.web.documents.tests.places import make_document
from plats.web.retention import erasures
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain
from plats.web.retention.tests.restoring import backup
from plats.web.retention.tests.things import ended_membership, local

TABLES: dict[str, type[models.Model]] = {"entries": AuditEntry, "values": AuditValues}


@pytest.fixture
def world(transactional_db: None, settings: LazySettings, tmp_path: Path) -> World:
    settings.PLATS_HOME = tmp_path
    made = make_world()
    # There is a chain already, and something to close, to end and to erase.
    make_document(made.coordinator, made.committee)
    ended_membership(made, local(date(2024, 1, 1)))
    return made


def _document() -> Document:
    return Document.objects.get()


def _membership(world: World) -> Membership:
    return Membership.objects.get(user=world.reporter)


def _release_terms() -> ReleaseTerms:
    return ReleaseTerms(
        what="document", purpose="Gemensamt arbete", legal_basis=LegalBasis.NECESSARY,
        valid_until=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip


ACTS: dict[str, Callable[[World], object]] = {
    "make an account": lambda world: create_user(
        by=None,
        email="ny@exempel.se",
        name="Ny",
        password="tre gula lastbilar",  # noqa: S106
    ),
    "make an organisation": lambda world: create_organisation(
        by=None, name="Räddningstjänsten (exempel)", kind=OrganisationKind.RESCUE_SERVICE
    ),
    "close an account's writing": lambda world: set_switches(by=None, user=world.reporter, may=May.READ),
    "give a role": lambda world: create_membership(
        by=None, user=world.stranger, organisation=world.housing, role="reporter"
    ),
    "end a role": lambda world: end_membership(by=None, membership=_membership(world)),
    "invite": lambda world: invite(
        by=None,
        organisation=world.housing,
        offer=Offer("ny@exempel.se", "reporter"),
        link=lambda token: token,
    ),
    "share": lambda world: create_release(
        by=world.coordinator,
        from_organisation=world.committee,
        to_organisation=world.other,
        terms=_release_terms(),
    ),
    "write a document": lambda world: create_document(
        by=world.coordinator,
        organisation=world.committee,
        content=Content(title="Exempel", responsible=world.coordinator),
    ),
    "close a document": lambda world: close_document(
        by=world.coordinator, document=_document(), closed_on=timezone.localdate()
    ),
    "look at something": lambda world: append(
        by=world.coordinator, act="read", kind="document", object_id="x"
    ),
    "erase values": lambda world: erase_values(by=None, entries=[1], decision="KS-2026/1"),
    "erase by rule": lambda world: retain(by=None, plan=make_plan()),
}


@contextmanager
def insert_fails(table: str) -> Iterator[None]:
    """The program's own insert meets an error of the database: a full disk, a lost connection."""

    def fail(*_: Any, **__: Any) -> None:
        raise DatabaseError("the disk is full")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TABLES[table].objects, "bulk_create", fail)
        yield


@contextmanager
def trigger_refuses(table: str) -> Iterator[None]:
    """The database itself takes no more rows in the table."""
    name = TABLES[table]._meta.db_table
    with connection.cursor() as cursor:
        for line in _TRIGGERS[connection.vendor]:
            cursor.execute(line.format(table=name))
        try:
            yield
        finally:
            for line in _UNDONE[connection.vendor]:
                cursor.execute(line.format(table=name))


@contextmanager
def end_is_stuck(table: str) -> Iterator[None]:
    """Entry and values are written, and then the row that says where the chain ends cannot be."""

    def fail(*_: Any, **__: Any) -> None:
        raise DatabaseError("the row is locked")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("plats.web.audit.recording._move_head", fail)
        yield


_TRIGGERS = {
    "sqlite": ["CREATE TRIGGER no_more BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no more'); END"],
    "postgresql": [
        "CREATE FUNCTION no_more() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'no more'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER no_more BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_more()",
    ],
}
_UNDONE = {
    "sqlite": ["DROP TRIGGER no_more"],
    "postgresql": ["DROP TRIGGER no_more ON {table}", "DROP FUNCTION no_more()"],
}
WAYS = {
    "the insert of entries fails": (insert_fails, "entries"),
    "the insert of values fails": (insert_fails, "values"),
    "the database refuses entries": (trigger_refuses, "entries"),
    "the database refuses values": (trigger_refuses, "values"),
    "the end cannot be moved": (end_is_stuck, ""),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_an_act_whose_entry_cannot_be_written_is_not_done(
    world: World, act: Callable[[World], object], mailoutbox: list[Any]
) -> None:
    before, read_before = backup(), dict(erasures.read().batches)
    for way, table in WAYS.values():
        with way(table), pytest.raises(DatabaseError):
            act(world)
        assert backup() == before
    assert verify().whole
    assert mailoutbox == []
    assert all(
        one.end != erasures.DONE
        for number, one in erasures.read().batches.items()
        if number not in read_before
    )
    # And it is the entry that it hung on: nothing else was in the way.
    act(world)
    assert backup() != before
    assert verify().whole
