from __future__ import annotations

import pytest
from django.db import transaction

from plats.web.accounts.actions import May, create_user, set_switches
from plats.web.accounts.models import User
from plats.web.audit.erasing import entries_about, erase_values
from plats.web.audit.models import AuditEntry, AuditValues
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
