"""Lists that agreements and commitments choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FocusTopic(models.TextChoices):
    """What partners have agreed to give priority to."""

    GANG_CRIME = "gang_crime", _("Gängkriminalitet")
    PUBLIC_SPACE = "public_space", _("Trygghet i det offentliga rummet")
    CLOSE_RELATIONSHIPS = "close_relationships", _("Våld i nära relationer")
    ANDTS = "andts", _("Alkohol, narkotika, dopning, tobak och spel")
    CHILDREN = "children", _("Barn och unga")
    OTHER = "other", _("Annat")


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("planerad")
    UNDER_WAY = "under_way", _("pågår")
    DONE = "done", _("gjord")
    CANCELLED = "cancelled", _("inställd")
    UNKNOWN = "unknown", _("okänt")


class CommitmentState(models.TextChoices):
    """What has become of what was said. UNKNOWN until someone has shown something."""

    UNDER_WAY = "under_way", _("pågår")
    KEPT = "kept", _("infriat")
    PARTLY = "partly", _("delvis infriat")
    NOT_KEPT = "not_kept", _("inte infriat")
    WITHDRAWN = "withdrawn", _("återtaget")
    UNKNOWN = "unknown", _("okänt")


class MadeIn(models.TextChoices):
    """Where a commitment was made."""

    ANSWER = "answer", _("svar på interpellation eller fråga")
    AGREEMENT = "agreement", _("samverkansöverenskommelse")
    PLAN = "plan", _("plan eller budget")


class DutyProgress(models.TextChoices):
    """How far a municipality has come with a duty in law."""

    DONE = "done", _("uppfylld")
    UNDER_WAY = "under_way", _("pågår")
    NOT_BEGUN = "not_begun", _("inte påbörjad")
    UNKNOWN = "unknown", _("okänt")
