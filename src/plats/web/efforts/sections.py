"""What a place's page says of efforts: what is here for whoever lives there. It comes before the figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plats.web.efforts import queries
from plats.web.places.models import Place


def build_here(place: Place, user: Any) -> Mapping[str, Any]:
    """The efforts in and around the place. Always there: that none is known is said too."""
    return {"here": queries.here(user, place)}
