"""Registers as files: CSV that a Swedish spreadsheet opens rightly and takes no formula from, and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from plats.web.common.downloads import guarded


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in header])
    for row in rows:
        writer.writerow([guarded(_text(value)) for value in row])
    return download(out.getvalue().encode("utf-8-sig"), name, "csv", "text/csv; charset=utf-8")


def json_file(name: str, content: Any) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, indent=1, default=str).encode()
    return download(body, name, "json", "application/json")


def text_file(name: str, content: str) -> HttpResponse:
    return download(content.encode("utf-8-sig"), name, "txt", "text/plain; charset=utf-8")


def download(body: bytes, name: str, suffix: str, media_type: str) -> HttpResponse:
    """A file that no cache between us and the reader keeps."""
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-{timezone.localdate().isoformat()}.{suffix}"'
    )
    response["Cache-Control"] = "private, no-store"
    return response


# Internals


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
