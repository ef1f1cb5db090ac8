"""Files to send: honest ones, and each kind of bad one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from PIL import Image

GPS = {1: "N", 2: (59.0, 15.0, 41.0), 3: "E", 4: (17.0, 53.0, 12.0)}
PLACE_IN_WORDS = b"59 15 41"


def picture(kind: str = "PNG", *, size: tuple[int, int] = (40, 30), colour: int = 90, **saved: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (colour, 120, 130)).save(out, kind, **saved)
    return out.getvalue()


def picture_with_everything(kind: str = "JPEG") -> bytes:
    """A picture, 40 wide and 20 high, left half dark, that says it lies on its side, where and by whom it was taken."""
    image = Image.new("RGB", (40, 20), (250, 250, 250))
    image.paste((10, 10, 10), (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter: shown, it is 20 wide and 40 high
    exif[0x010F] = "Kameratillverkaren"
    exif[0x013B] = "Fotografens namn"
    exif.get_ifd(0x8825).update(GPS)
    profile = b"\0" * 36 + b"acsp" + b"En profil med ett namn" + b"\0" * 70
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>Vem som tog bilden</rdf></x:xmpmeta>'
    more: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if kind in ("JPEG", "WEBP"):
        more["xmp"] = xmp
    if kind == "JPEG":
        more["comment"] = b"En kommentar"
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Comment", "En kommentar")
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", xmp.decode())
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def pdf(*, change: Callable[[Any], None] | None = None, pages: int = 1, password: str = "") -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if change is not None:
        change(writer)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with(dictionary: dict[str, Any]) -> bytes:
    """A PDF in which an object that no page refers to is this dictionary."""
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    def add(writer: Any) -> None:
        made = DictionaryObject()
        for key, value in dictionary.items():
            is_name = isinstance(value, str) and value.startswith("/")
            made[NameObject(key)] = NameObject(value) if is_name else TextStringObject(value)
        writer._add_object(made)

    return pdf(change=add)


def docx(text: str = "Protokoll från trygghetsvandringen") -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(rows: int = 3) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Blad")
        for row in range(rows):
            sheet.write_string(row, 0, f"rad {row}")
    return out.getvalue()


def repacked(
    archive: bytes,
    *,
    add: dict[str, bytes] | None = None,
    change: Callable[[str, bytes], bytes] | None = None,
    drop: tuple[str, ...] = (),
) -> bytes:
    """An Office file with parts added, changed or taken away."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in drop:
                content = old.read(name)
                new.writestr(name, change(name, content) if change else content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def macro_document() -> bytes:
    """A .docm by content: Word's own words for a document with a program."""

    def change(name: str, content: bytes) -> bytes:
        if name != "[Content_Types].xml":
            return content
        return content.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )

    return repacked(docx(), change=change)
