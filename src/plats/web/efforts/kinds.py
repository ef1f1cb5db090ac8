"""Lists that efforts choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EffortKind(models.TextChoices):
    SCHOOL = "school", _("skola")
    EARLY_SUPPORT = "early_support", _("tidigt stöd")
    FAMILY_CENTRE = "family_centre", _("familjecentral")
    HOME_VISITS = "home_visits", _("hembesök")
    LEISURE = "leisure", _("fritid")
    CULTURE = "culture", _("kultur")
    SAFETY_PRESENCE = "safety_presence", _("trygghet på plats")
    SITUATIONAL = "situational", _("situationell prevention")
    GVI = "gvi", _("GVI")
    EMPLOYMENT = "employment", _("arbete")
    BUSINESS = "business", _("näringsliv")
    HOUSING = "housing", _("boende")
    PHYSICAL = "physical", _("fysisk miljö")
    DIALOGUE = "dialogue", _("dialog")
    COOPERATION = "cooperation", _("samverkan")
    OTHER = "other", _("annat")


class PreventionLevel(models.TextChoices):
    """Whom an effort is for: everyone, those in a place or group with risk, those who need it already."""

    UNIVERSAL = "universal", _("för alla")
    SELECTIVE = "selective", _("där risken är högre")
    INDICATED = "indicated", _("för dem som behöver det nu")
    UNKNOWN = "unknown", _("okänt")


class Moment(models.TextChoices):
    BEFORE = "before", _("före skada")
    AFTER = "after", _("efter skada")
    UNKNOWN = "unknown", _("okänt")


class EffortState(models.TextChoices):
    PLANNED = "planned", _("planerad")
    INTRODUCED = "introduced", _("införs")
    UNDER_WAY = "under_way", _("pågår")
    ENDED = "ended", _("avslutad")
    CANCELLED = "cancelled", _("inställd")
    UNKNOWN = "unknown", _("okänt")


class FactorKind(models.TextChoices):
    PROTECTIVE = "protective", _("skyddsfaktor")
    RISK = "risk", _("riskfaktor")


class Sex(models.TextChoices):
    ALL = "all", _("alla")
    WOMEN = "women", _("flickor och kvinnor")
    MEN = "men", _("pojkar och män")


class ChildQuestion(models.TextChoices):
    """The check on what an effort does to children, after articles 2, 3, 6, 12 and 13 of the convention."""

    TOUCHED = "touched", _("Vilka barn berörs, och hur?")
    BEST = "best", _("Vad är bäst för barnen?")
    EQUAL = "equal", _("Får något barn sämre villkor än andra?")
    GROWTH = "growth", _("Hur påverkas barnens liv och utveckling?")
    HEARD = "heard", _("Har barnen fått säga vad de tycker, och hur har det vägts in?")
    AGAINST = "against", _("Står barnens intresse mot något annat, och hur har det vägts?")
    TOLD = "told", _("Hur får barnen veta vad som beslutas?")
