"""Commitments and citizen promises: written and changed."""

from __future__ import annotations

from typing import Any

from plats.web.accounts.allowed import locked
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import Record, recorded
from plats.web.partners.allowed import require_may_change, require_may_write, require_place
from plats.web.partners.models import CitizenPromise, Commitment
from plats.web.partners.writing import free_slug, kept


def create_commitment(*, by: User | None, organisation: Organisation, values: dict[str, Any]) -> Commitment:
    """Write down what someone has said that they will do."""
    require_may_write(by, organisation, "commitment.write")
    with recorded(by=by, act="commitment.create", organisation=organisation) as record:
        commitment: Commitment = _written(record, Commitment, organisation, values)
    return commitment


def change_commitment(
    *, by: User, commitment: Commitment, revision: int, values: dict[str, Any]
) -> Commitment:
    """Write what has become of a commitment. Raises ConflictError when someone else was first."""
    require_may_change(by, commitment)
    with recorded(by=by, act="commitment.change", organisation=commitment.organisation) as record:
        changed: Commitment = _changed(record, commitment, revision, values)
    return changed


def create_promise(*, by: User | None, organisation: Organisation, values: dict[str, Any]) -> CitizenPromise:
    """Write down what those who live or are in a place are promised.

    Raises ValidationError, field by field; someone whose role is for some places names one of them.
    """
    require_may_write(by, organisation, "citizen_promise.write")
    require_place(by, organisation, "citizen_promise.write", values.get("place"))
    with recorded(by=by, act="citizen_promise.create", organisation=organisation) as record:
        promise: CitizenPromise = _written(record, CitizenPromise, organisation, values)
    return promise


def change_promise(
    *, by: User, promise: CitizenPromise, revision: int, values: dict[str, Any]
) -> CitizenPromise:
    """Write what has changed, and how it went. Raises ConflictError when someone else was first."""
    require_may_change(by, promise)
    with recorded(by=by, act="citizen_promise.change", organisation=promise.organisation) as record:
        # As the row stands: a form has already set what it was sent on the one it was given.
        if "place" in values and values["place"] != locked(promise).place:
            require_place(by, promise.organisation, "citizen_promise.write", values["place"])
        changed: CitizenPromise = _changed(record, promise, revision, values)
    return changed


# Internals


def _written(record: Record, model: Any, organisation: Organisation, values: dict[str, Any]) -> Any:
    slug = free_slug(model, values["title"])
    row = model(
        organisation=organisation, created_by=record.by, slug=slug, **({"handler": record.by} | values)
    )
    row.full_clean(exclude=["created_by"])
    row.save()
    record.created(row)
    return row


def _changed(record: Record, row: Any, revision: int, values: dict[str, Any]) -> Any:
    current = locked_at_revision(row, revision, values)
    record.watch(current)
    changed = kept(current, values)
    current.full_clean(exclude=["created_by"])
    current.save(update_fields=changed)
    return current
