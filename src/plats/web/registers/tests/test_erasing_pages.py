"""What has been erased and what falls due, on page and in file; erasing from the page, by those who may."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse

from plats.web.accounts.models import Membership, Release
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.verify import verify
from plats.web.registers.queries import due_lines, rule_summaries
from plats.web.registers.tests.conftest import SignIn
from plats.web.retention import erasures
from plats.web.retention.journal import replay
from plats.web.retention.models import Tombstone
from plats.web.retention.planning import make_plan
from plats.web.retention.running import retain
from plats.web.retention.tests.restoring import backup, restore
from plats.web.retention.tests.things import MAKERS, ended_membership, local, make_alva, revoked_release

EVENT = date(2026, 6, 10)
TODAY = EVENT + timedelta(days=730)


@pytest.fixture
def aged(lasting_world: World) -> Iterator[World]:
    """A membership that is due today and one in ten days; a release that has been due for long."""
    ended_membership(lasting_world, local(EVENT))
    ended_membership(lasting_world, local(EVENT + timedelta(days=10)))
    revoked_release(lasting_world, local(EVENT - timedelta(days=1825)))
    with time_machine.travel(local(TODAY), tick=False):
        yield lasting_world


def rows_of(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_rules_are_summed_by_what_is_due_and_what_falls_due(aged: World) -> None:
    found = {one.rule: one for one in rule_summaries(30)}
    membership, release = found["membership"], found["release"]
    assert (membership.due, membership.coming, membership.first_due_on) == (1, 1, TODAY)
    assert (release.due, release.coming, release.needs_decision) == (1, 0, True)
    assert {one.rule: one for one in rule_summaries(9)}["membership"].coming == 0


def test_the_list_ahead_stops_at_its_day(aged: World) -> None:
    due = {within: [one.due_on for one in due_lines(within, "membership")] for within in (9, 10)}
    assert due == {9: [TODAY], 10: [TODAY, TODAY + timedelta(days=10)]}
    assert [one.is_due for one in due_lines(10, "membership")] == [True, False]


def test_the_registrar_erases_by_decision(aged: World, signed_in: SignIn) -> None:
    client = signed_in(aged.people["registrar"])
    asked = {"rule": "release", "decision": "KS-2028/7"}
    (planned,) = client.post(reverse("registers:erase"), asked).context["plan"].items
    assert Release.objects.filter(public_id=planned.number).exists(), "It asks before it erases."
    answer = client.post(reverse("registers:erase"), asked | {"confirmed": "1"})
    assert answer["Location"].endswith("?gallrat=1#gallrat")
    assert "1 är gallrad." in client.get(answer["Location"]).content.decode()
    assert not Release.objects.filter(title="Handlingar").exists()
    (row,) = rows_of(client.get(reverse("registers:erased_file")))
    registrar = str(aged.people["registrar"].public_id)
    assert (row["Slag"], row["Beslut"], row["Kontots nummer"]) == ("delningar", "KS-2028/7", registrar)
    assert verify().whole


def test_without_the_decision_it_takes_nothing_is_erased(aged: World, signed_in: SignIn) -> None:
    client = signed_in(aged.people["registrar"])
    for decision in ("", "  ", "19811218-9876"):
        answer = client.post(reverse("registers:erase"), {"rule": "release", "decision": decision})
        assert answer.status_code == 422
        assert answer.context["erase_form"].errors["decision"]
    assert Tombstone.objects.count() == 0


def test_a_rule_that_takes_none_needs_none(aged: World, signed_in: SignIn) -> None:
    signed_in(aged.people["registrar"]).post(
        reverse("registers:erase"), {"rule": "membership", "confirmed": "1"}
    )
    assert Tombstone.objects.get().decision == "gallringsregel membership 2026-01-01"
    assert Membership.objects.exclude(ended_at=None).count() == 1


def test_while_someone_else_erases_one_is_told_to_wait(aged: World, signed_in: SignIn) -> None:
    client = signed_in(aged.people["registrar"])
    with erasures.opened():
        answer = client.post(reverse("registers:erase"), {"rule": "membership", "confirmed": "1"})
    assert answer.status_code == 422
    assert "pågår redan" in answer.content.decode()
    assert Tombstone.objects.count() == 0


def test_the_officer_reads_and_does_not_erase(aged: World, signed_in: SignIn) -> None:
    for role, person in aged.people.items():
        client = signed_in(person)
        reads = 200 if role in ("registrar", "data_protection_officer") else 403
        for route in ("registers:retention", "registers:due_file", "registers:erased_file"):
            assert client.get(reverse(route)).status_code == reads, (role, route)
        if role != "registrar":
            assert client.post(reverse("registers:erase"), {"rule": "membership"}).status_code == 403
    assert Tombstone.objects.count() == 0


def test_files_have_what_the_page_has_no_room_for(aged: World, signed_in: SignIn) -> None:
    for number in range(60):
        ended_membership(aged, local(EVENT - timedelta(days=number + 1)))
    client = signed_in(aged.officer)
    page = client.get(reverse("registers:retention"))
    assert len(page.context["due"]) == 50
    assert len(rows_of(client.get(reverse("registers:due_file")))) == 63
    retain(by=None, plan=make_plan())
    assert len(rows_of(client.get(reverse("registers:erased_file"), {"rule": "membership"}))) == 61
    assert rows_of(client.get(reverse("registers:erased_file"), {"rule": "release"})) == []


# The log's values, by decision


def test_values_are_erased_by_decision_and_a_restore_does_not_bring_them_back(
    lasting_world: World, signed_in: SignIn
) -> None:
    """Erase, verify, restore the rows of before, erase again by the journal, verify."""
    make_alva()
    number = AuditEntry.objects.get(act="user.create").pk
    rows = backup()
    client = signed_in(lasting_world.officer)
    sent = {"entries": f"{number}, {number + 500}-{number + 501}", "decision": "KS-2026/9"}
    asked = client.post(reverse("registers:erase_values"), sent)
    assert asked.context["count"] == 1
    assert "Alva" in AuditValues.objects.get(pk=number).values
    client.post(reverse("registers:erase_values"), sent | {"confirmed": "1"})
    assert AuditValues.objects.get(pk=number).values == ""
    assert verify().erased == {"KS-2026/9": 1}
    restore(rows)
    assert "Alva" in AuditValues.objects.get(pk=number).values
    assert replay() == 1
    assert AuditValues.objects.get(pk=number).values == ""
    result = verify()
    assert (result.whole, dict(result.erased)) == (True, {"KS-2026/9": 1})


def test_only_the_officer_erases_values(lasting_world: World, signed_in: SignIn) -> None:
    make_alva()
    number = AuditEntry.objects.get(act="user.create").pk
    sent = {"entries": str(number), "decision": "KS-2026/9", "confirmed": "1"}
    for role, person in lasting_world.people.items():
        if role != "data_protection_officer":
            assert signed_in(person).post(reverse("registers:erase_values"), sent).status_code == 403, role
    assert "Alva" in AuditValues.objects.get(pk=number).values


@pytest.mark.parametrize("entries", ["", "x", "5-1", "1-9999", "0x5", "1,,2", "-5", "½"])
def test_what_are_no_numbers_of_entries_are_told(
    lasting_world: World, signed_in: SignIn, entries: str
) -> None:
    answer = signed_in(lasting_world.officer).post(
        reverse("registers:erase_values"), {"entries": entries, "decision": "KS-2026/9", "confirmed": "1"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["entries"]


def test_every_kind_has_a_name_in_the_lists(aged: World) -> None:
    for make in MAKERS.values():
        make(aged, local(EVENT - timedelta(days=1900)))
    assert all(
        one.kind != one.rule and " " not in one.kind[:1] for one in due_lines(30) if one.rule != "release"
    )
