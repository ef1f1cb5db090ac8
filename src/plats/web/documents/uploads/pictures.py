"""Pictures are opened and drawn anew: what is kept is what shows, and nothing else that the file said.

So where and when a picture was taken (EXIF, XMP), colour profiles, comments, further pictures inside it and whatever
is appended after it are gone. The orientation is applied first, since it stands in what is dropped. Of a moving
picture the first frame is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _

from plats.web.documents.uploads.errors import DoesNotOpenError, TooLargeError
from plats.web.documents.uploads.limits import limit

if TYPE_CHECKING:
    from PIL import Image

# What each format can hold of what we keep; everything else is turned into one of them.
_MODES = {"PNG": ("1", "L", "LA", "RGB", "RGBA", "I;16"), "JPEG": ("L", "RGB"), "WEBP": ("RGB", "RGBA")}
_OPTIONS: dict[str, dict[str, Any]] = {
    "PNG": {"compress_level": 4},
    "JPEG": {"quality": 90},
    # A faster method fails on large pictures with much detail; a slower one takes minutes on them.
    "WEBP": {"quality": 90, "method": 2},
}
# An unpacked picture takes hundreds of megabytes. One at a time in each process.
_one_at_a_time = threading.Lock()


def reencoder(picture_format: str) -> Callable[[BinaryIO], BinaryIO]:
    """What opens a picture of this format and draws it anew in the same."""

    def redrawn(file: BinaryIO) -> BinaryIO:
        from PIL import Image, ImageOps

        try:
            _verify(file, picture_format)
            file.seek(0)
            with _one_at_a_time, Image.open(file, formats=[picture_format]) as picture:
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                return _written(_in_a_mode_of(upright, picture_format), picture_format)
        except TooLargeError:
            raise
        except Exception as error:  # whatever a decoder stumbles on, the picture does not open
            raise DoesNotOpenError(
                _(
                    "Bilden går inte att öppna: filen är skadad. Öppna den i ett bildprogram, spara den på nytt och "
                    "försök igen."
                ),
                code="does_not_open",
            ) from error

    return redrawn


# Internals


def _verify(file: BinaryIO, picture_format: str) -> None:
    """Judge the size by the header, before a single point is unpacked; then the file's own check sums."""
    from PIL import Image

    file.seek(0)
    try:
        with Image.open(file, formats=[picture_format]) as picture:
            width, height = picture.size
            if width * height <= limit("largest_pixels"):
                picture.verify()
                return
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pass
    raise TooLargeError(
        _(
            "Bilden har fler än %(most)s miljoner bildpunkter. Gör den mindre i ett bildprogram och försök igen."
        )
        % {"most": limit("largest_pixels") // 1_000_000},
        code="too_many_pixels",
    )


def _in_a_mode_of(picture: Image.Image, picture_format: str) -> Image.Image:
    if picture.mode in _MODES[picture_format] and "transparency" not in picture.info:
        return picture
    see_through = picture.has_transparency_data and picture_format != "JPEG"
    return picture.convert("RGBA" if see_through else "RGB")


def _written(picture: Image.Image, picture_format: str) -> BinaryIO:
    # Writers look here for a profile, a comment or EXIF to pass on.
    picture.info = {}
    out = BytesIO()
    picture.save(out, format=picture_format, **_OPTIONS[picture_format])
    out.seek(0)
    return out
