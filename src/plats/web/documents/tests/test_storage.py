"""Where files lie: each content once, whole or not at all, and gone when nothing has it any more."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, models
from django.utils import timezone

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import RecordingError, recorded
from plats.web.documents.actions import remove_attachment
from plats.web.documents.models import Attachment, StoredFile
from plats.web.documents.tests import samples
from plats.web.documents.tests.places import make_attachment, make_document
from plats.web.documents.uploads import (
    UploadError,
    attachment_response,
    claim,
    open_stored,
    remove_unreferenced,
    storage,
    store,
)
from plats.web.documents.uploads.limits import limit

DAYS = limit("unreferenced_days")


def text(content: str = "Tunneln är mörk.\n") -> io.BytesIO:
    return io.BytesIO(content.encode())


def on_disk(home: Path) -> list[str]:
    """Every file below the folder of files, but the lock."""
    return sorted(
        path.name for path in (home / "files").rglob("*") if path.is_file() and path.name != ".lock"
    )


def test_a_content_lies_under_its_hash_outside_the_web_root(world: World, home: Path) -> None:
    stored = store(text(), by=world.analyst, name="a.txt")
    digest = hashlib.sha256("Tunneln är mörk.\n".encode()).hexdigest()
    assert (stored.sha256, stored.size, stored.media_type) == (digest, 19, "text/plain")
    path = home / "files" / digest[:2] / digest
    assert path.read_bytes() == "Tunneln är mörk.\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with open_stored(stored) as file:
        assert hashlib.sha256(file.read()).hexdigest() == digest
    assert on_disk(home) == [digest]


def test_that_a_file_was_kept_is_on_record_without_its_content(world: World) -> None:
    store(text(), by=world.analyst, name="a.txt")
    entry = AuditEntry.objects.get(act="file.store")
    assert (entry.actor, entry.kind) == (str(world.analyst.public_id), "file")


def test_the_same_content_is_kept_once_and_again_as_another_type(world: World, home: Path) -> None:
    first = store(text(), by=world.analyst, name="a.txt")
    assert store(text(), by=world.reporter, name="b.txt").pk == first.pk
    assert store(text(), by=world.reporter, name="b.csv").pk != first.pk
    assert on_disk(home) == [first.sha256]


def test_a_file_that_does_not_pass_leaves_nothing(world: World, home: Path) -> None:
    with pytest.raises(UploadError):
        store(text("<svg>"), by=world.analyst, name="a.txt")
    assert on_disk(home) == []
    assert not StoredFile.objects.exists()


def test_a_disk_that_fails_leaves_no_half_file(
    world: World, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(storage.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        store(text(), by=world.analyst, name="a.txt")
    assert on_disk(home) == []
    assert not StoredFile.objects.exists()


def test_a_content_is_whole_in_its_place_before_its_row_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sees the row can read the file; the other way round a crash would leave a row without its content."""
    seen: list[bytes] = []
    real = StoredFile.save

    def look(self: StoredFile, *args: Any, **kwargs: Any) -> None:
        seen.append(storage.path_of(self.sha256).read_bytes())
        real(self, *args, **kwargs)

    monkeypatch.setattr(StoredFile, "save", look)
    store(text(), by=world.analyst, name="a.txt")
    assert seen == ["Tunneln är mörk.\n".encode()]


def test_a_file_is_checked_before_the_act_never_inside_it(world: World) -> None:
    with recorded(by=None, act="test") as record:
        record.noted(kind="test")
        with pytest.raises(RecordingError):
            store(text(), by=world.analyst, name="a.txt")


def test_a_file_in_use_is_never_swept(world: World, home: Path) -> None:
    document = make_document(world.analyst, world.committee)
    attachment = make_attachment(world.analyst, document)
    with time_machine.travel(timezone.now() + timedelta(days=10 * DAYS), tick=False):
        assert remove_unreferenced(by=None) == 0
        assert remove_unreferenced(by=None, only=[attachment.file]) == 0
    assert on_disk(home) == [attachment.file.sha256]


@pytest.mark.parametrize(("days", "gone"), [(DAYS - 1, 0), (DAYS, 1), (DAYS + 1, 1)])
def test_a_file_nobody_has_is_kept_the_decided_number_of_days(
    world: World, home: Path, days: int, gone: int
) -> None:
    document = make_document(world.analyst, world.committee)
    attachment = make_attachment(world.analyst, document)
    remove_attachment(by=world.analyst, attachment=attachment)
    seen = timezone.now()
    with time_machine.travel(seen, tick=False):
        assert remove_unreferenced(by=None) == 0, "The first sweep starts the clock."
    with time_machine.travel(seen + timedelta(days=days), tick=False):
        assert remove_unreferenced(by=None) == gone
    assert StoredFile.objects.count() == 1 - gone
    assert len(on_disk(home)) == 1 - gone
    assert AuditEntry.objects.filter(act="file.remove").count() == gone


