"""What belongs to an effort: files, answers about children, shares, what is taken away, and what is shared."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from plats.web.accounts.actions.releases import ReleaseTerms, create_release
from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.tests.making import make_effort
from plats.web.efforts.kinds import ChildQuestion
from plats.web.efforts.models import ChildImpact, Effort, EffortFile, EffortPlace, EffortResource
from plats.web.efforts.parts import answer_children, attach, remove_parts
from plats.web.places.models import Place


def own(effort: Effort, page: str) -> str:
    return f"/mitt/insatser/{effort.public_id}/{page}/"


def test_everyone_reads_the_file_of_a_published_effort_and_nobody_else_of_another(
    world: World, client: Client
) -> None:
    one = make_effort(world.housing)
    client.force_login(world.lead)
    sent = SimpleUploadedFile("Plan för hallen.txt", b"Hallen ska ha \xc3\xb6ppet.")
    assert client.post(own(one, "fil"), {"file": sent}).status_code == 302
    address = f"{one.get_absolute_url()}filer/{EffortFile.objects.get().public_id}/"
    assert "Plan för hallen.txt" in client.get(one.get_absolute_url()).content.decode()
    for stranger in (None, world.police_lead):
        client.logout()
        if stranger:
            client.force_login(stranger)
        assert client.get(address).status_code == 404
    with unrecorded("published"):
        Effort.objects.update(is_public=True)
    client.logout()
    answer: Any = client.get(address)
    assert b"".join(answer.streaming_content).decode() == "Hallen ska ha öppet."
    assert "attachment" in answer["Content-Disposition"]


def test_a_lying_file_and_the_same_file_twice_are_told_and_not_kept(world: World, client: Client) -> None:
    one = make_effort(world.housing)
    client.force_login(world.lead)
    lying = SimpleUploadedFile("bild.png", b"<script>alert(1)</script>")
    assert client.post(own(one, "fil"), {"file": lying}).status_code == 422
    attach(by=world.lead, effort=one, file=io.BytesIO(b"text"), name="a.txt")
    with pytest.raises(ValidationError, match="finns redan"):
        attach(by=world.lead, effort=one, file=io.BytesIO(b"text"), name="b.txt")
    with pytest.raises(NotAllowedError):
        attach(by=world.police_lead, effort=one, file=io.BytesIO(b"mer"), name="c.txt")
    assert [file.name for file in EffortFile.objects.all()] == ["a.txt"]


def test_answers_about_children_come_change_and_go(world: World, client: Client) -> None:
    one = make_effort(world.housing, is_public=True)
    client.force_login(world.lead)
    assert (
        client.post(own(one, "barn"), {"touched": "Barn i Vårby.", "best": "Att få spela."}).status_code
        == 302
    )
    assert client.post(own(one, "barn"), {"touched": "", "best": "Att få spela mer."}).status_code == 302
    assert list(ChildImpact.objects.values_list("question", "answer")) == [("best", "Att få spela mer.")]
    before = AuditEntry.objects.count()
    assert client.post(own(one, "barn"), {"best": "Att få spela mer."}).status_code == 302
    assert AuditEntry.objects.count() == before  # nothing new was said
    shown = client.get(one.get_absolute_url()).content.decode()
    assert "1 av 7 frågor är besvarade" in shown
    assert "obesvarad" in shown
    acts = list(AuditEntry.objects.filter(kind="child_impact").order_by("pk").values_list("act", flat=True))
    assert acts == ["child_impact.change"] * 4  # two come, one changes, one goes


def test_a_number_of_a_person_in_an_answer_is_caught(world: World, client: Client) -> None:
    one = make_effort(world.housing)
    client.force_login(world.lead)
    answer = client.post(own(one, "barn"), {"touched": "Barnet 640823-3234."})
    assert answer.status_code == 422
    assert not ChildImpact.objects.exists()
    with pytest.raises(ValidationError):
        answer_children(by=world.lead, effort=one, answers={ChildQuestion.BEST: "Ring 640823-3234."})
    assert not ChildImpact.objects.exists()


def test_shares_are_written_in_percent_and_too_much_is_told(world: World, client: Client) -> None:
    one = make_effort(world.housing)
    here, there = (
        Place.objects.get(division="regso", slug=slug) for slug in ("varby-gard", "varby-haga-masmo")
    )
    with unrecorded("where it is"):
        for place in (here, there):
            EffortPlace.objects.create(effort=one, place=place)
    client.force_login(world.lead)
    page = own(one, "andelar")
    sent = {"revision": "1", f"plats{here.pk}": "33,33", f"plats{there.pk}": "66,68"}
    assert "mer än hela insatsen" in client.post(page, sent).content.decode()
    assert not EffortPlace.objects.exclude(share_millionths=None).exists()
    assert client.post(page, sent | {f"plats{there.pk}": "66,67"}).status_code == 302
    assert sorted(EffortPlace.objects.values_list("share_millionths", flat=True)) == [333_300, 666_700]
    shown = client.get(one.get_absolute_url()).content.decode()
    assert "33,33 %" in re.sub(r"\s", " ", shown)
    # Written on the revision that is gone: told, and what stands stays.
    assert client.post(page, sent | {f"plats{there.pk}": "1"}).status_code == 422
    assert client.post(page, sent | {"revision": "2", f"plats{there.pk}": ""}).status_code == 302
    assert EffortPlace.objects.get(place=there).share_millionths is None


def test_what_no_longer_belongs_is_taken_away_and_the_chain_keeps_it(world: World, client: Client) -> None:
    one, other = make_effort(world.housing), make_effort(world.housing, "Annan")
    with unrecorded("what it takes"):
        first, second = (EffortResource.objects.create(effort=one, year=year) for year in (2025, 2026))
        foreign = EffortResource.objects.create(effort=other, year=2026)
    client.force_login(world.lead)
    page = own(one, "ta-bort")
    assert client.post(page, {}).status_code == 422
    assert client.post(page, {"bort": f"effort_resource-{foreign.pk}"}).status_code == 422
    with pytest.raises(ValidationError):
        remove_parts(by=world.lead, effort=one, rows=[first, foreign])
    assert client.post(page, {"bort": f"effort_resource-{first.pk}"}).status_code == 302
    assert set(EffortResource.objects.all()) == {second, foreign}
    assert AuditEntry.objects.filter(act="effort_part.remove", kind="effort_resource").count() == 1


def test_an_unpublished_effort_is_shared_with_another_organisation_and_its_reading_is_noted(
    world: World, client: Client
) -> None:
    one = make_effort(world.housing)
    client.force_login(world.lead)
    assert "Dela med en annan organisation" in client.get(one.get_absolute_url()).content.decode()
    terms = ReleaseTerms(
        what="effort",
        object_id=one.public_id,
        purpose="Gemensam planering",
        legal_basis="agreement",
        valid_until=timezone.localdate() + timedelta(30),
    )
    create_release(by=world.lead, from_organisation=world.housing, to_organisation=world.police, terms=terms)
    client.force_login(world.police_lead)
    assert client.get(one.get_absolute_url()).status_code == 200
    assert client.get(own(one, "barn")).status_code == 404
    assert (
        AuditEntry.objects.filter(act="read", kind="effort", actor=str(world.police_lead.public_id)).count()
        == 1
    )
