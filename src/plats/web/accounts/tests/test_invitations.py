"""Invitations: what is sent is a secret that opens once, for one address, for a while."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from plats.web.accounts.actions import (
    InvitationError,
    May,
    Offer,
    accept_as,
    accept_as_new,
    build_user,
    close_account,
    close_organisation,
    invite,
    send_again,
    withdraw,
)
from plats.web.accounts.mail import NotSentError
from plats.web.accounts.models import Invitation, Membership, User
from plats.web.accounts.rules import InvitationState, digest_of
from plats.web.accounts.tests.world import World, fresh, make_member, make_user
from plats.web.audit.models import AuditEntry, AuditValues

ADDRESS = "ny.rapportor@exempel.se"
PASSWORD = "fyra lila elefanter"  # noqa: S105  belongs to nobody
Commit = DjangoCaptureOnCommitCallbacks


def link(token: str) -> str:
    return f"https://plats.exempel.se/inbjudan/{token}/"


def send(world: World, by: User | None = None, **offer: object) -> Invitation:
    wanted = {"email": ADDRESS, "role": "reporter"} | offer
    return invite(by=by or world.lead, organisation=world.housing, offer=Offer(**wanted), link=link)  # type: ignore[arg-type]


def newcomer(invitation: Invitation, email: str = ADDRESS) -> User:
    may = May.WRITE if invitation.may_write else May.READ
    return build_user(by=invitation.invited_by, email=email, name="Ny (exempel)", password=PASSWORD, may=may)


def token_in(body: str) -> str:
    found = re.search(r"/inbjudan/([^/]+)/", body)
    assert found
    return found[1]


def test_the_letter_has_the_secret_in_both_languages_and_the_database_has_not(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invitation = send(world, email=" Ny.Rapportor@Exempel.SE ")
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    assert "Bostadsbolaget (exempel)" in letter.subject
    token = token_in(letter.body)
    assert len(token) >= 43  # 256 bits in base 64
    assert letter.body.count(link(token)) == 2
    assert "Rapportör" in letter.body
    assert "Reporter" in letter.body
    assert invitation.token_digest == digest_of(token)
    kept = " ".join(AuditValues.objects.values_list("values", flat=True))
    assert token not in kept
    assert invitation.token_digest not in kept


def test_a_letter_that_does_not_go_out_leaves_the_invitation_to_be_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    def fail(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    with pytest.raises(NotSentError, match="Skicka om"), django_capture_on_commit_callbacks(execute=True):
        send(world)
    assert Invitation.objects.open().count() == 1


def test_a_refused_invitation_sends_no_letter(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError):
        send(world, role="politician")
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["", "ingen adress", "a@", "en@exempel.se\nBcc: alla@exempel.se"])
def test_an_address_must_be_one(world: World, email: str) -> None:
    with pytest.raises(ValidationError) as refused:
        send(world, email=email)
    assert "email" in refused.value.message_dict


def test_one_is_invited_to_a_role_once(world: World) -> None:
    send(world)
    with pytest.raises(ValidationError, match="öppen inbjudan"):
        send(world)
    send(world, role="service_staff")
    with pytest.raises(ValidationError, match="redan rollen"):
        send(world, email=world.reporter.email)


@pytest.mark.parametrize("who", ["lead of another", "reporter", "officer"])
def test_who_may_not_invite(world: World, who: str) -> None:
    by = {"lead of another": world.police_lead, "reporter": world.reporter, "officer": world.officer}[who]
    with pytest.raises(PermissionDenied):
        send(world, by=by)


@pytest.mark.parametrize("role", ["administrator", "data_protection_officer", "registrar"])
def test_a_lead_invites_to_no_appointed_role(world: World, role: str) -> None:
    lead = make_member(world.committee, "partner_lead")
    offer = Offer(email=ADDRESS, role=role)
    with pytest.raises(PermissionDenied):
        invite(by=lead, organisation=world.committee, offer=offer, link=link)
    invite(by=world.administrator, organisation=world.committee, offer=offer, link=link)


# Taking it


def test_the_one_invited_makes_an_account_and_has_the_role(world: World) -> None:
    invitation = send(world)
    accept_as_new(by=newcomer(invitation), invitation=invitation)
    user = User.objects.get(email=ADDRESS)
    assert (user.may_read, user.may_write, user.created_by) == (True, True, world.lead)
    assert user.check_password(PASSWORD)
    assert user.grants.organisation_ids("member.read") == [world.housing.pk]
    assert set(AuditEntry.objects.filter(act="invitation.accept").values_list("kind", "actor")) == {
        (kind, str(user.public_id)) for kind in ("user", "membership", "invitation")
    }


def test_an_invitation_to_read_makes_an_account_that_reads(world: World) -> None:
    invitation = send(world, may_write=False)
    accept_as_new(by=newcomer(invitation), invitation=invitation)
    user = User.objects.get(email=ADDRESS)
    assert (user.may_read, user.may_write) == (True, False)


def test_who_has_an_account_takes_the_role_with_it_and_keeps_the_switches(world: World) -> None:
    for user in (make_user(), world.stranger):
        before = (user.may_read, user.may_write)
        invitation = send(world, email=user.email)
        accept_as(by=user, invitation=invitation)
        assert Membership.objects.current().filter(user=user, role="reporter").exists()
        assert (fresh(user).may_read, fresh(user).may_write) == before


def test_another_account_takes_nothing(world: World) -> None:
    invitation = send(world)
    with pytest.raises(InvitationError) as refused:
        accept_as(by=make_user(), invitation=invitation)
    assert refused.value.state is None
    with pytest.raises(InvitationError):
        accept_as_new(by=newcomer(invitation, "annan@exempel.se"), invitation=invitation)
    assert Invitation.objects.open().exists()


def test_it_is_taken_once(world: World) -> None:
    user = make_user(ADDRESS)
    invitation = send(world)
    stale = Invitation.objects.get(pk=invitation.pk)
    accept_as(by=user, invitation=invitation)
    for one in (invitation, stale):
        with pytest.raises(InvitationError) as refused:
            accept_as(by=user, invitation=one)
        assert refused.value.state is InvitationState.TAKEN
    assert Membership.objects.filter(user=user).count() == 1


def test_who_has_left_lets_nobody_in_by_what_they_sent_before(world: World) -> None:
    user, sender = make_user(ADDRESS), make_member(world.housing, "partner_lead")
    invitation = send(world, by=sender)
    close_account(by=world.administrator, user=sender)
    with pytest.raises(InvitationError) as refused:
        accept_as(by=user, invitation=invitation)
    assert refused.value.state is InvitationState.WITHDRAWN
    assert not Membership.objects.filter(user=user).exists()
    assert send_again(by=world.lead, invitation=invitation, link=link) is None


@pytest.mark.parametrize(("seconds", "open_"), [(-1, True), (0, False), (1, False)])
def test_it_holds_for_fourteen_days_to_the_second(world: World, seconds: int, open_: bool) -> None:
    with time_machine.travel("2026-11-27T08:00:00Z", tick=False) as clock:
        invitation = send(world)
        clock.shift(timedelta(days=14, seconds=seconds))
        assert Invitation.objects.open().exists() is open_
        if open_:
            accept_as_new(by=newcomer(invitation), invitation=invitation)
        else:
            with pytest.raises(InvitationError) as refused:
                accept_as_new(by=newcomer(invitation), invitation=invitation)
            assert refused.value.state is InvitationState.EXPIRED


def test_a_withdrawn_one_is_dead_at_once(world: World) -> None:
    invitation = send(world)
    withdraw(by=world.lead, invitation=invitation)
    with pytest.raises(InvitationError) as refused:
        accept_as_new(by=newcomer(invitation), invitation=invitation)
    assert refused.value.state is InvitationState.WITHDRAWN
    with pytest.raises(InvitationError):
        send_again(by=world.lead, invitation=invitation, link=link)


def test_sent_again_it_has_a_new_secret_and_new_days(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    with time_machine.travel("2026-11-27T08:00:00Z", tick=False) as clock:
        with django_capture_on_commit_callbacks(execute=True):
            invitation = send(world)
        first = invitation.token_digest
        clock.shift(timedelta(days=20))
        with django_capture_on_commit_callbacks(execute=True):
            send_again(by=world.lead, invitation=invitation, link=link)
        assert invitation.token_digest != first
        assert digest_of(token_in(mail.outbox[1].body)) == invitation.token_digest
        assert invitation.expires_at == timezone.now() + timedelta(days=14)
        assert not Invitation.objects.filter(token_digest=first).exists()


@pytest.mark.parametrize("who", ["police_lead", "reporter", "officer"])
def test_who_may_neither_send_again_nor_withdraw(world: World, who: str) -> None:
    invitation = send(world)
    by = {"police_lead": world.police_lead, "reporter": world.reporter, "officer": world.officer}[who]
    with pytest.raises(PermissionDenied):
        send_again(by=by, invitation=invitation, link=link)
    with pytest.raises(PermissionDenied):
        withdraw(by=by, invitation=invitation)
    assert not Invitation.objects.visible_to(by).exists()


def test_nobody_comes_in_where_it_has_closed(world: World) -> None:
    invitation = send(world)
    close_organisation(by=world.administrator, organisation=world.housing, reason="Upphör")
    with pytest.raises(InvitationError) as refused:
        accept_as_new(by=newcomer(invitation), invitation=invitation)
    assert refused.value.state is InvitationState.WITHDRAWN


@pytest.mark.parametrize("password", ["kort", "123456789012", "ny.rapportor@exempel.se"])
def test_a_weak_password_makes_no_account(world: World, password: str, settings: Settings) -> None:
    invitation = send(world)
    with pytest.raises(ValidationError):
        build_user(by=None, email=ADDRESS, name="Ny", password=password, may=May.WRITE)
    assert invitation.state is InvitationState.OPEN
