"""What belongs to an agreement: activities, follow-ups, what is said of a focus area, how a party takes part."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import User
from plats.web.audit.recording import recorded
from plats.web.partners.allowed import require_may_change
from plats.web.partners.models import Activity, Agreement


def add_part(*, by: User | None, agreement: Agreement, row: Any) -> Any:
    """Add an activity or a follow-up. Raises ValidationError, field by field."""
    require_may_change(by, agreement)
    with recorded(by=by, act=f"{row.object_kind}.create", organisation=agreement.organisation) as record:
        locked(agreement)  # so that its parties and focus areas stay as they are asked about
        _check_belongs(agreement, row)
        row.full_clean()
        row.save()
        record.created(row)
    return row


def change_part(*, by: User, part: Any, revision: int, values: dict[str, Any]) -> Any:
    """Write what has changed of a part. Raises ConflictError when someone else was first."""
    agreement = part.agreement
    require_may_change(by, agreement)
    with recorded(by=by, act=f"{part.object_kind}.change", organisation=agreement.organisation) as record:
        locked(agreement)
        current: Any = locked_at_revision(part, revision, values)
        record.watch(current)
        changed = [name for name, value in values.items() if getattr(current, name) != value]
        for name in changed:
            setattr(current, name, values[name])
        _check_belongs(agreement, current)
        current.revision += 1
        current.full_clean()
        current.save(update_fields=[*changed, "revision"])
    return current


def remove_part(*, by: User, part: Any) -> None:
    """Take away an activity or a follow-up that was written by mistake. What it said stands in the audit chain."""
    agreement = part.agreement
    require_may_change(by, agreement)
    with recorded(by=by, act=f"{part.object_kind}.remove", organisation=agreement.organisation) as record:
        record.removed(part)
        part.delete()


# Internals


def _check_belongs(agreement: Agreement, row: Any) -> None:
    """An activity is in one of the agreement's own focus areas, and for one of its own parties."""
    if not isinstance(row, Activity):
        if row.agreement != agreement:
            raise ValidationError(_("Den hör till en annan överenskommelse."))
        return
    if row.focus_area.agreement_id != agreement.pk:
        raise ValidationError({"focus_area": _("Välj ett av överenskommelsens egna fokusområden.")})
    if row.responsible_id and not agreement.parties.filter(organisation=row.responsible_id).exists():
        raise ValidationError(
            {"responsible": _("Välj en av parterna, eller lägg till organisationen som part.")}
        )
