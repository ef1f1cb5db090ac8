"""The log as the data protection officer meets it: who, what, when; a value only in an entry that is opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from plats.web.accounts.actions import May, create_user, set_switches
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World, make_world
from plats.web.audit.erasing import entries_about, erase_values
from plats.web.audit.models import AuditEntry
from plats.web.audit.queries import Filters, list_entries, lookers
from plats.web.audit.recording import append, unrecorded
from plats.web.audit.verified import last_verification, note_verification
from plats.web.audit.verify import Verification, verify
from plats.web.retention.tests.things import local

DAY = date(2026, 10, 25)  # the clock goes back an hour in the night: this day has twenty-five


@pytest.fixture
def world(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[World]:
    settings.PLATS_HOME = tmp_path
    with translation.override("sv"):
        yield make_world()


@pytest.fixture
def officer(world: World, client: Client) -> Client:
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def alva(world: World) -> User:
    password = "tre gula lastbilar"  # noqa: S105
    return create_user(
        by=world.administrator, email="alva@exempel.se", name="Alva Exempel", password=password, may=May.READ
    )


def entries(officer: Client, **filters: str) -> list[int]:
    answer = officer.get(reverse("audit:list"), filters)
    assert answer.status_code == 200
    return [line.sequence for line in answer.context["page"].lines]


def numbered(act: str) -> int:
    return AuditEntry.objects.get(act=act).pk


# The list


def test_the_list_shows_who_and_what_and_no_value(world: World, officer: Client, alva: User) -> None:
    set_switches(by=world.administrator, user=alva, may=May.WRITE, reason="Skälet står i värdena")
    page = officer.get(reverse("audit:list")).content.decode()
    for shown in (
        world.administrator.name,
        "ändrade vad som får göras med användare",
        "Alva Exempel",
        "får skriva",
    ):
        assert shown in page
    for value in ("alva@exempel.se", "Skälet står i värdena"):
        assert value not in page


def test_a_name_is_read_when_the_log_is_and_not_when_it_is_written(
    world: World, officer: Client, alva: User
) -> None:
    append(by=alva, act="read", kind="document", object_id="x")
    with unrecorded("a test"):
        User.objects.filter(pk=alva.pk).update(name="Alva Nynamn")
    assert [line.who for line in list_entries(world.officer, Filters(act="read")).lines] == ["Alva Nynamn"]


def test_an_account_that_is_gone_is_shown_by_number(world: World) -> None:
    append(by=world.analyst, act="read", kind="document", object_id="x")
    gone = str(uuid4())
    AuditEntry.objects.update(actor=gone)
    assert [line.who for line in list_entries(world.officer, Filters()).lines] == [f"Konto {gone[:8]}"]


@pytest.fixture
def told(world: World, alva: User) -> dict[str, int]:
    """One entry of each sort, by what it is."""
    with time_machine.travel(local(DAY, 0, 0), tick=False):
        append(
            by=alva,
            act="read",
            organisation=world.police,
            kind="document",
            object_id="11111111-1111-1111-1111-111111111111",
        )
    with time_machine.travel(local(DAY, 23, 59), tick=False):
        append(by=world.analyst, act="denied", kind="documents:document", object_id="x", note="GET 404")
    with time_machine.travel(local(DAY + timedelta(days=1), 0, 0), tick=False):
        append(by=None, act="sign_in.fail", kind="user")
    acts = {"made": "user.create", "read": "read", "denied": "denied", "fail": "sign_in.fail"}
    return {name: numbered(act) for name, act in acts.items()}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"actor": "Alva"}, ["read"]),
        ({"actor": "ALVA@exempel.se"}, ["read"]),
        ({"actor": "system"}, ["fail"]),
        (
            {"object_id": "https://plats.exempel.se/handlingar/11111111-1111-1111-1111-111111111111/"},
            ["read"],
        ),
        ({"act": "read"}, ["read"]),
        ({"act": "denied"}, ["denied"]),
        ({"act": "changes"}, ["made"]),
        ({"act": "sign_in."}, ["fail"]),
        ({"act": "user.create"}, ["made"]),
        ({"kind": "document"}, ["read"]),
        ({"since": "2026-10-26", "until": "2026-10-26"}, ["fail"]),
        ({"since": "2026-10-25", "until": "2026-10-25"}, ["denied", "read"]),
        ({"actor": "Alva", "act": "denied"}, []),
        ({"actor": "'; DROP TABLE"}, []),
    ],
)
def test_the_list_is_narrowed(
    officer: Client, told: dict[str, int], filters: dict[str, str], found: list[str]
) -> None:
    assert set(entries(officer, **filters)) & set(told.values()) == {told[one] for one in found}


def test_the_list_is_narrowed_by_organisation(world: World, officer: Client, told: dict[str, int]) -> None:
    assert entries(officer, organisation=str(world.police.public_id)) == [told["read"]]


@pytest.mark.parametrize(
    "filters", [{"since": "i går"}, {"kind": "x"}, {"before": "x"}, {"organisation": "x"}]
)
def test_what_cannot_be_read_is_told_and_narrows_nothing(
    officer: Client, told: dict[str, int], filters: dict[str, str]
) -> None:
    assert set(told.values()) <= set(entries(officer, **filters))


def test_pages_follow_one_another_while_the_log_grows(world: World, officer: Client) -> None:
    for number in range(120):
        append(by=world.analyst, act="read", kind="document", object_id=str(number))
    seen, before = [], ""
    for _ in range(3):
        page = officer.get(reverse("audit:list"), {"act": "read", "before": before}).context["page"]
        seen += [line.object_id for line in page.lines]
        append(by=world.analyst, act="read", kind="document", object_id="meanwhile")
        before = str(page.older or "")
    assert seen == [str(number) for number in reversed(range(120))]


def test_the_list_takes_the_same_number_of_queries_however_long(
    world: World, officer: Client, alva: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            list_entries(world.officer, Filters())
        return len(captured)

    append(by=world.analyst, act="read", organisation=world.other, kind="document", object_id="x")
    queries()  # the reader's own roles, read once per request
    few = queries()
    for person in world.people.values():
        append(by=person, act="read", organisation=world.police, kind="user", object_id=str(person.public_id))
    # The entries, and the names of people, of organisations and of the accounts that entries are about.
    assert few == queries() == 4


# One object


def test_who_looked_at_an_object(world: World, officer: Client, alva: User) -> None:
    number = str(uuid4())
    for person, act in ((alva, "read"), (alva, "read"), (world.analyst, "read"), (world.reporter, "denied")):
        append(
            by=person, act=act, kind="document" if act == "read" else "documents:document", object_id=number
        )
    append(by=world.analyst, act="read", kind="document", object_id=str(uuid4()))
    found = {(one.who, one.times, one.denied) for one in lookers(world.officer, number)}
    assert found == {(alva.name, 2, False), (world.analyst.name, 1, False), (world.reporter.name, 1, True)}
    page = officer.get(reverse("audit:object", args=[number])).content.decode()
    assert "Vem har tittat på: handling" in page
    assert officer.get(reverse("audit:object", args=[str(uuid4())])).status_code == 404


# One entry


def test_opening_an_entry_shows_its_values_and_is_an_entry(world: World, officer: Client, alva: User) -> None:
    set_switches(by=world.administrator, user=alva, may=May.WRITE, reason="Ska rapportera")
    number = numbered("user.switch")
    page = officer.get(reverse("audit:entry", args=[number])).content.decode()
    assert "Ska rapportera" in page
    opened = AuditEntry.objects.get(act="audit.open")
    assert (opened.actor, opened.object_id, opened.fields) == (str(world.officer.public_id), str(number), "")
    assert officer.get(reverse("audit:entry", args=[9999])).status_code == 404
    assert AuditEntry.objects.filter(act="audit.open").count() == 1


def test_an_entry_that_cannot_be_noted_as_opened_is_not_opened(
    officer: Client, alva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr("plats.web.audit.views.append", fail)
    with pytest.raises(RuntimeError):
        officer.get(reverse("audit:entry", args=[numbered("user.create")]))


def test_an_erased_entry_says_by_which_decision(world: World, officer: Client, alva: User) -> None:
    erase_values(by=world.officer, entries=entries_about([str(alva.public_id)]), decision="KS-2026/9")
    page = officer.get(reverse("audit:entry", args=[numbered("user.create")])).content.decode()
    assert "raderade enligt beslut KS-2026/9" in page
    assert "alva@exempel.se" not in page


# Who may


def test_nobody_but_the_officer_sees_the_log(world: World, alva: User, client: Client) -> None:
    addresses = [
        reverse("audit:list"),
        reverse("audit:object", args=[str(alva.public_id)]),
        reverse("audit:entry", args=[numbered("user.create")]),
    ]
    for role, person in [*world.people.items(), ("stranger", world.stranger)]:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for address in addresses:
            expected = 200 if role == "data_protection_officer" else 403
            assert client.get(address).status_code == expected, (role, address)
        if role != "data_protection_officer":
            assert list_entries(person, Filters()).lines == []
            assert lookers(person, str(alva.public_id)) == []


# The last verification


def test_the_page_says_when_the_log_was_last_verified(world: World, officer: Client) -> None:
    assert "har inte prövats" in officer.get(reverse("audit:list")).content.decode()
    with time_machine.travel(local(DAY, 8, 15), tick=False):
        note_verification(Verification(entries=12_345))
    page = officer.get(reverse("audit:list")).content.decode()
    assert "Senast prövad 2026-10-25 08:15: 12\N{NO-BREAK SPACE}345 poster." in page
    assert "Ingen är ändrad" in page
    broken = Verification(entries=3)
    broken.found(2, "Posten har ändrats efter att den skrevs.")
    note_verification(broken)
    assert "1 avvikelse." in officer.get(reverse("audit:list")).content.decode()


def test_a_note_that_cannot_be_read_is_none(world: World, tmp_path: Path) -> None:
    note_verification(verify())
    assert last_verification() is not None
    (tmp_path / "audit" / "verified.json").write_text("{", encoding="ascii")
    assert last_verification() is None
