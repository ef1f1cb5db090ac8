"""What is too large is refused before it is read, or stopped while it is."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadhandler import SkipFile
from django.test import Client, RequestFactory
from django.urls import reverse

from plats.web.accounts.tests.world import World
from plats.web.documents.models import Attachment
from plats.web.documents.tests.places import make_document
from plats.web.documents.uploads.limits import MEGABYTE, limit
from plats.web.documents.uploads.receiving import ROOM_FOR_THE_FORM, LimitedUploadHandler

FIVE_GIGABYTES = 5 * 1024 * MEGABYTE


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: Any) -> int:
        raise AssertionError("The body was read.")


class Endless(io.RawIOBase):
    """A body of so many bytes that nobody holds: made as it is read, and counted."""

    def __init__(self, head: bytes, filling: int, tail: bytes) -> None:
        self.left = [io.BytesIO(head), filling, io.BytesIO(tail)]
        self.read_bytes = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._next(size if size > 0 else 64 * 1024)
        self.read_bytes += len(chunk)
        return chunk

    def _next(self, size: int) -> bytes:
        head, filling, tail = self.left
        assert isinstance(head, io.BytesIO)
        assert isinstance(filling, int)
        assert isinstance(tail, io.BytesIO)
        if chunk := head.read(size):
            return chunk
        if filling:
            taken = min(size, filling)
            self.left[1] = filling - taken
            return b"a" * taken
        return tail.read(size)


@pytest.mark.parametrize("path", ["/handlingar/", "/logga-in/", "/finns-inte/", "/"])
def test_five_gigabytes_are_refused_unread_at_any_address(client: Client, db: None, path: str) -> None:
    said = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(FIVE_GIGABYTES)}
    response = client.generic("POST", path, **said, **{"wsgi.input": Unread()})
    assert response.status_code == 413
    assert "20 MB" in response.content.decode()


def test_a_request_at_the_limit_is_let_through_and_one_byte_more_is_not(client: Client, db: None) -> None:
    most = limit("largest_bytes") + ROOM_FOR_THE_FORM
    for size, status in ((most, 404), (most + 1, 413)):
        response = client.generic("GET", "/finns-inte/", CONTENT_LENGTH=str(size))
        assert response.status_code == status


@pytest.mark.parametrize("said", ["", "inte ett tal", "-5"])
def test_a_size_that_is_none_stops_nobody(client: Client, db: None, said: str) -> None:
    assert client.get("/finns-inte/", CONTENT_LENGTH=said).status_code == 404


def test_a_refusal_is_in_the_log_by_its_size_only(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="plats.security"):
        client.generic("POST", "/handlingar/?hemligt=ja", CONTENT_LENGTH=str(FIVE_GIGABYTES))
    assert [record.getMessage() for record in caplog.records if record.name == "plats.security"] == [
        f"A request of {FIVE_GIGABYTES} bytes was refused unread"
    ]


def test_a_file_is_stopped_at_the_limit() -> None:
    handler = LimitedUploadHandler(RequestFactory().post("/"))
    handler.new_file("file", "a.txt", "text/plain", None)
    chunk, received = b"a" * MEGABYTE, 0
    while received < limit("largest_bytes"):
        assert handler.receive_data_chunk(chunk, received) == chunk
        received += len(chunk)
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"a", received)


def test_a_file_above_the_limit_is_told_at_its_field_and_leaves_nothing(
    client: Client, world: World, settings: LazySettings, tmp_path: Any
) -> None:
    """A little too large, so the announced size lets it in: the rest of the form is read, the file is not kept."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "incoming")
    (tmp_path / "incoming").mkdir()
    document = make_document(world.analyst, world.committee)
    client.force_login(world.analyst)
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    tail = b'\r\n--b\r\nContent-Disposition: form-data; name="more"\r\n\r\nvalue\r\n--b--\r\n'
    body = Endless(head, limit("largest_bytes") + 1000, tail)
    response = client.generic(
        "POST",
        reverse("documents:attach", args=[document.public_id]),
        **{
            "CONTENT_TYPE": "multipart/form-data; boundary=b",
            "CONTENT_LENGTH": str(len(head) + limit("largest_bytes") + 1000 + len(tail)),
            "wsgi.input": body,
        },
    )
    assert response.status_code == 422
    assert "Filen är större än 20 MB" in response.content.decode()
    assert not Attachment.objects.exists()
    assert list((tmp_path / "incoming").iterdir()) == []
