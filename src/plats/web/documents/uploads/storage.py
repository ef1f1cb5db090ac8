"""Where files lie: ``PLATS_HOME/files/<aa>/<sha256>``, outside what the web server shows, each content once.

A file is written whole beside its place, flushed, and renamed into it; only then is its row written. A process that
dies anywhere leaves a row with its whole file, or no row. What no row refers to is swept by `remove_unreferenced`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.audit.recording import RecordingError, is_recording, recorded
from plats.web.documents.models import StoredFile
from plats.web.documents.uploads.checking import check
from plats.web.documents.uploads.errors import UploadError
from plats.web.documents.uploads.limits import limit

_CHUNK = 256 * 1024
_INCOMING = ".incoming-"
_GRACE = timedelta(hours=24)
"""How old a file without a row must be before it counts as left behind rather than on its way in."""


def store(file: BinaryIO, *, by: Any, name: str = "") -> StoredFile:
    """Check the file and keep it. Raises `UploadError` when it does not pass; then nothing is kept.

    Called before the act that the file is for, which then takes it with `claim`: opening a picture takes a while, and
    nobody is to wait for it. A file that no act takes is swept in time.
    """
    if is_recording():
        raise RecordingError(
            "Anropa store före recorded(...): filen kontrolleras utan att databasen är låst."
        )
    checked = check(file, name or str(getattr(file, "name", "")))
    temporary, digest, size = _written(checked.content)
    try:
        # Held until the row is there, so that a sweep never sees the content without it.
        with _one_at_a_time():
            _put(temporary, path_of(digest))
            return _row(by, digest, size, checked.media_type)
    finally:
        temporary.unlink(missing_ok=True)


def claim(stored: StoredFile) -> StoredFile:
    """The row, locked, inside the act that refers to it. Raises when it has been swept since it was stored."""
    found = StoredFile.objects.select_for_update().filter(pk=stored.pk).first()
    if found is None:
        raise UploadError(_("Filen hann tas bort innan den bifogades. Bifoga den igen."), code="swept")
    return found


def open_stored(stored: StoredFile) -> BinaryIO:
    """The content, open for reading. Raises FileNotFoundError when the disk has lost it."""
    return path_of(stored.sha256).open("rb")


def path_of(sha256: str) -> Path:
    """Where a content lies."""
    return files_root() / sha256[:2] / sha256


def files_root() -> Path:
    """The folder of all files."""
    return Path(settings.PLATS_HOME) / "files"


def remove_unreferenced(*, by: Any, only: Collection[StoredFile] | None = None) -> int:
    """Remove what nothing refers to any more, rows and contents; returns how many rows.

    By itself it waits the decided number of days from when it first saw a file unreferenced, so that a mistake can be
    undone. `only` names files that are to go now, if nothing else has them: for retention, whose time has already come.
    """
    removed = _remove_rows(by, only)
    _sweep_contents(at_once=only is not None, digests={stored.sha256 for stored in only or removed})
    if only is None:
        _sweep_left_behind()
    return len(removed)


# Internals


def _written(content: BinaryIO) -> tuple[Path, str, int]:
    """Write the content beside the others, whole and flushed. Returns where, its hash and its size."""
    root = files_root()
    root.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=root, prefix=_INCOMING)
    try:
        digest, size = hashlib.sha256(), 0
        content.seek(0)
        with os.fdopen(handle, "wb") as out:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                size += out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name), digest.hexdigest(), size


def _put(temporary: Path, target: Path) -> None:
    """Let a whole file take its place, over an old one with the same content too: its time shows that it came now."""
    target.parent.mkdir(exist_ok=True)
    temporary.replace(target)
    _flush(target.parent)


def _row(by: Any, digest: str, size: int, media_type: str) -> StoredFile:
    """The content's row, in use again if it was about to be swept, else new."""
    with recorded(by=by, act="file.store") as record:
        known = StoredFile.objects.select_for_update().filter(sha256=digest, media_type=media_type).first()
        if known is not None:
            record.watch(known)
            known.unreferenced_since = None
            known.save(update_fields=["unreferenced_since"])
            return known
        stored = StoredFile(sha256=digest, media_type=media_type, size=size)
        stored.save()
        record.created(stored)
        return stored


def _remove_rows(by: Any, only: Collection[StoredFile] | None) -> list[StoredFile]:
    if only is None:
        _note_unreferenced(by)
    with transaction.atomic():
        rows = _unreferenced().select_for_update().order_by("pk")
        if only is None:
            before = timezone.now() - timedelta(days=limit("unreferenced_days"))
            rows = rows.filter(unreferenced_since__lte=before)
        else:
            rows = rows.filter(pk__in=[stored.pk for stored in only])
        gone = list(rows)
        if gone:
            with recorded(by=by, act="file.remove") as record:
                for stored in gone:
                    # By its number: what the content was is not told again in an entry that nobody thinks of erasing.
                    record.noted(kind=stored.object_kind, object_id=str(stored.pk))
                    stored.delete()
    return gone


def _note_unreferenced(by: Any) -> None:
    """Start the clock of files that nothing refers to; stop that of files that are in use again."""
    with transaction.atomic():
        starting = list(_unreferenced().filter(unreferenced_since=None).select_for_update().order_by("pk"))
        unreferenced = _unreferenced().values("pk")
        stopping = list(
            StoredFile.objects.exclude(unreferenced_since=None).exclude(pk__in=unreferenced).order_by("pk")
        )
        if not (starting or stopping):
            return
        with recorded(by=by, act="file.note_unreferenced") as record:
            for stored in (*starting, *stopping):
                record.watch(stored)
                stored.unreferenced_since = None if stored in stopping else timezone.now()
                stored.save(update_fields=["unreferenced_since"])


def _unreferenced() -> Any:
    """Rows that no other row points at, in whichever app."""
    rows = StoredFile.objects.all()
    # With those that hide the way back to here: a file is in use whoever points at it.
    for one in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(one, ForeignObjectRel):
            continue
        pointing = one.related_model._base_manager.filter(**{one.field.name: OuterRef("pk")})
        rows = rows.filter(~Exists(pointing))
    return rows


def _sweep_contents(*, digests: Collection[str], at_once: bool) -> None:
    for digest in digests:
        _unlink_unless_kept(path_of(digest), timedelta(0) if at_once else _GRACE)


def _sweep_left_behind() -> None:
    """Contents whose row was never written or is gone, and half-written files of processes that died."""
    if not files_root().is_dir():
        return
    for path in files_root().iterdir():
        if path.name.startswith(_INCOMING) and _age(path) > _GRACE:
            path.unlink(missing_ok=True)
        elif path.is_dir():
            known = set(
                StoredFile.objects.filter(sha256__startswith=path.name).values_list("sha256", flat=True)
            )
            for content in path.iterdir():
                if content.name not in known:
                    _unlink_unless_kept(content, _GRACE)


def _unlink_unless_kept(path: Path, grace: timedelta) -> None:
    """Remove a content that has no row. One that came in a moment ago may be about to get one."""
    with _one_at_a_time():
        kept = StoredFile.objects.filter(sha256=path.name).exists()
        if path.exists() and not kept and _age(path) >= grace:
            path.unlink()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Only one process moves a content in or takes one away at a time, on whichever database."""
    files_root().mkdir(parents=True, exist_ok=True)
    with (files_root() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _age(path: Path) -> timedelta:
    try:
        written = path.stat().st_mtime
    except FileNotFoundError:
        return timedelta(0)
    return timedelta(seconds=timezone.now().timestamp() - written)


def _flush(folder: Path) -> None:
    """A rename lasts through a power cut once the folder itself is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
