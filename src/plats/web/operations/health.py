"""Whether the site can do its work: each part is asked, and answers by id. Details are for those who run it.

*Alive* is that the process answers at all; a machine that asks may restart what is not alive. *Ready* is that it can
answer with what people come for; what is not ready is left out of the traffic, or looked at by someone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plats.facts.versions import FactStore
from plats.web.jobs.rules import DEAD_AFTER
from plats.web.operations import queries
from plats.web.operations.failures import words_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """What one part answered. `detail` is for those who run the installation; it may say where things lie."""

    id: str
    label: Any
    ok: bool
    detail: str


class NotReadyError(Exception):
    """A part that cannot do its work; the message says what to do."""


def checks() -> list[Check]:
    """Ask every part. One that fails does not keep the others from answering."""
    return [_asked(*part) for part in _PARTS]


# Internals


def _asked(check_id: str, label: Any, ask: Callable[[], str]) -> Check:
    try:
        return Check(check_id, label, ok=True, detail=ask())
    except NotReadyError as error:
        detail = str(error)
    except Exception as error:  # noqa: BLE001  whatever broke is the answer
        detail = words_of(error)
    _log.warning("Not ready: %s: %s", check_id, detail)
    return Check(check_id, label, ok=False, detail=detail)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return str(connection.vendor)


def _store() -> str:
    manifest = FactStore(Path(settings.PLATS_HOME)).current().manifest
    written = timezone.localtime(datetime.fromisoformat(manifest["written"]))
    return _("skriven {written}").format(written=f"{written:%Y-%m-%d %H:%M}")


def _migrations() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    missing = sorted(f"{app}.{name}" for app, name in _known_migrations() - applied.keys())
    if missing:
        raise NotReadyError(
            _("Databasen saknar {missing}. Kör plats init --if-needed.").format(missing=", ".join(missing))
        )
    return _("{number} genomförda").format(number=len(applied))


def _worker() -> str:
    """A worker is missed only when there is something for it to do: a job nobody takes, or one whose worker is silent.

    Twice as long as other workers wait before they take over: what they will mend themselves is no fault yet.
    """
    jobs, limit = queries.open_jobs(), timezone.now() - 2 * DEAD_AFTER
    if jobs.first_sign is not None and jobs.first_sign < limit:
        raise NotReadyError(
            _("Ett jobb har inte gett livstecken sedan {time}. Är plats work igång?").format(
                time=_clock(jobs.first_sign)
            )
        )
    if jobs.waiting_since is not None and jobs.waiting_since < limit and jobs.last_sign is None:
        raise NotReadyError(
            _("Ett jobb har väntat sedan {time}. Är plats work igång?").format(
                time=_clock(jobs.waiting_since)
            )
        )
    return _("inget jobb har blivit liggande")


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Those this program has. They are files beside the code: read once, since the code does not change as it runs."""
    return frozenset(MigrationLoader(None).graph.nodes)


_PARTS: tuple[tuple[str, Any, Callable[[], str]], ...] = (
    ("database", gettext_lazy("Databasen svarar"), _database),
    ("migrations", gettext_lazy("Databasen har programmets form"), _migrations),
    ("store", gettext_lazy("Siffrorna går att läsa"), _store),
    ("worker", gettext_lazy("Jobben blir gjorda"), _worker),
)
