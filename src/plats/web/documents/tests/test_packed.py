"""The last check of PDFs and Office files: they open within limits, and run nothing."""

from __future__ import annotations

import time

import pytest

from plats.web.documents.tests import samples
from plats.web.documents.tests.checking import checked, refused
from plats.web.documents.uploads.errors import (
    DoesNotOpenError,
    NotHonestError,
    TooLargeError,
)
from plats.web.documents.uploads.limits import limit


def test_a_pdf_with_a_program_is_refused_wherever_it_lies() -> None:
    for acting in (
        {"/Type": "/Action", "/S": "/JavaScript", "/JS": "app.alert(1)"},
        {"/S": "/Launch", "/F": "cmd.exe"},
        {"/S": "/ImportData"},
        {"/JavaScript": "x"},
        {"/XFA": "x"},
        {"/S": "/SubmitForm", "/F": "https://exempel.se"},
        {"/S": "/GoToR", "/F": "annan.pdf"},
        {"/EmbeddedFiles": "x"},
        {"/AA": "x"},
    ):
        assert "program" in refused(samples.pdf_with(acting), "a.pdf", DoesNotOpenError)


def test_a_program_by_a_name_in_disguise_is_found() -> None:
    """A name may be written with the number of a letter: #61 is a."""
    sent = samples.pdf_with({"/JXXXvaScript": "x"}).replace(b"/JXXXvaScript", b"/J#61vaScript")
    assert "program" in refused(sent, "a.pdf", DoesNotOpenError)


def test_a_pdf_that_runs_something_when_it_opens_is_refused() -> None:
    def add(writer: object) -> None:
        from pypdf.generic import DictionaryObject, NameObject, TextStringObject

        action = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)  # type: ignore[attr-defined]

    assert "program" in refused(samples.pdf(change=add), "a.pdf", DoesNotOpenError)


@pytest.mark.parametrize(("kind", "taken"), [("/URI", False), ("/GoTo", True)])
def test_a_pdf_may_only_turn_to_its_own_page_when_it_opens(kind: str, taken: bool) -> None:
    def add(writer: object) -> None:
        from pypdf.generic import DictionaryObject, NameObject, TextStringObject

        action = {
            NameObject("/S"): NameObject(kind),
            NameObject("/URI"): TextStringObject("https://exempel.se"),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)  # type: ignore[attr-defined]

    sent = samples.pdf(change=add)
    if taken:
        assert checked(sent, "a.pdf")
    else:
        assert "program" in refused(sent, "a.pdf", DoesNotOpenError)


def test_a_program_packed_in_an_object_stream_is_found() -> None:
    assert "program" in refused(
        _pdf_with_packed_objects(b"<</S/JavaScript/JS(app.alert\\(1\\))>>"), "a.pdf", DoesNotOpenError
    )
    assert checked(_pdf_with_packed_objects(b"<</S/GoTo>>"), "a.pdf")


def test_a_locked_pdf_is_told_so() -> None:
    pytest.importorskip("cryptography")
    assert "lösenord" in refused(samples.pdf(password="hemligt"), "a.pdf", DoesNotOpenError)  # noqa: S106


def test_a_pdf_without_pages_or_cut_or_scrambled_does_not_open() -> None:
    whole = samples.pdf(pages=3)
    refused(samples.pdf(pages=0), "a.pdf", DoesNotOpenError)
    refused(b"%PDF-1.7\n" + b"\xff" * 400 + b"\n%%EOF", "a.pdf", DoesNotOpenError)
    refused(whole[:-40], "a.pdf", NotHonestError)


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/activeX/activeX1.bin", "word/embeddings/oleObject1.bin"]
)
def test_an_office_file_with_a_program_is_refused(name: str) -> None:
    sent = samples.repacked(samples.docx(), add={name: b"x"})
    assert "makron" in refused(sent, "a.docx", DoesNotOpenError)


def test_a_docm_that_calls_itself_docx_is_refused() -> None:
    assert "makron" in refused(samples.macro_document(), "a.docx", DoesNotOpenError)


def test_a_template_from_elsewhere_is_refused() -> None:
    """Word fetches it when the document opens, and runs what is in it."""
    tie = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="https://exempel.se/a.dotm" TargetMode="External"/></Relationships>'
    )
    sent = samples.repacked(samples.docx(), add={"word/_rels/settings.xml.rels": tie})
    refused(sent, "a.docx", DoesNotOpenError)


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@pytest.mark.parametrize(
    ("part", "encoding", "kind", "more"),
    [
        ("word/_rels/settings.xml.rels", "utf-8", "attachedTempl&#97;te", ""),
        ("word/_rels/settings.xml.rels", "utf-16", "attachedTemplate", ""),
        ("word/_rels/settings.xml.RELS", "utf-8", "attachedTemplate", ""),
        ("word/_rels/footnotes.xml.rels", "utf-8", "vb&#97;Project", ""),
        ("word/_rels/footnotes.xml.rels", "utf-8", "aFChunk", ""),
        *(
            ("word/_rels/footnotes.xml.rels", "utf-8", kind, 'TargetMode="External"')
            for kind in ("oleObject", "frame", "subDocument", "mailMergeSource", "image")
        ),
    ],
)
def test_what_ties_in_something_that_runs_or_lies_elsewhere_is_refused_however_it_is_spelt(
    part: str, encoding: str, kind: str, more: str
) -> None:
    tie = f'<Relationship Id="r" Type="{RELATION}{kind}" Target="https://exempel.se/a" {more}/>'
    sent = samples.repacked(
        samples.docx(), add={part: f"<Relationships>{tie}</Relationships>".encode(encoding)}
    )
    assert "makron" in refused(sent, "a.docx", DoesNotOpenError)


