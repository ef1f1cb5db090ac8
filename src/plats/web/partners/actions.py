"""What is done with agreements, commitments and duties. Each act is one transaction with its entry in the audit chain.

`by` is None for the command line, which loads the rows that come with the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from plats.web.accounts.allowed import NotAllowedError, locked
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import recorded
from plats.web.partners.models import (
    Agreement,
    AgreementParty,
    Commitment,
    DutyState,
    FocusArea,
    PartnerPage,
    Steering,
)
from plats.web.partners.writing import free_slug, kept

S = TypeVar("S", bound=Steering)


def create_agreement(
    *,
    by: User | None,
    organisation: Organisation,
    values: dict[str, Any],
    parties: Iterable[Organisation],
    topics: Iterable[str],
) -> Agreement:
    """Write a new agreement with its parties and what they give priority to, in order.

    Raises ValidationError, field by field, when something is missing or wrong.
    """
    _require_may_write(by, organisation, "agreement.write")
    agreement = Agreement(
        organisation=organisation, created_by=by, slug=free_slug(Agreement, values["title"]), **values
    )
    with recorded(by=by, act="agreement.create", organisation=organisation) as record:
        agreement.full_clean()
        agreement.save()
        record.created(agreement)
        for party in parties:
            record.created(AgreementParty.objects.create(agreement=agreement, organisation=party))
        for position, topic in enumerate(topics):
            record.created(FocusArea.objects.create(agreement=agreement, topic=topic, position=position))
    return agreement


def change_agreement(
    *,
    by: User,
    agreement: Agreement,
    revision: int,
    values: dict[str, Any],
    parties: Iterable[Organisation],
    topics: Iterable[str],
) -> Agreement:
    """Write what has changed, parties and focus areas too. A focus area with activities stays as it is.

    Raises ConflictError when someone else has changed it since it was read.
    """
    _require_may_change(by, agreement)
    with recorded(by=by, act="agreement.change", organisation=agreement.organisation) as record:
        current = locked_at_revision(agreement, revision, values)
        record.watch(current)
        changed = kept(current, values)
        current.full_clean()
        current.save(update_fields=changed)
        _set_parties(record, current, list(parties))
        _set_topics(record, current, list(topics))
    return current


def create_commitment(*, by: User | None, organisation: Organisation, values: dict[str, Any]) -> Commitment:
    """Write down what someone has said that they will do."""
    _require_may_write(by, organisation, "commitment.write")
    commitment = Commitment(
        organisation=organisation, created_by=by, slug=free_slug(Commitment, values["title"]), **values
    )
    with recorded(by=by, act="commitment.create", organisation=organisation) as record:
        commitment.full_clean()
        commitment.save()
        record.created(commitment)
    return commitment


def change_commitment(
    *, by: User, commitment: Commitment, revision: int, values: dict[str, Any]
) -> Commitment:
    """Write what has become of a commitment. Raises ConflictError when someone else was first."""
    _require_may_change(by, commitment)
    with recorded(by=by, act="commitment.change", organisation=commitment.organisation) as record:
        current = locked_at_revision(commitment, revision, values)
        record.watch(current)
        changed = kept(current, values)
        current.full_clean()
        current.save(update_fields=changed)
    return current


def create_page(*, by: User | None, organisation: Organisation, slug: str, about: str) -> PartnerPage:
    """Give an organisation its public page: the command line's act, for those that come with the program."""
    _require_may_write(by, organisation, "partner_page.write")
    with recorded(by=by, act="partner_page.create", organisation=organisation) as record:
        page = PartnerPage(organisation=organisation, slug=slug, about=about, is_public=True)
        page.full_clean()
        page.save()
        record.created(page)
    return page


def set_duty(
    *, by: User, organisation: Organisation, duty: str, revision: int, values: dict[str, Any]
) -> DutyState:
    """Write how far the organisation has come with a duty. `revision` is 0 when nothing has been written before.

    Raises ConflictError when someone else was first.
    """
    _require_may_write(by, organisation, "duty.write")
    with recorded(by=by, act="duty.change", organisation=organisation) as record:
        locked(organisation)  # so that two who write the first at once come one after the other
        current = DutyState.objects.filter(organisation=organisation, duty=duty).first()
        if current is None:
            current = DutyState(organisation=organisation, duty=duty, created_by=by, **values)
            current.full_clean()
            current.save()
            record.created(current)
            return current
        current = locked_at_revision(current, revision, values)
        record.watch(current)
        changed = kept(current, values)
        current.full_clean()
        current.save(update_fields=changed)
    return current


# Internals


def _require_may_write(by: User | None, organisation: Organisation, act: str) -> None:
    """Go on if `by` may write rows of the kind in the organisation, or if it is the command line."""
    if by is not None and organisation.pk not in by.grants.organisation_ids(act):
        raise NotAllowedError(f"{by.public_id}: {act}")


def _require_may_change(by: User, row: Steering) -> None:
    if not type(row).objects.changeable_by(by).filter(pk=row.pk).exists():  # type: ignore[attr-defined]
        raise NotAllowedError(f"{by.public_id}: {row.object_kind}.write {row.public_id}")


def _set_parties(record: Any, agreement: Agreement, wanted: list[Organisation]) -> None:
    there = {one.organisation_id: one for one in agreement.parties.all()}
    for number, party in there.items():
        if number not in {one.pk for one in wanted}:
            record.removed(party)
            party.delete()
    for one in wanted:
        if one.pk not in there:
            record.created(AgreementParty.objects.create(agreement=agreement, organisation=one))


def _set_topics(record: Any, agreement: Agreement, wanted: list[str]) -> None:
    there = {one.topic: one for one in agreement.focus_areas.all()}
    for topic, area in there.items():
        if topic not in wanted and not area.activities.exists():
            record.removed(area)
            area.delete()
    for position, topic in enumerate(wanted):
        if topic not in there:
            record.created(FocusArea.objects.create(agreement=agreement, topic=topic, position=position))
