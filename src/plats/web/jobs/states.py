"""Where a job stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """A job is queued, then running, then one of three that are for ever. One whose worker dies may be queued again."""

    QUEUED = "queued", _("väntar")
    RUNNING = "running", _("pågår")
    DONE = "done", _("klart")
    FAILED = "failed", _("misslyckades")
    CANCELLED = "cancelled", _("avbrutet")


OPEN = frozenset({State.QUEUED, State.RUNNING})
ENDED = frozenset(State) - OPEN
