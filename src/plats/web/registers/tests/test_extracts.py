"""A registerutdrag has everything about the person, and nothing about anyone else."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from plats.web.accounts.actions import May, create_membership, create_user, set_switches
from plats.web.accounts.models import Invitation, LinkedIdentity, SecondFactor, SignedInSession, User
from plats.web.accounts.signin.lock import attempt
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import recorded, unrecorded
from plats.web.common.guard import overriding
from plats.web.common.processing import account_links, our_models
from plats.web.documents.actions import Content, create_document
from plats.web.documents.models import Document
from plats.web.registers.extracts import Extract, candidates, make_extract, subject_of
from plats.web.registers.tests.conftest import SignIn

ALVA = "alva@exempel.se"
SECRET = "hemlighet-som-aldrig-lamnas-ut"  # noqa: S105


@pytest.fixture
def alva(world: World) -> User:
    """Someone of whom there is something of every kind, among others of whom there is the same."""
    alva = _person(world, ALVA, "Alva Exempel")
    bo = _person(world, "bo@exempel.se", "Bo Annansson")
    for one, other in ((alva, bo), (bo, alva)):
        with unrecorded("a test's world"):
            Invitation.objects.create(
                token_digest=str(uuid4()), email=one.email, organisation=world.police, role="reporter",
                invited_by=other, expires_at=timezone.now() + timedelta(days=3),
            )  # fmt: skip
            SecondFactor.objects.create(
                user=one, type="totp", data={"secret": SECRET, "number": str(uuid4())}
            )
            LinkedIdentity.objects.create(
                user=one, provider="https://idp.exempel.se", uid=f"{SECRET}-{one.name}"
            )
        SignedInSession.objects.create(user=one, browser=f"Webbläsare {one.name}", network="192.0.2.0/24")
        attempt(one.email)
        set_switches(by=other, user=one, may=May.WRITE, reason=f"{other.name} har bett om det för {one.name}")
        document = create_document(
            by=world.coordinator,
            organisation=world.committee,
            content=Content(
                title="Exempel", description=f"{one.name} och {other.name} talades vid.", responsible=one
            ),
        )
        with unrecorded("a test's world"):
            Document.objects.filter(pk=document.pk).update(created_by=other)
    return alva


def _person(world: World, email: str, name: str) -> User:
    password = "tre gula lastbilar"  # noqa: S105
    user = create_user(by=world.administrator, email=email, name=name, password=password, may=May.READ)
    create_membership(by=world.administrator, user=user, organisation=world.police, role="reporter")
    return user


def extract_of(world: World, user: User) -> Extract:
    subject = subject_of(world.officer, account=user.public_id)
    assert subject is not None
    return make_extract(by=world.officer, subject=subject, form="page")


def told(extract: Extract) -> str:
    """Everything an extract says, as one text."""
    return json.dumps(extract.as_json(), ensure_ascii=False)


def test_it_has_something_from_every_kind_that_points_at_the_person(world: World, alva: User) -> None:
    with_rows = {
        str(model._meta.verbose_name_plural)
        for model in our_models()
        for link in account_links(model)
        if model._base_manager.filter(**{link.name: alva}).exists()
    }
    sections = {one.name for one in extract_of(world, alva).sections}
    assert {"medlemskap", "inbjudningar", "sessioner", "handlingar", "andra faktorer"} <= with_rows
    assert with_rows <= sections
    assert {"användare", "inloggningsspärrar", "loggposter"} <= sections


def test_it_says_what_is_about_the_person(world: World, alva: User) -> None:
    said = told(extract_of(world, alva))
    for expected in (
        ALVA,
        "Alva Exempel",
        "Webbläsare Alva Exempel",
        "192.0.2.0/24",
        "Polisen (exempel)",
        "Rapportör",
    ):
        assert expected in said


def test_it_says_nothing_about_anyone_else(world: World, alva: User) -> None:
    """Every other account's name, address and number, in everything that is said."""
    with recorded(by=alva, act="user.switch") as record:
        record.noted(kind="user", object_id=str(world.reporter.public_id))
        record.noted(kind="accounts:person", object_id=f"1,{world.reporter.public_id}")
    said = told(extract_of(world, alva)).lower()
    others = User.objects.exclude(pk=alva.pk)
    assert others.count() > 20
    for one in others:
        assert one.name.lower() not in said
        assert one.email.lower() not in said
        assert str(one.public_id) not in said


def test_it_gives_no_secret_away(world: World, alva: User) -> None:
    said = told(extract_of(world, alva))
    assert SECRET not in said
    assert alva.password not in said
    assert "finns, men lämnas inte ut" in said


def test_a_text_that_mentions_the_person_is_named_and_not_quoted(world: World, alva: User) -> None:
    extract = extract_of(world, alva)
    mentioned = [one for one in extract.mentions if one.field == "beskrivning"]
    assert {one.number for one in mentioned} == {
        str(n) for n in Document.objects.values_list("public_id", flat=True)
    }
    assert "talades vid" not in told(extract)


def test_what_the_person_did_and_how_the_account_has_been_is_in_it(world: World, alva: User) -> None:
    with recorded(by=alva, act="document.export") as record:
        record.noted(kind="document", object_id="x")
    log = next(one for one in extract_of(world, alva).sections if one.name == "loggposter")
    by_tie: dict[str, list[dict[str, str]]] = {}
    for row in log.rows:
        by_tie.setdefault(row.tie, []).append(dict(row.values))
    assert len(by_tie["den som gjorde"]) == AuditEntry.objects.filter(actor=str(alva.public_id)).count()
    assert {"gjorde": "hämtade som fil handling", "objekt": "x"}.items() <= by_tie["den som gjorde"][
        -1
    ].items()
    assert {"e-postadress": ALVA, "namn": "Alva Exempel"} in by_tie["kontot ändrades"]
    assert {"skäl": "[någon annan] har bett om det för Alva Exempel"} in by_tie["kontot ändrades"]


