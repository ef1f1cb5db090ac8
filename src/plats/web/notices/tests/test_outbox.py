"""Letters: neutral, sent once the act is safe, tried again, never lost, never in the way of each other."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any, Self

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import Settings

from plats.vocabulary.messages import Message
from plats.web.accounts.actions import close_account
from plats.web.accounts.models import User
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded
from plats.web.notices.actions import choose_mail
from plats.web.notices.letters import compose
from plats.web.notices.models import Letter, Notice
from plats.web.notices.outbox import Sending, send_waiting
from plats.web.notices.rules import LEASE, MOST_TRIES, wait_after
from plats.web.notices.tests.telling import tell

pytestmark = pytest.mark.usefixtures("told")
Box = list[EmailMessage]


class Server:
    """In place of the mail server: what it says to each letter, in turn; what it has taken."""

    def __init__(self) -> None:
        self.says: list[Exception | None] = []
        self.taken: Box = []

    def __call__(self, *_: Any, **__: Any) -> Server:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send_messages(self, letters: Box) -> int:
        answer = self.says.pop(0) if self.says else None
        if answer is not None:
            raise answer
        self.taken += letters
        return len(letters)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr("plats.web.notices.outbox.get_connection", made)
    return made


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 27, 11, tzinfo=UTC), tick=False) as made:
        yield made


# What is sent, and to whom


def test_a_kind_is_mailed_to_those_who_want_it(world: World, mailoutbox: Box) -> None:
    choose_mail(by=world.analyst, choices={"quiet": True})
    choose_mail(by=world.coordinator, choices={"loud": False})
    tell(world.analyst, world.coordinator, kind="quiet")
    tell(world.analyst, world.coordinator, world.lead, kind="loud")
    send_waiting()
    assert sorted(one.to[0] for one in mailoutbox) == sorted([world.analyst.email, world.lead.email])
    assert Notice.objects.filter(mailed_at__isnull=False).count() == 3


def test_a_letter_says_nothing_of_what_it_is_about(world: World, mailoutbox: Box, settings: Settings) -> None:
    settings.PLATS_SITE_URL = "https://platser.exempel.se"
    tell(
        world.analyst, kind="loud", message=Message("Handlingen {title}.", title="Hemlighet"), url="/hemligt/"
    )
    send_waiting()
    (letter,) = mailoutbox
    everything = f"{letter.subject}\n{letter.body}\n{letter.extra_headers}"
    for told in ("Hemlighet", "Handlingen", "hemligt", "Viktigt", world.analyst.name, world.committee.name):
        assert told not in everything
    assert letter.subject == "Det finns något nytt i Platsperspektiv"
    assert "https://platser.exempel.se/mitt/\n" in letter.body
    assert "https://platser.exempel.se/en/mitt/\n" in letter.body
    assert "There is something new for you" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_ten_things_at_once_are_one_letter(world: World, mailoutbox: Box) -> None:
    for _ in range(10):
        tell(world.analyst, kind="loud")
    send_waiting()
    assert len(mailoutbox) == 1
    assert Notice.objects.filter(mailed_at__isnull=False).count() == 10
    tell(world.analyst, kind="loud")
    send_waiting()
    assert len(mailoutbox) == 2


def test_what_is_told_while_a_letter_is_being_sent_gets_a_letter_of_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch, mailoutbox: Box
) -> None:
    send = EmailBackend.send_messages
    told = []

    def telling(self: EmailBackend, letters: Box) -> int:
        if not told:
            told.extend(tell(world.analyst, kind="loud"))
        return send(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", telling)
    tell(world.analyst, kind="loud")
    assert send_waiting() == Sending(sent=2)
    assert len(mailoutbox) == 2
    assert Letter.objects.unsent().count() == 0


def test_a_closed_account_gets_no_mail(world: World, mailoutbox: Box) -> None:
    tell(world.coordinator, kind="loud")
    close_account(by=world.administrator, user=world.coordinator, reason="Slutat")
    assert send_waiting() == Sending(given_up=1)
    assert mailoutbox == []


# When it does not go


def test_a_letter_that_is_not_taken_waits_longer_each_time_and_is_given_up_in_the_end(
    world: World, server: Server, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    tell(world.analyst, kind="loud")
    for tries in range(1, MOST_TRIES):
        server.says = [SMTPServerDisconnected("away")]
        assert send_waiting() == Sending(failed=1)
        wait = wait_after(tries)
        assert wait is not None
        clock.shift(wait - timedelta(seconds=1))
        assert send_waiting() == Sending()
        clock.shift(timedelta(seconds=1))
    server.says = [SMTPServerDisconnected("away")]
    assert send_waiting() == Sending(given_up=1)
    assert Letter.objects.get().given_up_at is not None
    assert world.analyst.email not in caplog.text
    clock.shift(timedelta(days=30))
    assert send_waiting() == Sending()
    assert Notice.objects.get().read_at is None, "In the site it still shows."


def test_the_waits_double_to_six_hours_and_end_after_some_days() -> None:
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert max(waits) == timedelta(hours=6)  # type: ignore[type-var]
    assert timedelta(days=2) < sum(waits, timedelta()) < timedelta(days=5)  # type: ignore[arg-type]
    assert wait_after(MOST_TRIES) is None


def test_one_address_that_is_refused_stops_no_other(world: World, server: Server) -> None:
    tell(world.analyst, world.coordinator, world.lead, kind="loud")
    server.says = [SMTPRecipientsRefused({world.analyst.email: (550, b"unknown")})]
    assert send_waiting() == Sending(sent=2, failed=1)


def test_a_server_that_is_away_is_asked_once_a_round(world: World, server: Server) -> None:
    """Each question may take twenty seconds, and the reaper's turn comes after."""
    tell(world.analyst, world.coordinator, world.lead, kind="loud")
    server.says = [ConnectionRefusedError(111, "refused")] * 3
    assert send_waiting() == Sending(failed=1)
    assert len(server.says) == 2


