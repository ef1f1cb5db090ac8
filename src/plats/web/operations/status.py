"""What the page for those who run the installation says beside the checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from plats import __version__
from plats.web.operations import queries


def facts() -> list[tuple[str, str]]:
    """Word and value, in the order they are shown. What cannot be read says so."""
    return [
        (_("Programmets version"), __version__),
        (_("Poster i granskningsloggen"), _read(queries.audit_entries)),
        (_("Spärrade adresser efter misslyckade inloggningar"), _read(queries.sign_in_locks)),
    ]


# Internals


def _read(ask: Callable[[], Any]) -> str:
    try:
        return str(ask())
    except DatabaseError:
        return _("går inte att läsa")