def test_an_address_without_an_account_is_found_too(world: World) -> None:
    with unrecorded("a test's world"):
        Invitation.objects.create(
            token_digest="x", email="ny@exempel.se", organisation=world.police, role="reporter",  # noqa: S106
            invited_by=world.officer, expires_at=timezone.now() + timedelta(days=3),
        )  # fmt: skip
    attempt("ny@exempel.se")
    subject = subject_of(world.officer, email=" NY@exempel.se ")
    assert subject is not None
    extract = make_extract(by=world.officer, subject=subject, form="json")
    assert [(one.name, len(one.rows)) for one in extract.sections] == [
        ("inbjudningar", 1),
        ("inloggningsspärrar", 1),
    ]
    assert world.officer.name not in told(extract)


def test_a_person_of_whom_there_is_nothing_gets_an_empty_extract(world: World) -> None:
    subject = subject_of(world.officer, email="ingen@exempel.se")
    assert subject is not None
    assert make_extract(by=world.officer, subject=subject, form="page").count == 0


def test_an_override_in_a_text_shows_nothing_of_others(world: World, alva: User) -> None:
    """A reason can hold a telephone number of someone else's; it is masked."""
    with recorded(by=None, act="user.switch", reason="Ring 070-174 06 05") as record, overriding(record):
        record.noted(kind="user", object_id=str(alva.public_id))
    said = told(extract_of(world, alva))
    assert "070-174" not in said
    assert "Ring [någon annan]" in said


# The pages


def test_making_one_is_on_record_without_the_address(world: World, alva: User, signed_in: SignIn) -> None:
    client = signed_in(world.people["registrar"])
    client.post(reverse("registers:extract"), {"account": str(alva.public_id), "form": "csv"})
    client.post(reverse("registers:extract"), {"email": "ny@exempel.se", "form": "page"})
    entries = AuditEntry.objects.filter(act="extract.make").order_by("sequence")
    registrar = str(world.people["registrar"].public_id)
    assert [(one.actor, one.object_id, one.note, one.fields) for one in entries] == [
        (registrar, str(alva.public_id), "csv", ""),
        (registrar, "", "page", ""),
    ]


def test_page_and_files_say_the_same(world: World, alva: User, signed_in: SignIn) -> None:
    client = signed_in(world.officer)
    page, as_json, as_csv = (
        client.post(reverse("registers:extract"), {"account": str(alva.public_id), "form": form})
        for form in ("page", "json", "csv")
    )
    content = json.loads(as_json.content)
    rows = list(csv.reader(StringIO(as_csv.content.decode("utf-8-sig")), delimiter=";"))[1:]
    names = {one["what"] for one in content["sections"]}
    assert {row[0] for row in rows} - {one["what"] for one in content["mentions"]} <= names
    for section in content["sections"]:
        # What is made in between, of making extracts itself, is in the log only.
        numbers = {row["number"] for row in section["rows"]} if section["what"] != "loggposter" else set()
        assert numbers <= {row[1] for row in rows if row[0] == section["what"]}
        assert f"{section['what'][0].upper()}{section['what'][1:]}</h2>" in page.content.decode()
    for answer in (as_json, as_csv):
        assert "no-store" in answer["Cache-Control"]
        assert ALVA not in answer["Content-Disposition"]


def test_a_person_is_looked_for_by_name_or_address(world: World, alva: User, signed_in: SignIn) -> None:
    client = signed_in(world.people["registrar"])
    for text in ("alva", "ALVA@exempel", "a Exempel"):
        found = client.post(reverse("registers:extract_search"), {"person": text}).context["candidates"]
        assert alva in [one.user for one in found]
    answer = client.post(reverse("registers:extract_search"), {"person": "borta@exempel.se"})
    assert (answer.context["candidates"], answer.context["address"]) == ([], "borta@exempel.se")
    assert client.post(reverse("registers:extract_search"), {"person": "a"}).status_code == 422


def test_only_the_officer_and_the_registrar_make_one(world: World, alva: User, signed_in: SignIn) -> None:
    sent: dict[str, Any] = {"account": str(alva.public_id), "form": "json"}
    for role, person in world.people.items():
        expected = 200 if role in ("data_protection_officer", "registrar") else 403
        assert signed_in(person).post(reverse("registers:extract"), sent).status_code == expected, role
        if expected == 403:
            with pytest.raises(PermissionDenied):
                subject_of(person, account=alva.public_id)
            with pytest.raises(PermissionDenied):
                candidates(person, "alva")


def test_an_old_sign_in_is_asked_again(world: World, alva: User, client: Any) -> None:
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["plats_signed_in_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    session.save()
    answer = client.post(reverse("registers:extract"), {"account": str(alva.public_id), "form": "json"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:step_up"))
    assert not AuditEntry.objects.filter(act="extract.make").exists()


@pytest.mark.parametrize(
    "sent", [{"account": str(uuid4())}, {"account": "x"}, {"email": ALVA, "form": "exe"}]
)
def test_what_is_no_one_is_not_found(
    world: World, alva: User, signed_in: SignIn, sent: dict[str, str]
) -> None:
    assert signed_in(world.officer).post(reverse("registers:extract"), sent).status_code == 404


def test_without_anyone_chosen_one_is_led_back(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.officer).post(reverse("registers:extract"))
    assert answer["Location"] == reverse("registers:extract_search")
