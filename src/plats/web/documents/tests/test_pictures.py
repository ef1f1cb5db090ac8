"""The last check of a picture: it opens, and what is kept is what shows."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from plats.web.documents.tests import samples
from plats.web.documents.tests.checking import checked, refused
from plats.web.documents.uploads.errors import (
    DoesNotOpenError,
    TooLargeError,
)
from plats.web.documents.uploads.limits import limit


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_nothing_but_what_shows(kind: str) -> None:
    sent = samples.picture_with_everything(kind)
    with Image.open(io.BytesIO(sent)) as before:
        assert before.getexif().get_ifd(0x8825), (
            "The sample has no position, so the test would pass on anything."
        )
    suffix = {"JPEG": "jpg"}.get(kind, kind.lower())
    kept = checked(sent, f"a.{suffix}").content.read()
    with Image.open(io.BytesIO(kept)) as after:
        after.load()
        assert dict(after.getexif()) == {}
        assert not after.getexif().get_ifd(0x8825)
        assert not {"exif", "xmp", "icc_profile", "comment", "Comment", "XML:com.adobe.xmp"} & set(after.info)
    for word in (b"Kameratillverkaren", b"Fotografens", b"Vem som tog", b"kommentar", b"profil med"):
        assert word not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_upright_before_what_said_so_is_dropped(kind: str) -> None:
    suffix = {"JPEG": "jpg"}.get(kind, kind.lower())
    with Image.open(checked(samples.picture_with_everything(kind), f"a.{suffix}").content) as shown:
        assert shown.size == (20, 40)
        # What was to the left is above, after a quarter turn with the clock.
        above, below = shown.convert("L").getpixel((10, 5)), shown.convert("L").getpixel((10, 35))
    assert isinstance(above, int)
    assert isinstance(below, int)
    assert above < 60
    assert below > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_a_picture_of_any_mode_is_taken(mode: str) -> None:
    kind, suffix = ("JPEG", "jpg") if mode == "CMYK" else ("PNG", "png")
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, kind)
    with Image.open(checked(out.getvalue(), f"a.{suffix}").content) as kept:
        assert kept.size == (8, 8)


def test_what_can_be_seen_through_still_can() -> None:
    out = io.BytesIO()
    image = Image.new("P", (4, 4), 0)
    image.save(out, "PNG", transparency=0)
    with Image.open(checked(out.getvalue(), "a.png").content) as kept:
        pixel = kept.convert("RGBA").getpixel((0, 0))
        assert isinstance(pixel, tuple)
        assert pixel[3] == 0


def test_a_real_profile_is_dropped_too() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = checked(samples.picture("PNG", icc_profile=profile), "a.png").content
    with Image.open(kept) as after:
        assert "icc_profile" not in after.info


def test_a_picture_of_more_points_than_the_limit_is_refused_by_its_header() -> None:
    """A decompression bomb: a few kilobytes that say they are a picture of many gigabytes."""
    header = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", b"\0\1\0\0" + b"\0\1\0\0" + b"\x08\x06\0\0\0")
    bomb = header + _chunk(b"IDAT", b"x\x9c") + _chunk(b"IEND", b"")
    assert "50 miljoner" in refused(bomb, "a.png", TooLargeError)


def test_a_picture_just_above_the_limit_is_refused_and_one_at_it_is_not() -> None:
    side = 10_000
    rows = limit("largest_pixels") // side
    at, above = io.BytesIO(), io.BytesIO()
    Image.new("1", (side, rows)).save(at, "PNG")
    Image.new("1", (side, rows + 1)).save(above, "PNG")
    assert checked(at.getvalue(), "a.png")
    refused(above.getvalue(), "a.png", TooLargeError)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_half_a_picture_does_not_open(kind: str, part: float) -> None:
    whole = samples.picture(kind, size=(200, 200))
    suffix = {"JPEG": "jpg"}.get(kind, kind.lower())
    assert "skadad" in refused(whole[: int(len(whole) * part)], f"a.{suffix}", DoesNotOpenError)


def _chunk(kind: bytes, data: bytes) -> bytes:
    import zlib

    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
