"""Changing one's password, and restoring the sign-in of someone who has lost theirs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from pytest_django import Settings

from plats.web.accounts.models import Ending, LinkedIdentity, Membership, SecondFactor, SignedInSession, User
from plats.web.accounts.roles import Administrator
from plats.web.accounts.signin.tests.entrants import (
    PASSWORD,
    WRONG,
    acts,
    add_app,
    first_step,
    is_in,
    last_entry,
    make_user,
)
from plats.web.accounts.tests.world import make_world
from plats.web.audit.models import AuditValues
from plats.web.audit.recording import unrecorded

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
NEW = "sju svarta svanar"


@pytest.fixture
def user() -> User:
    return make_user()


def change(client: Client, password: str = PASSWORD, new: str = NEW, again: str | None = None) -> str:
    data = {"password": password, "new_password": new, "again": new if again is None else again}
    return client.post("/konto/losenord/", data, follow=True).content.decode()


class TestChanging:
    def test_the_new_opens_and_the_old_does_not(self, client: Client, user: User) -> None:
        first_step(client)
        assert "Lösenordet är bytt" in change(client)
        assert first_step(Client()).status_code == 200
        assert first_step(Client(), password=NEW).status_code == 302

    def test_every_other_session_ends_and_the_one_at_hand_lives(self, client: Client, user: User) -> None:
        others = [Client(), Client()]
        for one in (client, *others):
            first_step(one)
        change(client)
        assert [is_in(one) for one in (client, *others)] == [True, False, False]
        assert SignedInSession.objects.filter(ending=Ending.PASSWORD_CHANGED).count() == 2

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ({"password": WRONG}, "Lösenordet stämmer inte"),
            ({"again": "något annat helt"}, "De två lösenorden är olika"),
            ({"new": "kort"}, "minst 12 tecken"),
            ({"new": "utredare@exempel.se"}, "e-postadress"),
            ({"password": ""}, "måste fyllas i"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_changes(
        self, client: Client, user: User, data: dict[str, str], told: str
    ) -> None:
        first_step(client)
        assert told in change(client, **data)
        assert first_step(Client()).status_code == 302

    def test_guessing_the_current_password_locks_as_at_the_door(self, client: Client, user: User) -> None:
        first_step(client)
        for _ in range(5):
            change(client, WRONG)
        assert "för många misslyckade försök" in change(client)
        assert first_step(Client()).status_code == 200

    def test_a_weak_new_password_is_no_guess_at_the_old(self, client: Client, user: User) -> None:
        first_step(client)
        for _ in range(6):
            change(client, new="kort")
        assert "Lösenordet är bytt" in change(client)

    def test_the_chain_names_the_field_and_not_the_password(self, client: Client, user: User) -> None:
        first_step(client)
        change(client)
        entry = last_entry("user.password")
        assert (entry.fields, entry.object_id) == ("password", str(user.public_id))
        assert NEW not in AuditValues.objects.get(pk=entry.pk).values


def test_a_hash_of_an_older_make_is_renewed_at_sign_in(
    client: Client, user: User, settings: Settings
) -> None:
    """Saving it outside an act is an error, so the first sign-in after an upgrade of the hash failed for everyone."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    with unrecorded("test"):
        User.objects.update(password=make_password(PASSWORD, hasher="md5"))
    assert first_step(client).status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("pbkdf2_sha256$")
    assert "user.rehash" in acts()
    assert first_step(Client()).status_code == 302


