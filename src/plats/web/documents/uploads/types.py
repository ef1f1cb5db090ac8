"""Which types of file there are: what they are served as, how they begin, and how one is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from plats.web.documents.uploads.errors import NotHonestError, TypeNotAllowedError
from plats.web.documents.uploads.limits import allowed_suffixes
from plats.web.documents.uploads.names import suffix_of
from plats.web.documents.uploads.office import open_docx, open_xlsx
from plats.web.documents.uploads.pdfs import open_pdf
from plats.web.documents.uploads.pictures import reencoder
from plats.web.documents.uploads.texts import open_text

Opener = Callable[[BinaryIO], BinaryIO]
"""Opens a file to see that it is what it says, and returns what is to be kept: the same, or a file made from it."""

_HEAD = 16
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: its media type, how it is known by its first bytes, and how it is opened."""

    media_type: str
    begins: str
    open: Opener


TYPES: dict[str, FileType] = {
    "pdf": FileType("application/pdf", "pdf", open_pdf),
    "docx": FileType(f"{_OFFICE}.wordprocessingml.document", "zip", open_docx),
    "xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet", "zip", open_xlsx),
    "csv": FileType("text/csv", "text", open_text),
    "txt": FileType("text/plain", "text", open_text),
    "png": FileType("image/png", "png", reencoder("PNG")),
    "jpg": FileType("image/jpeg", "jpg", reencoder("JPEG")),
    "webp": FileType("image/webp", "webp", reencoder("WEBP")),
}


def type_of(name: str) -> FileType:
    """The type that a name says, if it is one that is taken."""
    suffix = suffix_of(name)
    taken = [one for one in allowed_suffixes() if one in TYPES]
    if suffix in taken:
        return TYPES[suffix]
    raise TypeNotAllowedError(_why_not(suffix, ", ".join(taken)), code="type_not_allowed")


def refuse_dishonest(file: BinaryIO, name: str, wanted: FileType) -> None:
    """Raise when the first bytes are those of another type than the name says."""
    file.seek(0)
    found = kind_of(file.read(_HEAD))
    if found != wanted.begins:
        raise NotHonestError(
            _(
                "Filen heter .%(suffix)s men innehåller %(found)s. Spara den på nytt i det program den kommer från, "
                "med rätt filtyp, och bifoga den igen."
            )
            % {"suffix": suffix_of(name), "found": _in_words(found)},
            code="not_honest",
        )


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes; 'text' when they are those of nothing known."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), "text")


# Internals

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"PK\x03\x04", "zip"),
    (b"PK", "archive"),
    (b"GIF8", "gif"),
    (b"BM", "bitmap"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
)


def _in_words(kind: str) -> str:
    known = {
        "pdf": _("en PDF"),
        "png": _("en PNG-bild"),
        "jpg": _("en JPEG-bild"),
        "webp": _("en WebP-bild"),
        "gif": _("en GIF-bild"),
        "bitmap": _("en BMP-bild"),
        "tiff": _("en TIFF-bild"),
        "zip": _("ett packat arkiv eller en Officefil"),
        "archive": _("ett packat arkiv"),
        "old_office": _("en Officefil av äldre slag"),
        "program": _("ett program"),
    }
    return known.get(kind, _("något annat"))


def _why_not(suffix: str, taken: str) -> str:
    if suffix in ("svg", "html", "htm", "xhtml", "xml"):
        return _(
            "SVG- och webbfiler tas inte emot: de kan innehålla program. Spara bilden som PNG eller texten som PDF."
        )
    if suffix in ("docm", "xlsm", "dotm", "xltm", "xlsb", "pptm"):
        return _(
            "Filer med makron tas inte emot. Spara filen som .docx eller .xlsx, utan makron, och bifoga den."
        )
    if suffix in ("doc", "xls", "odt", "ods", "rtf"):
        return _(
            "Filtypen .%(suffix)s tas inte emot. Spara filen som .docx, .xlsx eller PDF och bifoga den."
        ) % {"suffix": suffix}
    if not suffix:
        return _("Filens namn slutar inte med någon filtyp. Dessa tas emot: %(taken)s.") % {"taken": taken}
    return _("Filtypen .%(suffix)s tas inte emot. Dessa tas emot: %(taken)s.") % {
        "suffix": suffix[:10],
        "taken": taken,
    }
