"""How a kept file is handed out: as a download, never as a page of ours."""

from __future__ import annotations

from django.http import FileResponse

from plats.web.documents.models import StoredFile
from plats.web.documents.uploads.storage import open_stored


def attachment_response(stored: StoredFile, name: str) -> FileResponse:
    """The file as a download with its name (RFC 6266); a browser that shows it all the same runs nothing in it."""
    response = FileResponse(
        open_stored(stored), as_attachment=True, filename=name, content_type=stored.media_type
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
