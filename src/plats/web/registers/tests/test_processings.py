"""The Article 30 register prints what the models and the rules say, and leaves nothing out."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plats.catalog.load import catalog
from plats.web.accounts.models import Organisation, Release
from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded
from plats.web.common.processing import our_models, processing_of
from plats.web.registers.processings import controllers, processing_register, register_rows
from plats.web.registers.tests.conftest import SignIn


def share(world: World, **said: object) -> Release:
    """The committee lets the police see its documents."""
    terms = {
        "from_organisation": world.committee,
        "to_organisation": world.police,
        "what": "document",
        "title": "Handlingar",
        "purpose": "Gemensamt arbete",
        "legal_basis": "general_clause",
        "valid_until": timezone.localdate() + timedelta(days=30),
    }
    with unrecorded("a test's world"):
        return Release.objects.create(**terms | said)


def test_every_model_that_holds_personal_data_is_in_the_register(world: World) -> None:
    expected = {str(m._meta.verbose_name_plural) for m in our_models() if processing_of(m) is not None}
    entries = [entry for group in processing_register() for entry in group.entries]
    assert {one.name for one in entries} == expected
    assert len(entries) == len([m for m in our_models() if processing_of(m) is not None])
    for one in entries:
        assert one.purpose
        assert one.legal_basis
        assert one.subjects
        assert one.data
        assert one.fields


def test_how_long_is_what_the_rule_says(world: World) -> None:
    entries = {one.name: one for group in processing_register() for one in group.entries}
    kept = entries["inbjudningar"].kept
    assert kept is not None
    assert kept.days == f"{catalog().retention_rules['invitation'].days(timezone.localdate())} dagar"
    assert kept.counted_from == "den dag inbjudan antogs, återkallades eller gick ut"
    assert (kept.needs_decision, entries["handlingar"].kept.needs_decision) == (False, True)  # type: ignore[union-attr]


def test_who_receives_is_who_something_is_released_to_today(world: World) -> None:
    def recipients() -> list[str]:
        return next(
            one for group in processing_register() for one in group.entries if one.name == "handlingar"
        ).recipients

    assert recipients() == []
    release = share(world)
    share(world, to_organisation=world.housing, valid_from="2020-01-01", valid_until="2020-12-31")
    assert recipients() == ["Polisen (exempel)"]
    with unrecorded("a test's world"):
        Release.objects.filter(pk=release.pk).update(revoked_at=timezone.now())
    assert recipients() == []


def test_the_register_says_who_answers(world: World) -> None:
    with unrecorded("a test's world"):
        Organisation.objects.filter(pk=world.committee.pk).update(contact_email="dso@exempel.se")
    found = controllers(world.officer)
    assert found.organisations == ["Barn- och utbildningsnämnden (exempel)", "Kommunstyrelsen (exempel)"]
    assert "Kommunstyrelsen (exempel) · dso@exempel.se" in found.officers


def test_the_page_and_the_file_have_every_processing(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.people["registrar"])
    page = client.get(reverse("registers:processings")).content.decode()
    file = client.get(reverse("registers:processings_file"))
    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + len(list(register_rows(processing_register())))
    assert len({len(row) for row in rows}) == 1
    for row in rows[1:]:
        assert f"<h3>{row[1][0].upper()}{row[1][1:]}</h3>" in page
    assert "attachment" in file["Content-Disposition"]


def test_only_the_officer_and_the_registrar_read_it(world: World) -> None:
    for role, person in world.people.items():
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for route in (
            "registers:processings",
            "registers:processings_file",
            "registers:flows",
            "registers:flows_file",
        ):
            expected = 200 if role in ("data_protection_officer", "registrar") else 403
            assert client.get(reverse(route)).status_code == expected, (role, route)
