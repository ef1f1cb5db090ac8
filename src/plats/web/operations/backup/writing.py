"""Writing an archive: beside its place, member by member, the manifest last; then read again, and put in place."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from plats.facts.files import flush_to_disk
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.manifest import Manifest, Member, written
from plats.web.operations.backup.reading import verify_archive
from plats.web.operations.backup.remains import claim, remove_if_left
from plats.web.operations.backup.tarring import MANIFEST, ending, header, padding

_PIECE = 1 << 20
# Flushed to disk piece by piece: a gigabyte of unwritten bytes at once would make everyone who writes wait for it.
_FLUSH_EVERY = 4 << 20


class ArchiveWriter:
    """An archive being written. What is added once and comes again under another name is a link."""

    def __init__(self, file: IO[bytes], made_at: str) -> None:
        self.members: list[Member] = []
        self._file = file
        self._made_at = made_at
        self._unflushed = 0
        self._by_inode: dict[tuple[int, int], Member] = {}

    def add(self, name: str, source: Path) -> None:
        """Add a file that nobody changes. Raises FileNotFoundError, with nothing written, when it is gone."""
        with source.open("rb") as handle:
            stat = os.fstat(handle.fileno())
            key = (stat.st_dev, stat.st_ino)
            first = self._by_inode.get(key)
            if first is not None:
                self._add_link(name, first)
                return
            member = self._copy(name, handle, stat.st_size)
        self.members.append(member)
        if stat.st_nlink > 1:
            self._by_inode[key] = member

    def finish(self, manifest: Manifest) -> Manifest:
        """Write the manifest, with the members that have been added, and the end."""
        whole = replace(manifest, members=tuple(self.members))
        text = written(whole)
        self._write(header(Member(MANIFEST, len(text), ""), self._made_at))
        self._write(text + padding(len(text)))
        self._write(ending(self._file.tell()))
        return whole

    def _add_link(self, name: str, first: Member) -> None:
        member = Member(name, first.size, first.sha256, link=first.path)
        self._write(header(member, self._made_at))
        self.members.append(member)

    def _copy(self, name: str, handle: IO[bytes], size: int) -> Member:
        self._write(header(Member(name, size, ""), self._made_at))
        digest, left = hashlib.sha256(), size
        while left:
            piece = handle.read(min(_PIECE, left))
            if not piece:
                raise BackupError(f"{name} blev kortare medan den kopierades. Försök igen.")
            digest.update(piece)
            self._write(piece)
            left -= len(piece)
        self._write(padding(size))
        return Member(name, size, digest.hexdigest())

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._unflushed += len(content)
        if self._unflushed >= _FLUSH_EVERY:
            self._file.flush()
            os.fdatasync(self._file.fileno())
            self._unflushed = 0


@contextmanager
def new_archive(target: Path, made_at: str) -> Iterator[ArchiveWriter]:
    """An archive that stands at `target` when the block is done and every byte has been read back, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(".*.tar.*.tmp"):
        remove_if_left(left)
    temporary, handle = _claimed(target)
    try:
        with os.fdopen(handle, "wb") as file:
            yield ArchiveWriter(file, made_at)
            file.flush()
            os.fsync(handle)
            # So that it is read back from the disk and not from memory.
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        verify_archive(temporary)
        temporary.replace(target)
        flush_to_disk(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


# Internals


def _claimed(target: Path) -> tuple[Path, int]:
    """A file beside the archive's place that nobody takes for left as long as it is open."""
    while True:
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        if claim(handle, temporary):
            return temporary, handle
        os.close(handle)