def test_the_clock_stops_when_the_file_is_used_again(world: World, home: Path) -> None:
    document = make_document(world.analyst, world.committee)
    remove_attachment(by=world.analyst, attachment=make_attachment(world.analyst, document))
    remove_unreferenced(by=None)
    make_attachment(world.analyst, document)
    assert StoredFile.objects.get().unreferenced_since is None
    with time_machine.travel(timezone.now() + timedelta(days=DAYS + 1), tick=False):
        assert remove_unreferenced(by=None) == 0
    assert len(on_disk(home)) == 1


def test_retention_takes_a_file_at_once(world: World, home: Path) -> None:
    document = make_document(world.analyst, world.committee)
    attachment = make_attachment(world.analyst, document)
    remove_attachment(by=world.analyst, attachment=attachment)
    assert remove_unreferenced(by=None, only=[attachment.file]) == 1
    assert on_disk(home) == []


def test_a_content_that_two_rows_share_stays_until_both_are_gone(world: World, home: Path) -> None:
    first = store(text(), by=world.analyst, name="a.txt")
    second = store(text(), by=world.analyst, name="a.csv")
    assert remove_unreferenced(by=None, only=[first]) == 1
    assert on_disk(home) == [second.sha256]
    assert remove_unreferenced(by=None, only=[second]) == 1
    assert on_disk(home) == []


def test_what_points_at_a_file_keeps_it_in_whichever_app_it_is(world: World) -> None:
    """The relation of attachments hides its way back ('+'); a later app's may too."""
    names = {one.related_model for one in StoredFile._meta.get_fields(include_hidden=True) if one.is_relation}
    assert Attachment in names
    assert StoredFile._meta.get_field("sha256").remote_field is None
    for model in names:
        pointing = [
            one
            for one in model._meta.get_fields()
            if isinstance(one, models.ForeignKey) and one.related_model is StoredFile
        ]
        assert [one.remote_field.on_delete for one in pointing] == [models.PROTECT]


def test_what_a_dead_process_left_behind_is_swept_after_a_day(world: World, home: Path) -> None:
    kept = store(text(), by=world.analyst, name="a.txt")
    half = home / "files" / ".incoming-abc"
    half.write_bytes(b"half")
    orphan = home / "files" / "ab" / ("ab" + "0" * 62)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"whole, but no row")
    remove_unreferenced(by=None)
    assert half.exists()
    assert orphan.exists()
    long_ago = (timezone.now() - timedelta(hours=25)).timestamp()
    for path in (half, orphan, storage.path_of(kept.sha256)):
        os.utime(path, (long_ago, long_ago))
    remove_unreferenced(by=None)
    assert on_disk(home) == [kept.sha256]


def test_a_content_whose_row_was_undone_is_put_again_when_it_comes_again(world: World, home: Path) -> None:
    first = store(text(), by=world.analyst, name="a.txt")
    storage.path_of(first.sha256).unlink()
    again = store(text(), by=world.analyst, name="a.txt")
    assert again.pk == first.pk
    assert on_disk(home) == [first.sha256]


def test_a_file_swept_between_storing_and_attaching_is_told(world: World) -> None:
    stored = store(text(), by=world.analyst, name="a.txt")
    remove_unreferenced(by=None, only=[stored])
    with pytest.raises(UploadError, match="Bifoga den igen"), recorded(by=None, act="test"):
        claim(stored)


def test_the_sweep_asks_a_fixed_number_of_questions(world: World, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        store(text(f"{number}\n"), by=world.analyst, name="a.txt")
    with connection.cursor():
        remove_unreferenced(by=None)
    with django_assert_max_num_queries(20):
        assert remove_unreferenced(by=None) == 0


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.txt", 'attachment; filename="a.txt"'),
        ("Vårby.txt", "attachment; filename*=utf-8''V%C3%A5rby.txt"),
        ('a"b.txt', 'attachment; filename="a\\"b.txt"'),
    ],
)
def test_a_file_leaves_as_a_download_that_runs_nothing(world: World, name: str, header: str) -> None:
    stored = store(text(), by=world.analyst, name="a.txt")
    response = attachment_response(stored, name)
    assert response["Content-Disposition"] == header
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["Content-Type"] == "text/plain"
    assert b"".join(response) == "Tunneln är mörk.\n".encode()
    response.close()


def test_a_picture_is_kept_as_it_was_drawn_anew(world: World, home: Path) -> None:
    stored = store(io.BytesIO(samples.picture_with_everything("JPEG")), by=world.analyst, name="a.jpg")
    kept = storage.path_of(stored.sha256).read_bytes()
    assert b"Kameratillverkaren" not in kept
    assert hashlib.sha256(kept).hexdigest() == stored.sha256
