"""A partner's own page and the functions one turns to there; and how far it has come with its duties in law."""

from __future__ import annotations

from typing import Any

from plats.web.accounts.allowed import locked
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import recorded
from plats.web.partners.allowed import require_may_write
from plats.web.partners.models import DutyState, PartnerContact, PartnerPage
from plats.web.partners.writing import free_address, kept


def create_page(*, by: User | None, organisation: Organisation, slug: str, about: str) -> PartnerPage:
    """Give an organisation its public page: the command line's act, for those that come with the program."""
    require_may_write(by, organisation, "partner_page.write")
    with recorded(by=by, act="partner_page.create", organisation=organisation) as record:
        page = PartnerPage(organisation=organisation, slug=slug, about=about, is_public=True)
        page.full_clean()
        page.save()
        record.created(page)
    return page


def set_page(*, by: User, organisation: Organisation, revision: int, values: dict[str, Any]) -> PartnerPage:
    """Write what the public reads about the organisation. `revision` is 0 when it has no page yet.

    Raises ConflictError when someone else was first.
    """
    require_may_write(by, organisation, "partner_page.write")
    with recorded(by=by, act="partner_page.change", organisation=organisation) as record:
        locked(organisation)  # so that two who write the first at once come one after the other
        page: PartnerPage | None = PartnerPage.objects.filter(organisation=organisation).first()
        if page is None:
            slug = free_address(PartnerPage, organisation.name)
            page = PartnerPage(organisation=organisation, slug=slug, **values)
            page.full_clean()
            page.save()
            record.created(page)
            return page
        page = locked_at_revision(page, revision, values)
        record.watch(page)
        _keep(page, values)
    return page


def add_contact(*, by: User | None, page: PartnerPage, values: dict[str, Any]) -> PartnerContact:
    """Add a function that the public may turn to. Raises ValidationError, field by field."""
    require_may_write(by, page.organisation, "partner_page.write")
    with recorded(by=by, act="partner_contact.create", organisation=page.organisation) as record:
        contact = PartnerContact(page=page, **values)
        contact.full_clean()
        contact.save()
        record.created(contact)
    return contact


def change_contact(
    *, by: User, contact: PartnerContact, revision: int, values: dict[str, Any]
) -> PartnerContact:
    """Write what has changed. Raises ConflictError when someone else was first."""
    organisation = contact.page.organisation
    require_may_write(by, organisation, "partner_page.write")
    with recorded(by=by, act="partner_contact.change", organisation=organisation) as record:
        current = locked_at_revision(contact, revision, values)
        record.watch(current)
        _keep(current, values)
    return current


def remove_contact(*, by: User, contact: PartnerContact) -> None:
    """Take away a function that one no longer turns to."""
    organisation = contact.page.organisation
    require_may_write(by, organisation, "partner_page.write")
    with recorded(by=by, act="partner_contact.remove", organisation=organisation) as record:
        record.removed(contact)
        contact.delete()


def set_duty(
    *, by: User, organisation: Organisation, duty: str, revision: int, values: dict[str, Any]
) -> DutyState:
    """Write how far the organisation has come with a duty. `revision` is 0 when nothing has been written before.

    Raises ConflictError when someone else was first.
    """
    require_may_write(by, organisation, "duty.write")
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


def _keep(row: Any, values: dict[str, Any]) -> None:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.revision += 1
    row.full_clean()
    row.save(update_fields=[*changed, "revision"])