@pytest.mark.parametrize(
    "address",
    ["a@exempel.se\nBcc: alla@exempel.se", "a@exempel.se\r\nSubject: Annat", "a\x00@exempel.se\n"],
)
def test_an_address_with_a_header_in_it_is_sent_nothing_and_stops_no_other(
    world: World, mailoutbox: Box, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    """A form never takes such an address; a row that came some other way must not either write headers or stand in
    the way for ever."""
    address = address.replace("\x00", "")  # PostgreSQL has no such letter
    with unrecorded("an address that no form takes"):
        User.objects.filter(pk=world.analyst.pk).update(email=address.lower())
    tell(User.objects.get(pk=world.analyst.pk), world.lead, kind="loud")
    with caplog.at_level(logging.WARNING):
        assert send_waiting() == Sending(sent=1, given_up=1)
    assert [one.to for one in mailoutbox] == [[world.lead.email]]
    assert "exempel.se" not in caplog.text


def test_two_letters_have_two_numbers_and_one_letter_keeps_its_own(world: World, settings: Settings) -> None:
    settings.PLATS_SITE_URL = "https://platser.exempel.se"
    tell(world.analyst, world.lead, kind="loud")
    first, second = Letter.objects.order_by("pk")
    assert compose(first).extra_headers["Message-ID"] == f"<{first.public_id}@platser.exempel.se>"
    assert compose(first).message()["Message-ID"] == compose(first).message()["Message-ID"]
    assert compose(first).message()["Message-ID"] != compose(second).message()["Message-ID"]


# Several at once, and one that dies


def test_a_letter_that_someone_is_sending_is_left_alone_until_they_must_be_dead(
    world: World, server: Server, clock: Any
) -> None:
    tell(world.analyst, kind="loud")
    server.says = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        send_waiting()
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.tries) == (None, 1)
    clock.shift(LEASE - timedelta(seconds=1))
    assert send_waiting() == Sending()
    clock.shift(timedelta(seconds=1))
    assert send_waiting() == Sending(sent=1)
    assert Letter.objects.get().sent_at == timezone.now()


# Choosing


def test_a_choice_is_on_record_and_what_is_unchanged_is_not(world: World) -> None:
    choose_mail(by=world.analyst, choices={"quiet": True, "loud": True})
    choose_mail(by=world.analyst, choices={"quiet": True, "loud": True})
    entries = AuditEntry.objects.filter(act="notice_preference.choose")
    assert entries.count() == 1
    choose_mail(by=world.analyst, choices={"quiet": False, "loud": True})
    assert entries.count() == 2
    assert not Letter.objects.exists()
    tell(world.analyst, kind="quiet")
    assert not Letter.objects.exists()
