"""Plain text and CSV: letters in UTF-8 or in Windows' own code, and nothing that a browser could take for a page."""

from __future__ import annotations

import re
from typing import BinaryIO

from django.utils.translation import gettext as _

from plats.web.documents.uploads.errors import DoesNotOpenError, NotHonestError

# Tab, line feed, form feed and carriage return are the control characters a text has.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Comments may stand before it. What has been read is never gone back over: a file of nothing but comments would
# otherwise take for ever.
_MARKUP = re.compile(
    r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype|html|head|body|script|svg|iframe|\?xml)",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_WITHIN = 64 * 1024


def open_text(file: BinaryIO) -> BinaryIO:
    """See that the file is text all through."""
    file.seek(0)
    content = file.read()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DoesNotOpenError(
            _("Texten är sparad som UTF-16. Spara den som UTF-8 och bifoga den igen."), code="does_not_open"
        )
    text = _decoded(content)
    if text is None or _NOT_TEXT.search(text):
        raise DoesNotOpenError(
            _("Filen är inte läsbar text. Spara den på nytt som text i UTF-8 och bifoga den igen."),
            code="does_not_open",
        )
    if _MARKUP.match(text.lstrip("\ufeff")[:_MARKUP_WITHIN]):
        raise NotHonestError(
            _(
                "Filen är en webbsida eller en SVG-bild, inte text. Sådana tas inte emot: de kan innehålla program."
            ),
            code="not_honest",
        )
    file.seek(0)
    return file


# Internals


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