def test_a_link_that_the_reader_clicks_may_lead_elsewhere() -> None:
    tie = f'<Relationship Id="r" Type="{RELATION}hyperlink" Target="https://exempel.se/" TargetMode="External"/>'
    whole = f"<Relationships>{tie}</Relationships>".encode()
    sent = samples.repacked(samples.docx(), add={"word/_rels/footnotes.xml.rels": whole})
    assert checked(sent, "a.docx")


@pytest.mark.parametrize("name", ["word/media/a.exe", "word/p.bin", "word/a.html", "word/a"])
def test_a_part_of_no_known_kind_is_refused(name: str) -> None:
    assert "makron" in refused(samples.repacked(samples.docx(), add={name: b"x"}), "a.docx", DoesNotOpenError)


def test_settings_of_a_printer_are_an_ordinary_part() -> None:
    sent = samples.repacked(samples.xlsx(), add={"xl/printerSettings/printerSettings1.bin": b"x"})
    assert checked(sent, "a.xlsx")


def test_a_word_that_falls_between_two_readings_is_seen() -> None:
    padding = b"<!--" + b" " * (256 * 1024 - 11) + b"-->"
    tie = b"<r>" + padding + b"<a Type='attachedTemplate'/></r>"
    sent = samples.repacked(samples.docx(), add={"word/_rels/settings.xml.rels": tie})
    refused(sent, "a.docx", DoesNotOpenError)


def test_a_zip_bomb_is_refused_quickly_and_without_being_unpacked() -> None:
    bomb = samples.repacked(
        samples.xlsx(), add={"xl/media/a.bin": b"\0" * (limit("largest_unpacked_bytes") + 1)}
    )
    assert len(bomb) < 1_000_000
    started = time.perf_counter()
    assert "packas upp" in refused(bomb, "a.xlsx", TooLargeError)
    assert time.perf_counter() - started < 1


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    """The list says a few bytes; what is unpacked is counted, and stopped or found broken, all the same."""
    bomb = samples.repacked(samples.xlsx(), add={"xl/media/a.bin": b"\0" * 5_000_000})
    lying = bomb.replace((5_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != bomb
    refused(lying, "a.xlsx", DoesNotOpenError)


def test_a_workbook_of_millions_of_texts_is_judged_without_reading_them_all() -> None:
    """Some kilobytes that unpack to ninety megabytes of texts took a workbook's reader two minutes."""
    texts = (
        b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        + b"<si/>" * 6_000_000
        + b"</sst>"
    )
    sent = samples.repacked(
        samples.xlsx(), change=lambda name, old: texts if name == "xl/sharedStrings.xml" else old
    )
    started = time.perf_counter()
    assert checked(sent, "a.xlsx")
    assert time.perf_counter() - started < 5


def test_a_workbook_without_sheets_does_not_open() -> None:
    empty = (
        b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheets/></workbook>"
    )
    sent = samples.repacked(
        samples.xlsx(), change=lambda name, old: empty if name == "xl/workbook.xml" else old
    )
    refused(sent, "a.xlsx", DoesNotOpenError)


def test_an_archive_of_very_many_parts_is_refused() -> None:
    many = {f"xl/a{number}.bin": b"" for number in range(limit("most_parts") + 1)}
    refused(samples.repacked(samples.xlsx(), add=many), "a.xlsx", TooLargeError)


def test_an_xml_part_with_a_dtd_is_refused() -> None:
    """Entities that multiply: a few lines that become gigabytes in a parser."""
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    refused(samples.repacked(samples.docx(), add={"word/a.xml": laughs}), "a.docx", DoesNotOpenError)


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "word/../../a.xml"])
def test_a_part_that_points_out_of_the_archive_is_refused(name: str) -> None:
    refused(samples.repacked(samples.docx(), add={name: b"<a/>"}), "a.docx", DoesNotOpenError)


def test_broken_office_files_do_not_open() -> None:
    whole = samples.docx()
    refused(samples.repacked(whole, add={"word/a.xml": b"<a>"}), "a.docx", DoesNotOpenError)
    refused(samples.repacked(whole, drop=("word/document.xml",)), "a.docx", NotHonestError)
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    refused(bytes(damaged), "a.docx", DoesNotOpenError)


def _pdf_with_packed_objects(packed: bytes) -> bytes:
    """A PDF whose object 5 lies compressed inside object 4, by hand: ISO 32000, 7.5.7 and 7.5.8."""
    import zlib

    stream = zlib.compress(b"5 0 " + packed)
    parts = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(stream), stream),
    }
    out, places = b"%PDF-1.5\n", {}
    for number, body in parts.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = [(0, 0, 0), *((1, places[number], 0) for number in parts), (2, 4, 0), (1, len(out), 0)]
    table = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + last.to_bytes(1, "big")
        for kind, place, last in rows
    )
    start = len(out)
    out += b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        len(table),
        table,
    )
    return out + b"startxref\n%d\n%%%%EOF" % start
