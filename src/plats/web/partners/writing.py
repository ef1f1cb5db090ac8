"""What every steering row needs when it is written: an address of its own, and to be published or withdrawn."""

from __future__ import annotations

from typing import Any, TypeVar

from django.utils import timezone

from plats.web.accounts.allowed import NotAllowedError
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import Owned, User
from plats.web.audit.recording import recorded
from plats.web.partners.models import Steering
from plats.web.places.rules import slug_of

S = TypeVar("S", bound=Steering)
_LONGEST = 80


def free_slug(model: type[Steering], title: str) -> str:
    """An address made from the title that no row of the kind has: 'fritidsbanken', then 'fritidsbanken-2'."""
    return free_address(model, title)


def free_address(model: Any, title: str) -> str:
    """The same for a kind that is not steering: anything with a slug."""
    stem = slug_of(title.replace("–", "-"))[:_LONGEST].rstrip("-") or model.object_kind
    taken = set(model._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def set_published(*, by: User, row: S, revision: int, public: bool) -> S:
    """Let everyone see a row, or no longer. An act of its own, by those who hold '<kind>.publish' for the owner.

    Raises NotAllowedError, and ConflictError when the row has changed since it was read.
    """
    if not type(row).objects.changeable_by(by, "publish").filter(pk=row.pk).exists():  # type: ignore[attr-defined]
        raise NotAllowedError
    verb = "publish" if public else "unpublish"
    with recorded(by=by, act=f"{row.object_kind}.{verb}", organisation=row.organisation) as record:
        current = locked_at_revision(row, revision, {"is_public": public})
        record.watch(current)
        current.is_public = public
        current.revision += 1
        current.changed_at = timezone.now()
        current.save(update_fields=["is_public", "revision", "changed_at"])
    return current


def kept(row: Owned, values: dict[str, Any]) -> list[str]:
    """Set what differs and count up the revision; returns the fields to save."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.revision += 1
    row.changed_at = timezone.now()
    return [*changed, "revision", "changed_at"]
