"""What a function's telephone number may look like."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_PHONE = re.compile(r"\+?[0-9][0-9 ()/–-]{1,28}")


def check_phone(text: str) -> None:
    """Raise ValidationError, saying how a number is written, for what is not one."""
    if not _PHONE.fullmatch(text):
        raise ValidationError(_("Skriv numret med siffror, mellanslag och bindestreck."))
