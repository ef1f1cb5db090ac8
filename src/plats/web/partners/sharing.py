"""What of this app can be released to another organisation before everyone sees it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.permissions import RELEASE_WRITE
from plats.web.accounts.releasable import register_releasable
from plats.web.partners.models import Agreement, CitizenPromise, Commitment


def register() -> None:
    """Let agreements, commitments and citizen promises be released."""
    for model, label in (
        (Agreement, _("Överenskommelser")),
        (Commitment, _("Åtaganden")),
        (CitizenPromise, _("Medborgarlöften")),
    ):
        register_releasable(
            model.object_kind,
            label=label,
            find=partial(_find, model),
            url=_url,
            seen=partial(_seen, model),
        )


# Internals


def _find(model: Any, user: Any, public_id: UUID) -> tuple[str, Any] | None:
    """Title and owner of a row that this person may let another organisation see."""
    own = model.objects.changeable_by(user, "read").select_related("organisation")
    found = own.filter(public_id=public_id).first()
    reach = user.grants.places_by_organisation(RELEASE_WRITE.id)
    if found is None or found.organisation_id not in reach:
        return None
    here = reach[found.organisation_id]
    # Who shares for some places does not share what lies in others, though another role lets them read it.
    if model.place_field and here is not None and getattr(found, f"{model.place_field}_id") not in here:
        return None
    return found.title, found.organisation


def _url(public_id: UUID) -> str:
    """By the number: the address that the row is read at is made from its title, which not everyone may see."""
    return reverse("partners:by_number", args=[public_id])


def _seen(model: Any, user: Any, numbers: Collection[UUID]) -> set[UUID]:
    return set(
        model.objects.visible_to(user).filter(public_id__in=numbers).values_list("public_id", flat=True)
    )
