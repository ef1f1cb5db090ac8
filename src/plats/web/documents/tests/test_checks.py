"""The checks of a file: size, type taken, honest, and what it is called. Each has its own error and sentence."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from PIL import Image

from plats.web.documents.tests import samples
from plats.web.documents.tests.checking import checked, refused
from plats.web.documents.uploads.checking import refuse_too_large
from plats.web.documents.uploads.errors import (
    DoesNotOpenError,
    NotHonestError,
    TooLargeError,
    TypeNotAllowedError,
)
from plats.web.documents.uploads.limits import allowed_suffixes, limit
from plats.web.documents.uploads.names import suffix_of, tidy_name
from plats.web.documents.uploads.types import TYPES

HONEST = {
    "pdf": samples.pdf,
    "docx": samples.docx,
    "xlsx": samples.xlsx,
    "csv": "område;andel\r\nVårby gård;0,42\r\n".encode,
    "txt": lambda: "Tunneln är mörk.\n".encode("cp1252"),
    "png": lambda: samples.picture("PNG"),
    "jpg": lambda: samples.picture("JPEG"),
    "webp": lambda: samples.picture("WEBP"),
}


@pytest.mark.parametrize("suffix", HONEST)
def test_an_honest_file_of_each_type_is_taken(suffix: str) -> None:
    found = checked(HONEST[suffix](), f"Bilaga.{suffix.upper()}")
    assert found.media_type == TYPES[suffix].media_type
    assert found.content.read(1)


def test_what_is_decided_to_be_taken_has_a_check() -> None:
    assert set(allowed_suffixes()) == set(HONEST) == set(TYPES)


def test_jpeg_is_jpg() -> None:
    assert checked(samples.picture("JPEG"), "bild.jpeg").media_type == "image/jpeg"


def test_a_file_at_the_limit_is_judged_further_and_one_byte_more_is_not() -> None:
    refuse_too_large(limit("largest_bytes"))
    with pytest.raises(TooLargeError, match="20 MB"):
        refuse_too_large(limit("largest_bytes") + 1)


def test_an_empty_file_says_so() -> None:
    assert "tom" in refused(b"", "a.txt", DoesNotOpenError)


@pytest.mark.parametrize("name", ["a.exe", "a", "a.", "a.pdf.exe", "a.zip", "a.gif", ".pdf", "pdf"])
def test_a_type_nobody_has_decided_to_take_is_refused_and_those_taken_are_listed(name: str) -> None:
    assert "pdf, docx, xlsx, csv, txt, png, jpg, webp" in refused(samples.pdf(), name, TypeNotAllowedError)


@pytest.mark.parametrize(
    ("name", "advice"),
    [("a.svg", "PNG"), ("a.html", "PDF"), ("a.docm", "utan makron"), ("a.xls", ".xlsx")],
)
def test_what_is_often_sent_is_told_what_to_save_it_as(name: str, advice: str) -> None:
    assert advice in refused(b"x", name, TypeNotAllowedError)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize("suffix", HONEST)
@pytest.mark.parametrize("other", HONEST)
def test_a_file_with_anothers_name_is_refused(suffix: str, other: str) -> None:
    alike = {"csv", "txt"}
    if suffix == other or {suffix, other} == alike:
        return
    refused(HONEST[other](), f"a.{suffix}", NotHonestError)


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"\xef\xbb\xbf  " + SVG,
        b"<!-- a --> <!-- b -->\n" + SVG,
        b"<?xml version='1.0'?>" + SVG,
        b"<!DOCTYPE html><title>a</title>",
        b"<HTML><body onload=alert(1)>",
        b"<script>alert(1)</script>",
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "csv"])
def test_a_page_or_svg_that_calls_itself_text_is_refused(content: bytes, suffix: str) -> None:
    assert "webbsida eller en SVG-bild" in refused(content, f"a.{suffix}", NotHonestError)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "pdf", "docx"])
def test_an_svg_that_calls_itself_something_else_is_refused(suffix: str) -> None:
    refused(SVG, f"a.{suffix}", NotHonestError)


def test_a_program_that_calls_itself_text_is_named() -> None:
    assert "ett program" in refused(b"MZ" + b"\0" * 200, "a.txt", NotHonestError)


def test_another_archive_that_calls_itself_a_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "packat arkiv" in refused(out.getvalue(), "a.xlsx", NotHonestError)
    refused(samples.docx(), "a.xlsx", NotHonestError)


@pytest.mark.parametrize("front", [samples.pdf, samples.docx])
def test_two_files_in_one_are_refused(front: object) -> None:
    """A PDF that is also an archive, an archive that is also something else: whoever opens it decides what it is."""
    archive = samples.repacked(samples.docx())
    refused(samples.pdf() + archive, "a.pdf", NotHonestError)
    refused(archive + b"<script>", "a.docx", NotHonestError)


def test_a_picture_that_is_also_an_archive_comes_out_as_a_picture_only() -> None:
    both = samples.picture("JPEG") + samples.repacked(samples.docx())
    kept = checked(both, "a.jpg").content.read()
    assert b"PK\x03\x04" not in kept
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


def test_text_in_windows_letters_and_with_a_byte_order_mark_is_taken() -> None:
    for content in ("å;ä\n".encode("cp1252"), "å;ä\n".encode("utf-8-sig"), b"a\tb\r\n\x0c"):
        assert checked(content, "a.csv").content.read() == content


def test_a_text_of_nothing_but_comments_is_read_once() -> None:
    """A pattern that went back over what it had read took hours on a file of these."""
    started = time.perf_counter()
    assert checked(b"<!-- -->" * 200_000, "a.txt")
    assert time.perf_counter() - started < 1


def test_what_is_no_text_is_refused_with_what_to_do() -> None:
    assert "UTF-16" in refused("å".encode("utf-16"), "a.csv", DoesNotOpenError)
    assert "UTF-8" in refused(b"a\0b", "a.txt", DoesNotOpenError)
    assert "UTF-8" in refused(b"\x81\x8d\x8f", "a.txt", DoesNotOpenError)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/var/a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie_ b.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("\u200bVårby gård.pdf", "Vårby gård.pdf"),
        ("Va\u030arby.pdf", "Vårby.pdf"),
        ("...", "fil"),
        ("", "fil"),
        ("   .pdf", "pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 118),
    ],
)
def test_a_name_is_kept_without_folders_and_what_a_screen_could_misread(sent: str, kept: str) -> None:
    assert tidy_name(sent) == kept
    assert tidy_name(kept) == kept


def test_an_ending_turned_round_is_judged_by_what_it_is() -> None:
    assert suffix_of("faktura\u202efdp.exe") == "exe"
