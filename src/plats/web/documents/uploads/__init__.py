"""Files that people send: checked, kept outside the web root, handed out as downloads only.

For any app whose rows have files::

    stored = store(upload, by=user)        # before the act; raises UploadError, whose message is for the sender
    with recorded(...) as record:
        row = Photo(file=claim(stored), name=tidy_name(upload.name))   # ForeignKey(StoredFile, on_delete=PROTECT)
    return attachment_response(row.file, row.name)
"""

from __future__ import annotations

from plats.web.documents.uploads.errors import (
    DoesNotOpenError,
    NotHonestError,
    TooLargeError,
    TypeNotAllowedError,
    UploadError,
)
from plats.web.documents.uploads.names import tidy_name
from plats.web.documents.uploads.serving import attachment_response
from plats.web.documents.uploads.storage import claim, open_stored, remove_unreferenced, store

__all__ = [
    "DoesNotOpenError",
    "NotHonestError",
    "TooLargeError",
    "TypeNotAllowedError",
    "UploadError",
    "attachment_response",
    "claim",
    "open_stored",
    "remove_unreferenced",
    "store",
    "tidy_name",
]
