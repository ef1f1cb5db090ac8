"""Sending a file through the checks in tests."""

from __future__ import annotations

import io

import pytest

from plats.web.documents.uploads.checking import Checked, check
from plats.web.documents.uploads.errors import UploadError


def checked(content: bytes, name: str) -> Checked:
    return check(io.BytesIO(content), name)


def refused(content: bytes, name: str, kind: type[UploadError]) -> str:
    """What the sender is told."""
    with pytest.raises(kind) as error:
        checked(content, name)
    (message,) = error.value.messages
    return message
