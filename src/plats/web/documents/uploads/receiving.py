"""How an upload is taken in: refused by its announced size before anything is read, stopped when it grows too large.

Both hold for every address of the site. The check of the form's own token reads the whole request first, so what is
too large has to be refused before that.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from plats.web.common.language import language, start_url
from plats.web.documents.uploads.limits import MEGABYTE, limit

_log = logging.getLogger("plats.security")
GetResponse = Callable[[HttpRequest], HttpResponse]

ROOM_FOR_THE_FORM = MEGABYTE
"""What a request may hold beside its file: the form's other fields and the marks between them."""
_REFUSED = "plats.refused_uploads"


class RequestSizeMiddleware:
    """Refuses a request that says it is larger than any we take. Its body is never read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = _announced(request)
        if announced > ROOM_FOR_THE_FORM and announced > limit("largest_bytes") + ROOM_FOR_THE_FORM:
            _log.warning("A request of %d bytes was refused unread", announced)
            context = {
                "language": language(),
                "start_url": start_url(),
                "most": limit("largest_bytes") // MEGABYTE,
            }
            return HttpResponse(render_to_string("documents/too_large.html", context), status=413)
        return self.get_response(request)


class LimitedUploadHandler(FileUploadHandler):
    """Stops a file that grows past the limit. What had come of it is dropped; the form's other fields are read on."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        self._received += len(raw_data)
        if self._received > limit("largest_bytes"):
            if self.request is not None:
                self.request.META.setdefault(_REFUSED, []).append(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        # The handlers after this one keep what is received.
        return None


def was_refused(request: HttpRequest, field_name: str) -> bool:
    """Whether a file was sent in this field and stopped for its size."""
    return field_name in request.META.get(_REFUSED, [])


# Internals


def _announced(request: HttpRequest) -> int:
    """The size that the request says it has. Without one our server reads nothing of it."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