class TestRestoring:
    """An administrator clears what the account signed in with; a link goes to its own address."""

    @pytest.fixture
    def administrator(self) -> Client:
        world = make_world()
        client = Client()
        client.force_login(world.administrator)
        return client

    def restore(self, administrator: Client, user: User) -> str:
        """Restore, and return the link in the letter."""
        answer = administrator.post(f"/konton/{user.public_id}/aterstall/", {"reason": "Glömt lösenordet"})
        assert answer.status_code == 302
        found = re.search(r"http://testserver(/nytt-losenord/\S+)", mail.outbox[-1].body)
        assert found is not None
        return found[1]

    @pytest.fixture(autouse=True)
    def _committed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Letters go out when the act is safe; in a test that is rolled back, at once."""
        monkeypatch.setattr("django.db.transaction.on_commit", lambda function, **_: function())

    def test_everything_the_account_signed_in_with_stops_working(
        self, administrator: Client, user: User
    ) -> None:
        add_app(user)
        with unrecorded("test"):
            LinkedIdentity.objects.create(user=user, provider="https://idp.exempel.se", uid="1")
        inside = Client()
        inside.force_login(user)
        self.restore(administrator, user)
        assert not SecondFactor.objects.exists()
        assert not LinkedIdentity.objects.exists()
        assert not is_in(inside)
        assert first_step(Client()).status_code == 200

    def test_the_letter_goes_to_the_account_and_the_link_is_nowhere_else(
        self, administrator: Client, user: User
    ) -> None:
        link = self.restore(administrator, user)
        assert mail.outbox[-1].to == [user.email]
        assert link not in administrator.get(f"/konton/{user.public_id}/").content.decode()
        secret = link.split("/")[3]
        assert not [one for one in AuditValues.objects.values_list("values", flat=True) if secret in one]

    def test_the_link_gives_a_new_password_once(self, administrator: Client, user: User) -> None:
        link = self.restore(administrator, user)
        reader = Client()
        assert "utredare@exempel.se" in reader.get(link).content.decode()
        assert reader.post(link, {"new_password": NEW, "again": NEW}).headers["Location"] == "/logga-in/"
        assert not is_in(reader)
        assert (
            reader.post(link, {"new_password": "åtta andra ankor", "again": "åtta andra ankor"}).status_code
            == 404
        )
        assert first_step(Client(), password=NEW).status_code == 302

    def test_the_link_lives_for_a_day(self, user: User) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            link = self._link(user)
            clock.shift(timedelta(hours=24))
            assert Client().get(link).status_code == 200
            clock.shift(timedelta(seconds=1))
            assert Client().get(link).status_code == 404

    def _link(self, user: User) -> str:
        from plats.web.accounts.signin.restoring import clear

        return f"/nytt-losenord/{user.public_id}/{clear(by=None, user=user, reason='')}/"

    def test_a_second_letter_kills_the_first(self, administrator: Client, user: User) -> None:
        first, second = self.restore(administrator, user), self.restore(administrator, user)
        assert Client().get(first).status_code == 404
        assert Client().get(second).status_code == 200

    def test_a_link_opens_no_other_account(self, administrator: Client, user: User) -> None:
        other = make_user("annan@exempel.se")
        link = self.restore(administrator, user)
        assert Client().get(link.replace(str(user.public_id), str(other.public_id))).status_code == 404
        assert Client().get(link.replace(str(user.public_id), str(uuid4()))).status_code == 404

    def test_a_closed_account_cannot_be_restored_nor_use_its_link(
        self, administrator: Client, user: User
    ) -> None:
        link = self.restore(administrator, user)
        with unrecorded("test"):
            User.objects.filter(pk=user.pk).update(is_active=False)
        assert Client().get(link).status_code == 404
        sent = len(mail.outbox)
        administrator.post(f"/konton/{user.public_id}/aterstall/", {"reason": "Glömt lösenordet"})
        assert len(mail.outbox) == sent

    def test_nobody_restores_themselves(self, administrator: Client) -> None:
        me = User.objects.get(pk=administrator.session["_auth_user_id"])
        page = administrator.post(f"/konton/{me.public_id}/aterstall/", {"reason": "Glömt lösenordet"})
        assert "Det är ditt eget konto" in page.content.decode()
        assert not mail.outbox

    def test_it_takes_the_role_a_reason_and_leaves_an_entry(self, administrator: Client, user: User) -> None:
        address = f"/konton/{user.public_id}/aterstall/"
        client = Client()
        client.force_login(user)
        assert client.post(address, {"reason": "Glömt lösenordet"}).status_code == 403
        assert administrator.post(address, {"reason": ""}).status_code == 200
        assert not mail.outbox
        self.restore(administrator, user)
        entry = last_entry("user.restore")
        assert AuditValues.objects.get(pk=entry.pk).reason == "Glömt lösenordet"
        assert Administrator.id in set(
            Membership.objects.filter(user__public_id=entry.actor).values_list("role", flat=True)
        )

    def test_a_lock_is_forgiven(self, administrator: Client, user: User) -> None:
        for _ in range(6):
            first_step(Client(), password=WRONG)
        link = self.restore(administrator, user)
        Client().post(link, {"new_password": NEW, "again": NEW})
        assert first_step(Client(), password=NEW).status_code == 302
