"""The bytes of an archive. It is a tar file that any tar can unpack, and every byte of it follows from its manifest:
a header that says something else, a padding that is not zero, anything before, between or after is a broken archive.
"""

from __future__ import annotations

import tarfile
from datetime import datetime

from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import LONGEST_NAME, Member

BLOCK = tarfile.BLOCKSIZE
MANIFEST = "manifest.json"


def header(member: Member, made_at: str) -> bytes:
    """The one header that a member has."""
    if len(member.path.encode()) > LONGEST_NAME:
        raise BackupError(f"Namnet {member.path} är för långt för en säkerhetskopia. Korta det.")
    info = tarfile.TarInfo(member.path)
    info.mode = 0o600
    info.mtime = int(datetime.fromisoformat(made_at).timestamp())
    if member.link:
        info.type, info.linkname = tarfile.LNKTYPE, member.link
    else:
        info.size = member.size
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")


def padding(size: int) -> bytes:
    """The zeros after a member's bytes, up to the next block."""
    return bytes(-size % BLOCK)


def ending(length: int) -> bytes:
    """The zeros after the last member, when the archive is `length` bytes so far."""
    least = 2 * BLOCK
    return bytes(least + -(length + least) % tarfile.RECORDSIZE)
