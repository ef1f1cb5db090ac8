"""Where the pages of documents lie below others."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The breadcrumbs of a page below the list."""
    return [(_("Mitt arbete"), reverse("notices:mine")), (_("Handlingar"), reverse("documents:list")), *last]
