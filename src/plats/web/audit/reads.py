"""Reads of protected objects, and refusals: who looked, at what, never at which values."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import DatabaseError, models
from django.http import HttpRequest

from plats.web.audit.recording import append, id_of, kind_of

_log = logging.getLogger("plats.security")

READ = "read"
DENIED = "denied"


def note_read(request: HttpRequest, obj: models.Model, *, organisation: Any = None) -> None:
    """Someone has been shown a protected object. Raises when it cannot be noted: then it is not shown."""
    append(by=request.user, act=READ, organisation=organisation, kind=kind_of(obj), object_id=id_of(obj))


def _as_number(value: Any) -> str:
    """A number as it is. Words of an address are whatever someone wrote there, and an entry is never erased."""
    return str(value) if isinstance(value, UUID | int) else "•"


def note_denied(request: HttpRequest, *, status: int) -> None:
    """Someone with an account was refused a page, or asked for an object that is not theirs to see.

    What was asked for is noted by route and number. A refusal stands even when it cannot be noted.
    """
    match = request.resolver_match
    route = match.view_name if match else ""
    asked = ",".join(_as_number(value) for value in (match.kwargs if match else {}).values())
    try:
        append(
            by=request.user,
            act=DENIED,
            kind=route[:64],
            object_id=asked[:64],
            note=f"{request.method} {status}",
        )
    except DatabaseError:
        _log.exception("A refusal could not be put on record")
