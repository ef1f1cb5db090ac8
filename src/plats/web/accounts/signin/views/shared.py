"""What the pages of one's own account share."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext


def crumbs(here: str) -> list[tuple[str, str]]:
    """From one's account to this page of it."""
    return [(gettext("Ditt konto"), reverse("accounts:overview")), (here, "")]
