"""What the pages of places and partners say of efforts: what is here for whoever lives there, what a partner does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plats.web.accounts.models import Organisation
from plats.web.efforts import queries
from plats.web.places.models import Place


def build_here(place: Place, user: Any) -> Mapping[str, Any]:
    """The efforts in and around the place. Always there: that none is known is said too."""
    return {"here": queries.here(user, place)}


def build_for_partner(organisation: Organisation, user: Any) -> Mapping[str, Any] | None:
    """The efforts that a partner answers for or takes part in; left out when one sees none."""
    found = queries.of_partner(user, organisation)
    return {"found": found, "partner": organisation} if found.rows else None
