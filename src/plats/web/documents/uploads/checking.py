"""The four checks of a file, in order: its size, its type, that it is honest, that it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from plats.web.documents.uploads.errors import DoesNotOpenError, TooLargeError
from plats.web.documents.uploads.limits import MEGABYTE, limit
from plats.web.documents.uploads.names import tidy_name
from plats.web.documents.uploads.types import refuse_dishonest, type_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its tidy name, what it is served as, and its content, which may have been drawn anew."""

    name: str
    media_type: str
    content: BinaryIO


def check(file: BinaryIO, name: str) -> Checked:
    """Let the file through the four checks, or raise the `UploadError` of the first it fails."""
    refuse_too_large(file.seek(0, 2))
    wanted = type_of(name)
    refuse_dishonest(file, name, wanted)
    return Checked(tidy_name(name), wanted.media_type, wanted.open(file))


def refuse_too_large(size: int) -> None:
    """Raise when a file of this many bytes is larger than the limit, or empty."""
    if size > limit("largest_bytes"):
        raise too_large()
    if size == 0:
        raise DoesNotOpenError(_("Filen är tom. Välj en annan."), code="empty")


def too_large() -> TooLargeError:
    """The error of a file that is larger than the limit, however that was found."""
    return TooLargeError(
        _("Filen är större än %(most)s MB. Gör den mindre, eller dela den i flera, och bifoga den igen.")
        % {"most": limit("largest_bytes") // MEGABYTE},
        code="too_large",
    )
