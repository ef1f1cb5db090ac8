"""When a backup was last made and a restore last tried: noted in the home folder, for doctor and the metrics."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from plats.facts.files import write_bytes_atomically

BACKUP, DRILL = "backup", "drill"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Something that was done, when, with which archive, and how long it took."""

    at: datetime
    archive: str
    bytes: int
    seconds: float


def note(home: Path, what: str, *, archive: Path, seconds: float) -> None:
    """Note that it has just been done."""
    stamp = Stamp(datetime.now(UTC), archive.name, archive.stat().st_size, round(seconds, 2))
    content = asdict(stamp) | {"at": stamp.at.isoformat(timespec="seconds")}
    write_bytes_atomically(_path(home, what), (json.dumps(content) + "\n").encode())


def last(home: Path, what: str) -> Stamp | None:
    """The last time; None when it was never done, or when the note cannot be read."""
    try:
        content = json.loads(_path(home, what).read_text(encoding="utf-8"))
        return Stamp(**(content | {"at": datetime.fromisoformat(content["at"])}))
    except (OSError, ValueError, KeyError, TypeError):
        return None


# Internals


def _path(home: Path, what: str) -> Path:
    return home / "operations" / f"{what}.json"
