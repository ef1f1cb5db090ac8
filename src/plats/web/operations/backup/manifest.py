"""What an archive says about itself: what it was made from, and every member with its size and hash.

Pure. The manifest is the archive's last member, so an archive that was cut off has none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from plats.web.operations.backup.contents import DATABASE_MEMBERS, HOME_MEMBERS
from plats.web.operations.backup.errors import BackupError

FORMAT = 1
LONGEST_NAME = 100
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Letters that a name in our own folders has. No backslash, no control character, nothing that only looks like a dot.
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+=@,-]*")
BROKEN = "Säkerhetskopian är inte hel: {what}. Ingenting har ändrats. Använd en annan kopia."


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive. `link` names the earlier member that it is a hard link to: it has no bytes of its own."""

    path: str
    size: int
    sha256: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The archive's description of itself."""

    made_at: str
    version: str
    municipality: str
    database: str
    database_version: str
    migrations: tuple[str, ...]
    audit_sequence: int
    audit_hash: str
    members: tuple[Member, ...]
    format: int = FORMAT

    @property
    def bytes(self) -> int:
        """What the members hold, each counted once however many names it has."""
        return sum(one.size for one in self.members if not one.link)


def written(manifest: Manifest) -> bytes:
    """The manifest as it stands in the archive: one spelling for one content, with a seal over it."""
    content = asdict(manifest)
    return _spelt(content | {"seal": _seal(content)})


def parsed(text: bytes) -> Manifest:
    """Read a manifest. Raises BackupError unless every byte is as `written` writes it and every path is ours."""
    try:
        content = json.loads(text)
        told = int(content["format"])
    except (ValueError, KeyError, TypeError):
        raise broken("innehållsförteckningen går inte att läsa") from None
    if told > FORMAT:
        raise BackupError(
            f"Säkerhetskopian har format {told}, och den här utgåvan läser till och med {FORMAT}. "
            "Installera den utgåva av Platsperspektiv som gjorde den, eller en nyare."
        )
    try:
        seal = content.pop("seal")
        members = tuple(Member(**one) for one in content.pop("members"))
        migrations = tuple(map(str, content.pop("migrations")))
        manifest = Manifest(members=members, migrations=migrations, **content)
        whole = seal == _seal(asdict(manifest)) and text == written(manifest)
    except (KeyError, TypeError, AttributeError):
        raise broken("innehållsförteckningen har inte den form den ska ha") from None
    if not whole:
        raise broken("innehållsförteckningen är ändrad")
    _judge(manifest.members)
    return manifest


def broken(what: str) -> BackupError:
    """The error of an archive that is not what it should be."""
    return BackupError(BROKEN.format(what=what))


# Internals


def _judge(members: Iterable[Member]) -> None:
    """No path leads outside, none comes twice, and a link goes to something before it."""
    seen: dict[str, Member] = {}
    for one in members:
        if not _is_ours(one.path):
            raise broken(f"namnet {one.path[:60]!r} hör inte hemma i den")
        if one.path in seen:
            raise broken(f"{one.path} finns två gånger")
        if not isinstance(one.size, int) or one.size < 0 or not _SHA256.fullmatch(one.sha256):
            raise broken(f"uppgifterna om {one.path} går inte att läsa")
        if one.link:
            first = seen.get(one.link)
            if first is None or first.link or (first.size, first.sha256) != (one.size, one.sha256):
                raise broken(f"{one.path} hänvisar till något som inte finns")
        seen[one.path] = one


def _is_ours(path: str) -> bool:
    parts = path.split("/")
    if len(path.encode()) > LONGEST_NAME or not all(_PART.fullmatch(part) for part in parts):
        return False
    if path in DATABASE_MEMBERS.values():
        return True
    return len(parts) > 1 and parts[0] == "home" and parts[1] in HOME_MEMBERS


def _seal(content: dict[str, Any]) -> str:
    return hashlib.sha256(_spelt(content)).hexdigest()


def _spelt(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
