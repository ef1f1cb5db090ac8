"""Reading an archive: every byte is judged, and what is unpacked lies where nobody looks until all of it was right."""

from __future__ import annotations

import hashlib
import os
import tarfile
from pathlib import Path
from typing import IO

from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import Manifest, Member, broken, parsed
from plats.web.operations.backup.tarring import BLOCK, MANIFEST, ending, header, padding

_PIECE = 1 << 20
_LARGEST_MANIFEST = 1 << 30


def read_manifest(archive: Path) -> Manifest:
    """What the archive says about itself, without reading what it holds. Says nothing about whether that is whole."""
    with _opened(archive) as file:
        text, _at = _find_manifest(file)
        return parsed(text)


def verify_archive(archive: Path, *, into: Path | None = None) -> Manifest:
    """Read every byte of the archive; unpack it into the folder `into`, which is made, when one is given.

    Raises BackupError at the first byte that is not as the manifest says; what was unpacked by then is to be thrown
    away.
    """
    with _opened(archive) as file:
        text, at = _find_manifest(file)
        manifest = parsed(text)
        file.seek(0)
        for member in manifest.members:
            _expect(file, header(member, manifest.made_at), member.path)
            if member.link:
                _link(member, into)
            else:
                _read_member(file, member, into)
        if file.tell() != at:
            raise broken("något står före innehållsförteckningen som inte hör dit")
        last = header(Member(MANIFEST, len(text), ""), manifest.made_at) + text + padding(len(text))
        _expect(file, last, MANIFEST)
        _expect(file, ending(file.tell()), "slutet")
        if file.read(1):
            raise broken("något står efter slutet")
    return manifest


# Internals


def _opened(archive: Path) -> IO[bytes]:
    try:
        return archive.open("rb")
    except OSError as error:
        raise BackupError(
            f"Det går inte att läsa {archive}: {error.strerror}. Kontrollera sökvägen."
        ) from error


def _find_manifest(file: IO[bytes]) -> tuple[bytes, int]:
    """The manifest's text, and where its header stands: headers are followed from the first, their contents skipped."""
    end = os.fstat(file.fileno()).st_size
    at = 0
    while at + BLOCK <= end:
        file.seek(at)
        try:
            info = tarfile.TarInfo.frombuf(file.read(BLOCK), "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError):
            break
        size = info.size if info.type == tarfile.REGTYPE else 0
        if info.name == MANIFEST and 0 < size <= min(_LARGEST_MANIFEST, end - at):
            return file.read(size), at
        if size < 0:
            break
        at += BLOCK + size + len(padding(size))
    raise broken("den är avklippt, skadad eller ingen säkerhetskopia från Platsperspektiv")


def _expect(file: IO[bytes], wanted: bytes, what: str) -> None:
    if file.read(len(wanted)) != wanted:
        raise broken(f"{what} är inte som innehållsförteckningen säger")


def _read_member(file: IO[bytes], member: Member, into: Path | None) -> None:
    out = _new_file(into / member.path) if into is not None else None
    try:
        digest, left = hashlib.sha256(), member.size
        while left:
            piece = file.read(min(_PIECE, left))
            if not piece:
                raise broken("den är avklippt")
            digest.update(piece)
            if out is not None:
                out.write(piece)
            left -= len(piece)
    finally:
        if out is not None:
            out.close()
    if digest.hexdigest() != member.sha256:
        raise broken(f"innehållet i {member.path} är ändrat")
    _expect(file, padding(member.size), member.path)


def _new_file(path: Path) -> IO[bytes]:
    """Made here, for its owner only: in a fresh folder nothing can be in the way, least of all a link to elsewhere."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600), "wb")
    except (FileExistsError, NotADirectoryError):
        raise broken(f"{path.name} är både fil och mapp") from None


def _link(member: Member, into: Path | None) -> None:
    if into is None:
        return
    target = into / member.path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.hardlink_to(into / member.link)
