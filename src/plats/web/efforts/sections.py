"""What other pages say of efforts: a place's, what is here for whoever lives there; a goal's, what is done for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plats.web.efforts import queries
from plats.web.goals.models import Goal
from plats.web.places.models import Place


def build_here(place: Place, user: Any) -> Mapping[str, Any]:
    """The efforts in and around the place. Always there: that none is known is said too."""
    return {"here": queries.here(user, place)}


def build_for_goal(goal: Goal, user: Any) -> Mapping[str, Any]:
    """The efforts that are for the goal. Always there: that none is known is said too."""
    return {"tied": queries.tied(user, goal)}
