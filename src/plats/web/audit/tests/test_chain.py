from __future__ import annotations

import pytest
from django.db import transaction

from plats.web.accounts.actions import May, create_user, set_switches
from plats.web.accounts.models import User
from plats.web.audit.erasing import entries_about, erase_values
from plats.web.audit.key import Anchor, move_anchor, read_anchor, reset_anchor
from plats.web.audit.models import AuditEntry, AuditHead, AuditValues
from plats.web.audit.recording import RecordingError, recorded
from plats.web.audit.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user() -> User:
    return create_user(by=None, email="a@exempel.se", name="A", password="tre gula lastbilar", may=May.READ)  # noqa: S106


def test_an_act_leaves_an_entry_that_names_fields_and_no_values(user: User) -> None:
    set_switches(by=user, user=user, may=May.WRITE, reason="Ska rapportera")
    entry = AuditEntry.objects.get(act="user.switch")
    assert (entry.actor, entry.object_id, entry.fields) == (
        str(user.public_id),
        str(user.public_id),
        "may_write",
    )
    assert AuditValues.objects.get(pk=entry.pk).values == '{"may_write":[false,true]}'
    assert verify().whole


def test_a_row_is_not_written_outside_an_act(user: User) -> None:
    for write in (user.save, user.delete, lambda: User.objects.update(name="B"), User.objects.all().delete):
        with pytest.raises(RecordingError):
            write()


def test_a_secret_is_named_and_not_kept(user: User) -> None:
    entry = AuditEntry.objects.get(act="user.create")
    assert "password" in entry.fields.split(",")
    assert user.password not in AuditValues.objects.get(pk=entry.pk).values


def test_erased_values_leave_the_chain_whole(user: User) -> None:
    assert erase_values(by=None, entries=entries_about([str(user.public_id)]), decision="KS-2026/1") == 1
    result = verify()
    assert result.whole
    assert result.erased == {"KS-2026/1": 1}


def test_nested_acts_are_one_transaction_and_their_entries_in_order(user: User) -> None:
    with recorded(by=None, act="outer") as record:
        set_switches(by=None, user=user, may=May.WRITE)
        record.noted(kind="test")
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["user.create", "user.switch", "outer"]
    with pytest.raises(RecordingError), recorded(by=None, act="silent"):
        set_switches(by=None, user=user, may=May.NOTHING)
    user.refresh_from_db()
    assert user.may_write
    assert verify().entries == 3


def test_an_act_that_says_nothing_is_undone(user: User) -> None:
    with pytest.raises(RecordingError), recorded(by=None, act="silent"):
        User.objects.update(name="B")
    user.refresh_from_db()
    assert user.name == "A"


def test_a_cut_end_is_found(user: User) -> None:
    set_switches(by=None, user=user, may=May.WRITE)
    with transaction.atomic():
        last = AuditEntry.objects.order_by("-sequence").first()
        assert last is not None
        AuditValues.objects.filter(pk=last.pk).delete()
        AuditEntry.objects.filter(pk=last.pk).delete()
    assert not verify().whole


def test_a_cut_end_is_found_also_when_the_chain_has_grown_over_it(user: User) -> None:
    """One who has the database alone cuts the end off, puts the row that holds it right, and lets others write on."""
    for number in range(6):
        set_switches(by=None, user=user, may=May.WRITE if number % 2 else May.NOTHING)
    kept = AuditEntry.objects.order_by("sequence")[2]
    with transaction.atomic():
        AuditValues.objects.filter(pk__gt=kept.pk).delete()
        AuditEntry.objects.filter(pk__gt=kept.pk).delete()
        AuditHead.objects.update(sequence=kept.sequence, hash=kept.hash)
    for number in range(8):
        set_switches(by=None, user=user, may=May.NOTHING if number % 2 else May.READ)
        assert not verify().whole, f"after {number + 1} more acts"


def test_the_note_follows_the_chain_when_two_processes_finish_in_either_order(user: User) -> None:
    entries = list(AuditEntry.objects.order_by("sequence"))
    set_switches(by=None, user=user, may=May.WRITE)
    set_switches(by=None, user=user, may=May.READ)
    first, second, third = AuditEntry.objects.order_by("sequence")[:3]
    assert entries == [first]
    # As it is when the second act's note was never made, and the third's comes.
    reset_anchor(Anchor(first.sequence, first.hash))
    hashes = {one.sequence: one.hash for one in (first, second, third)}
    move_anchor(
        Anchor(third.sequence, third.hash), after=Anchor(second.sequence, second.hash), hash_at=hashes.get
    )
    assert read_anchor() == Anchor(third.sequence, third.hash)
    # And the second's, late: it moves nothing back.
    move_anchor(
        Anchor(second.sequence, second.hash), after=Anchor(first.sequence, first.hash), hash_at=hashes.get
    )
    assert read_anchor() == Anchor(third.sequence, third.hash)
