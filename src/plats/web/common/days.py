"""Which days are taken when someone writes one. A slip of the pen, as the year 20226, is told and not kept: a day at
the end of the calendar has no day after it, and every sum of days would have to mind that."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)

_TOLD = _("Skriv en dag mellan 1900-01-01 och 2200-12-31.")
WITHIN_REASON: list[Any] = [MinValueValidator(EARLIEST, _TOLD), MaxValueValidator(LATEST, _TOLD)]
"""Validators for a field of a form that takes a day."""
