"""When the chain was last verified, and what was found: noted in a file, for verifying is done at the command line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from plats.web.audit.verify import Verification


@dataclass(frozen=True, slots=True)
class LastVerification:
    at: datetime
    entries: int
    findings: int
    erased: int

    @property
    def whole(self) -> bool:
        return not self.findings


def note_verification(result: Verification, *, beside: int = 0) -> LastVerification:
    """Keep the outcome, for the page and for those who watch the installation. `beside` counts findings in what lies
    beside the chain."""
    found = len(result.findings) + result.more + beside
    last = LastVerification(timezone.now(), result.entries, found, sum(result.erased.values()))
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(last) | {"at": last.at.isoformat()}), encoding="ascii")
    temporary.replace(path)
    return last


def last_verification() -> LastVerification | None:
    """The last time, or None when it was never done or the note cannot be read."""
    try:
        content = json.loads(_path().read_text(encoding="ascii"))
        return LastVerification(**(content | {"at": datetime.fromisoformat(content["at"])}))
    except (OSError, ValueError, TypeError, KeyError):
        return None


# Internals


def _path() -> Path:
    return Path(settings.PLATS_HOME) / "audit" / "verified.json"
