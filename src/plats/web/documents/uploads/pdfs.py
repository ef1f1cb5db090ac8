"""PDF: it opens, has pages, and does nothing by itself."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _

from plats.web.documents.uploads.errors import DoesNotOpenError, NotHonestError, UploadError

if TYPE_CHECKING:
    from pypdf import PdfReader

# The reader tells what it stumbles on in the file's own words, which are the sender's and have no place in our log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_MOST_OBJECTS = 100_000
_SECONDS = 10
_TAIL = 2048
# Keys and values of a dictionary that run something when the document is opened or clicked.
_ACTING = frozenset(
    {
        "/JS",
        "/JavaScript",
        "/Launch",
        "/XFA",
        "/RichMedia",
        "/ImportData",
        "/SubmitForm",
        "/GoToR",
        "/GoToE",
        "/EmbeddedFiles",
        "/EF",
        "/AA",
    }
)
# The same as written, for what lies where no reader looks but some might.
_ACTING_BYTES = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
_ARCHIVE_END = b"PK\x05\x06"


def open_pdf(file: BinaryIO) -> BinaryIO:
    """See that the PDF opens without a password, has a page, runs nothing, and is nothing more than a PDF."""
    file.seek(0)
    content = file.read()
    if b"%%EOF" not in content[-_TAIL:] or _ARCHIVE_END in content[-65_557:]:
        raise NotHonestError(
            _(
                "Filen är inte bara en PDF: något annat ligger efter den. Spara den på nytt som PDF och bifoga den "
                "igen."
            ),
            code="not_honest",
        )
    file.seek(0)
    try:
        acts = _acts(file) or bool(_ACTING_BYTES.search(content))
    except UploadError:
        raise
    except Exception as error:  # whatever the reader stumbles on, the document does not open
        raise _broken() from error
    if acts:
        raise DoesNotOpenError(
            _(
                "PDF-filen innehåller program eller formulär som kör något. Skriv ut den till en ny PDF och bifoga den."
            ),
            code="acts",
        )
    file.seek(0)
    return file


# Internals


def _acts(file: BinaryIO) -> bool:
    """Whether the document does something by itself. Raises when it does not open."""
    from pypdf import PdfReader

    reader = PdfReader(file)
    if reader.is_encrypted:
        raise DoesNotOpenError(
            _("PDF-filen är låst med lösenord. Spara den utan lösenord och bifoga den igen."), code="locked"
        )
    if len(reader.pages) == 0:
        raise _broken()
    until = time.monotonic() + _SECONDS
    return any(_is_acting(value) for obj in _objects(reader, until) for value in _directly_in(obj))


def _objects(reader: PdfReader, until: float) -> Iterator[Any]:
    """Every object of the document, whether a page refers to it or not."""
    numbers = {number for entries in reader.xref.values() for number in entries} | set(reader.xref_objStm)
    if len(numbers) > _MOST_OBJECTS:
        raise _too_complex()
    yield reader.trailer
    for number in sorted(numbers):
        if time.monotonic() > until:
            raise _too_complex()
        yield reader.get_object(number)


def _directly_in(obj: Any) -> Iterator[dict[Any, Any]]:
    """The dictionaries in an object, down to where it refers to another."""
    waiting = [obj]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(dict.values(one))
        elif isinstance(one, list):
            waiting.extend(list.__iter__(one))


def _is_acting(dictionary: dict[Any, Any]) -> bool:
    if not _ACTING.isdisjoint(map(str, dictionary)):
        return True
    return str(dict.get(dictionary, "/S", "")) in _ACTING or _goes_somewhere_when_opened(dictionary)


def _goes_somewhere_when_opened(dictionary: dict[Any, Any]) -> bool:
    """Whether opening the document does anything but turn to a page of its own."""
    action: Any = dict.get(dictionary, "/OpenAction")
    if hasattr(action, "get_object"):
        action = action.get_object()
    return isinstance(action, dict) and str(dict.get(action, "/S", "")) != "/GoTo"


def _broken() -> DoesNotOpenError:
    return DoesNotOpenError(
        _("PDF-filen går inte att öppna: den är skadad. Skapa den på nytt och bifoga den igen."),
        code="does_not_open",
    )


def _too_complex() -> DoesNotOpenError:
    return DoesNotOpenError(
        _("PDF-filen är för komplicerad att gå igenom. Skriv ut den till en ny PDF och bifoga den."),
        code="too_complex",
    )
