"""Handing out: found by case number, masked by choice, with a protocol; what was masked is nowhere."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from plats.web.accounts.tests.world import World, make_member
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.common.cases import (
    CaseHit,
    CaseKind,
    CaseRecord,
    Piece,
    case_kind,
    forget_case_kind,
    register_case_kind,
)
from plats.web.documents.actions import Content, create_document
from plats.web.documents.models import Document
from plats.web.documents.tests.places import make_attachment
from plats.web.registers import queries
from plats.web.registers.handing_out.actions import Choice, hand_out
from plats.web.registers.handing_out.masking import MASK, How
from plats.web.registers.handing_out.suggesting import suggestions
from plats.web.registers.models import Handout
from plats.web.registers.tests.conftest import SignIn

TEXT = "Kim Exempelsson nås på 070-174 06 05. Driftenheten åtgärdar."


def write(world: World, **content: object) -> Document:
    said = {
        "title": "Belysning", "case_number": "KS-2026/417", "description": TEXT, "responsible": world.coordinator,
    } | content  # fmt: skip
    return create_document(
        by=world.coordinator,
        organisation=world.committee,
        content=Content(**said),
        reason="Anmälan ska besvaras",  # type: ignore[arg-type]
    )


def record_of(world: World, document: Document) -> CaseRecord:
    found = queries.find_case(world.people["registrar"], "document", document.public_id)
    assert found is not None
    return found


def choices(record: CaseRecord, **chosen: Choice) -> dict[str, Choice]:
    return {piece.name: chosen.get(piece.name, Choice(How.OPEN)) for piece in record.pieces}


MASKED = Choice(How.PARTS, "OSL 21:1", ["Kim Exempelsson"])


# Finding


@pytest.mark.parametrize("text", ["KS-2026/417", "ks 2026/417", "Dnr KS-2026:417", "2026-417", "KS-2026/4"])
def test_a_case_number_is_found_however_it_is_written(world: World, text: str) -> None:
    document = write(world)
    write(world, case_number="KS-2026/999")
    found = queries.find_cases(world.people["registrar"], text)
    assert [hit.number for hit in found] == [document.public_id]


def test_every_kind_that_is_registered_is_searched(world: World) -> None:
    hit = CaseHit(
        "letter", uuid4(), "KS-2026/417", "Ett brev", "Kommunstyrelsen", Document().created_at.date(), "/"
    )
    register_case_kind(CaseKind("letter", "brev", lambda user, text: [hit], lambda user, number: None))
    try:
        write(world)
        assert [one.kind for one in queries.find_cases(world.people["registrar"], "2026/417")] == [
            "document",
            "letter",
        ]
    finally:
        forget_case_kind("letter")
    assert case_kind("letter") is None


def test_what_is_another_organisations_is_not_found(world: World) -> None:
    document = write(world)
    registrar = world.others["registrar"]
    assert queries.find_cases(registrar, "KS-2026/417") == []
    assert queries.find_case(registrar, "document", document.public_id) is None
    assert queries.find_case(world.people["registrar"], "nothing", document.public_id) is None


# Suggestions


def test_what_may_have_to_be_masked_is_suggested_with_the_reason(world: World) -> None:
    by_name = {one.piece.name: one for one in suggestions(record_of(world, write(world)))}
    description = by_name["description"]
    assert (description.how, description.section) == (How.PARTS, "OSL 21:1, 18:1 och 26:1")
    assert description.reasons == (
        "Texten innehåller ett telefonnummer.",
        "Pröva sekretess enligt OSL 21:1, 18:1 och 26:1.",
    )
    assert by_name["title"].reasons == ("Kan säga något om en person. Läs och bedöm.",)
    assert (by_name["case_number"].how, by_name["case_number"].reasons) == (How.OPEN, ())


# Handing out


def test_what_is_masked_is_nowhere_in_what_is_kept(world: World) -> None:
    record = record_of(world, write(world))
    AuditValues.objects.all().delete()
    handout = hand_out(
        by=world.people["registrar"], record=record, choices=choices(record, description=MASKED)
    )
    assert {
        "label": "beskrivning",
        "text": f"{MASK} nås på {MASK}. Driftenheten åtgärdar.",
    } in handout.content
    kept = serialize("json", [*Handout.objects.all(), *AuditEntry.objects.all(), *AuditValues.objects.all()])
    assert "OSL 21:1" in kept
    for secret in ("Kim", "Exempelsson", "070-174"):
        assert secret not in kept


def test_the_protocol_is_in_the_chain_and_the_texts_are_not(world: World) -> None:
    record = record_of(world, write(world))
    handout = hand_out(
        by=world.people["registrar"], record=record, choices=choices(record, description=MASKED)
    )
    assert handout.protocol == {
        "description": {"label": "beskrivning", "how": "parts", "section": "OSL 21:1", "places": 2}
    }
    entry = AuditEntry.objects.get(act="handout.make", kind="handout")
    values = AuditValues.objects.get(pk=entry.pk).values
    assert (entry.actor, entry.object_id) == (
        str(world.people["registrar"].public_id),
        str(handout.public_id),
    )
    assert '"section":"OSL 21:1"' in values
    assert "Driftenheten" not in values
    assert AuditEntry.objects.filter(
        act="handout.make", kind="document", object_id=str(record.hit.number)
    ).exists()


def test_a_mask_without_a_section_hands_nothing_out(world: World) -> None:
    record = record_of(world, write(world))
    with pytest.raises(ValidationError, match="beskrivning"):
        hand_out(
            by=world.people["registrar"],
            record=record,
            choices=choices(record, description=Choice(How.WHOLE, "  ")),
        )
    assert not Handout.objects.exists()


def test_only_a_registrar_of_the_organisation_hands_out(world: World) -> None:
    record = record_of(world, write(world))
    for by in (world.others["registrar"], world.officer, world.coordinator, world.administrator):
        with pytest.raises(PermissionDenied):
            hand_out(by=by, record=record, choices=choices(record))
    assert not Handout.objects.exists()


# The pages


def test_the_registrar_finds_masks_and_downloads(world: World, signed_in: SignIn) -> None:
    document = write(world)
    make_attachment(world.coordinator, document, "kims-bild.png")
    client = signed_in(world.people["registrar"])
    found = client.get(reverse("registers:cases"), {"number": "KS-2026/417"}).context["hits"]
    address = reverse("registers:hand_out", args=[found[0].kind, found[0].number])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent["words-description"] = "Kim Exempelsson, åtgärdar"
    names = [one.piece.name for one in form.suggestions]
    file_name = next(name for name in names if name.startswith("file-"))
    sent |= {f"how-{file_name}": "whole", f"section-{file_name}": "OSL 21:7"}
    answer = client.post(address, sent)
    handout = Handout.objects.get()
    assert answer["Location"] == reverse("registers:handout", args=[handout.public_id])
    page = client.get(answer["Location"]).content.decode()
    text = client.get(reverse("registers:handout_file", args=[handout.public_id])).content.decode("utf-8-sig")
    for said in (page, text):
        assert f"{MASK} nås på {MASK}. Driftenheten {MASK}." in said
        assert "OSL 21:1, 18:1 och 26:1" in said
        for secret in ("Kim", "kims-bild", "070-174", "åtgärdar"):
            assert secret not in said
    assert text.endswith("Bilaga: maskat med stöd av OSL 21:7.\r\n")


def test_that_the_record_was_read_is_on_record_each_time(world: World, signed_in: SignIn) -> None:
    document = write(world)
    client = signed_in(world.people["registrar"])
    address = reverse("registers:hand_out", args=["document", document.public_id])
    for _ in range(2):
        client.get(address)
    assert AuditEntry.objects.filter(act="read", object_id=str(document.public_id)).count() == 2


def test_what_is_wrong_is_told_at_its_field(world: World, signed_in: SignIn) -> None:
    document = write(world)
    client = signed_in(world.people["registrar"])
    address = reverse("registers:hand_out", args=["document", document.public_id])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"how-title": "whole", "words-description": "Robin"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"section-title", "words-description"}
    assert not Handout.objects.exists()


def test_another_organisations_record_and_handout_are_not_found(world: World, signed_in: SignIn) -> None:
    record = record_of(world, write(world))
    handout = hand_out(by=world.people["registrar"], record=record, choices=choices(record))
    client = signed_in(world.others["registrar"])
    for address in (
        reverse("registers:hand_out", args=["document", record.hit.number]),
        reverse("registers:handout", args=[handout.public_id]),
        reverse("registers:handout_file", args=[handout.public_id]),
        reverse("registers:hand_out", args=["document", UUID(int=0)]),
    ):
        assert client.get(address).status_code == 404
    assert client.get(reverse("registers:handouts")).context["handouts"] == []


def test_a_registrar_for_some_places_hands_out_those(world: World, client: Client) -> None:
    """Access is organisation × kind × place here too."""
    someone = make_member(world.committee, "registrar", place_keys=["regso/finns-inte"])
    assert queries.find_cases(someone, write(world).case_number) == []


def test_a_piece_that_is_empty_is_left_out(world: World) -> None:
    record = record_of(world, write(world, description=""))
    assert "description" not in {piece.name for piece in record.pieces}
    assert all(isinstance(piece, Piece) and piece.text for piece in record.pieces)
