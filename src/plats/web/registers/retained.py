"""How long handed out versions are kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.web.registers.models import Handout
from plats.web.retention.registry import Erasing, RetainedRows, day_of, register_retained


def made() -> Any:
    return Handout.objects.annotate(event_on=day_of("made_at"))


def erase(handout: Handout, erasing: Erasing) -> None:  # noqa: ARG001
    handout.delete()


def register() -> None:
    register_retained(RetainedRows("handout", "handout", _("utlämnanden"), made, erase))
