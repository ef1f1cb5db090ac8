"""What the page for those who run the installation says beside the checks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from plats import __version__
from plats.web.jobs.queries import counts_by_state
from plats.web.jobs.states import State
from plats.web.operations import queries
from plats.web.operations.backup import stamps


def facts() -> list[tuple[str, str]]:
    """Word and value, in the order they are shown. What cannot be read says so."""
    return [
        (_("Programmets version"), __version__),
        (_("Jobb"), _read(_jobs)),
        (_("Senaste säkerhetskopia"), _last_backup()),
        (_("Poster i granskningsloggen"), _read(queries.audit_entries)),
        (_("Spärrade adresser efter misslyckade inloggningar"), _read(queries.sign_in_locks)),
    ]


# Internals


def _jobs() -> str:
    """The states that some job is in, with how many."""
    found = [f"{State(state).label} {number}" for state, number in counts_by_state().items() if number]
    return ", ".join(found) or _("inga")


def _last_backup() -> str:
    last = stamps.last(Path(settings.PLATS_HOME), stamps.BACKUP)
    if last is None:
        return _("ingen ännu; kör plats backup")
    return f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}, {last.archive}"


def _read(ask: Callable[[], Any]) -> str:
    try:
        return str(ask())
    except DatabaseError:
        return _("går inte att läsa")
