"""Lists that goals and plans choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanKind(models.TextChoices):
    COUNCIL = "council", _("mål och budget")
    COMMITTEE = "committee", _("verksamhetsplan")
    STRATEGY = "strategy", _("strategi")


class VersionState(models.TextChoices):
    """A draft is changed; an adopted version is frozen; a replaced one was adopted and has a successor."""

    DRAFT = "draft", _("utkast")
    ADOPTED = "adopted", _("antagen")
    REPLACED = "replaced", _("ersatt")


class GoalLevel(models.TextChoices):
    GOAL = "goal", _("mål")
    SUB_GOAL = "sub_goal", _("delmål")
    COMMITTEE_GOAL = "committee_goal", _("nämndmål")


class TargetScope(models.TextChoices):
    """What a target is about: all of the municipality, one place, a kind of place, or the gap between places."""

    MUNICIPALITY = "municipality", _("hela kommunen")
    PLACE = "place", _("en plats")
    AREA_TYPE = "area_type", _("ett slags områden")
    GAP = "gap", _("skillnaden mellan områden")


class TargetDirection(models.TextChoices):
    UP = "up", _("ska öka")
    DOWN = "down", _("ska minska")


class FollowUpPeriod(models.TextChoices):
    FIRST = "t1", _("tertial 1")
    SECOND = "t2", _("tertial 2")
    YEAR = "year", _("helår")


class GoalStatus(models.TextChoices):
    """How a goal goes, as those who answer for it judge; always with the reason."""

    ON_TRACK = "on_track", _("enligt plan")
    BEHIND = "behind", _("efter plan")
    REACHED = "reached", _("uppnått")
    NOT_REACHED = "not_reached", _("inte uppnått")
    UNKNOWN = "unknown", _("okänt")
