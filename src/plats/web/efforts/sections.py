"""What other pages say of efforts: a place's, what is here for whoever lives there; a goal's, what is done for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.web.common.sections import LiveSection, register_live_section
from plats.web.efforts import queries
from plats.web.efforts.engagements import build_for_partner
from plats.web.goals.models import Goal
from plats.web.goals.sections import register_goal_section
from plats.web.partners.sections import PartnerSection, register_partner_section
from plats.web.places.models import Place


def register() -> None:
    """Give the pages of places, goals and partners their sections."""
    here = _("Det här finns här för dig")
    register_live_section(LiveSection(10, "insatser", here, "efforts/_here.html", build_here))
    tied = _("Insatser för målet")
    register_goal_section(LiveSection(10, "insatser", tied, "efforts/_for_goal.html", build_for_goal))
    done = PartnerSection(10, "insatser", _("Insatser"), "efforts/_partner.html", build_for_partner)
    register_partner_section(done)


def build_here(place: Place, user: Any) -> Mapping[str, Any]:
    """The efforts in and around the place. Always there: that none is known is said too."""
    return {"here": queries.here(user, place)}


def build_for_goal(goal: Goal, user: Any) -> Mapping[str, Any]:
    """The efforts that are for the goal. Always there: that none is known is said too."""
    return {"tied": queries.tied(user, goal)}
