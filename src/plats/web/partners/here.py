"""What a place's page says of partners: what those who live there have been promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.web.common.sections import LiveSection, register_live_section
from plats.web.partners import queries
from plats.web.places.models import Place


def register() -> None:
    """Put the promises on the pages of places, after what is done there."""
    register_live_section(
        LiveSection(
            20, "medborgarloften", _("Löften till dig som bor här"), "partners/_here.html", build_here
        )
    )


def build_here(place: Place, user: Any) -> Mapping[str, Any] | None:
    """The citizen promises in force in and around the place; left out when there is none."""
    found = queries.promises_here(user, place, queries.today())
    return {"promises": found} if found else None
