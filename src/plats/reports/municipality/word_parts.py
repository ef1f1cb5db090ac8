"""The parts a Word document is made of: headings, text, pictures with words, tables with header rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

_FONT = "Calibri"
_GREY = "C9C7C0"
_PAGE_WIDTH_MM = 178.0
# What a package's files are dated, so that the same report gives the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class WordDocument:
    """A document under construction. Distances are made by styles, never by empty paragraphs."""

    def __init__(self, title: str, author: str, on: date) -> None:
        from docx import Document
        from docx.shared import Mm

        self._document = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(16)
        section.top_margin = section.bottom_margin = Mm(18)
        self._properties(title, author, on)
        self._styles()
        self._footer(title)
        self._pictures = 0
        self._section_width = section.page_width - section.left_margin - section.right_margin

    def title(self, text: str) -> None:
        self._document.add_paragraph(text, style="Title")

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        paragraph = self._document.add_heading(text, level)
        paragraph.paragraph_format.page_break_before = new_page

    def text(self, text: str, style: str = "Normal") -> None:
        """A paragraph; nothing at all when there is nothing to say."""
        if text:
            self._document.add_paragraph(text, style=style)

    def bullets(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._document.add_paragraph(text, style="List Bullet")

    def picture(self, png: bytes, alt: str, width_mm: float, caption: str = "") -> None:
        """A picture with its words for those who cannot see it."""
        from docx.shared import Mm

        shape = self._document.add_picture(io.BytesIO(png), width=Mm(width_mm))
        self._pictures += 1
        properties = shape._inline.docPr  # noqa: SLF001 - the library has no other door to the alternative text
        properties.set("descr", alt)
        properties.set("name", f"Bild {self._pictures}")
        self.text(caption, "Caption")

    def table(
        self,
        caption: str,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        figures: range = range(0),
    ) -> None:
        """A captioned table whose header row is marked as such and repeated on each page.

        `widths` are shares of the page's width; the columns in `figures` stand right.
        """
        from docx.oxml import parse_xml

        self.text(caption, "Caption")
        total = sum(widths)
        twips = [round(_PAGE_WIDTH_MM * 56.69 * width / total) for width in widths]
        # Built as markup: the library's own cell objects take ten times as long for a report of this size.
        xml = _table_xml([header, *rows], twips, caption, figures)
        body = self._document.element.body
        body.insert(len(body) - 1, parse_xml(xml))

    def content(self) -> bytes:
        """The file, with its parts dated alike."""
        target = io.BytesIO()
        self._document.save(target)
        return _dated_alike(target.getvalue())

    # Internals

    def _properties(self, title: str, author: str, on: date) -> None:
        known = self._document.core_properties
        known.title, known.author, known.language = title, author, "sv-SE"
        known.last_modified_by, known.comments = author, ""
        known.created = known.modified = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - the library wants it bare

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self._document.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        language = defaults.find(qn("w:lang"))
        for attribute in ("w:val", "w:eastAsia"):
            language.set(qn(attribute), "sv-SE")
        looks = {
            "Normal": (10, False, 0, 6),
            "Title": (28, True, 0, 6),
            "Subtitle": (14, True, 0, 6),
            "Heading 1": (20, True, 14, 6),
            "Heading 2": (14, True, 12, 4),
            "Heading 3": (11.5, True, 8, 3),
            "Caption": (8.5, False, 6, 3),
            "List Bullet": (10, False, 0, 2),
        }
        for name, (size, bold, before, after) in looks.items():
            style = styles[name]
            style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
            style.font.italic = False
            style.font.color.rgb = RGBColor(0x17, 0x21, 0x2A)
            for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                style.element.rPr.rFonts.attrib.pop(qn(attribute), None)
            style.element.rPr.rFonts.set(qn("w:hAnsi"), _FONT)
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(after)
        styles["Caption"].paragraph_format.keep_with_next = True
        note = styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
        note.base_style = styles["Normal"]
        note.font.size = Pt(8.5)
        note.paragraph_format.space_before = Pt(4)
        spacing = styles["Subtitle"].element.rPr.find(qn("w:spacing"))
        if spacing is not None:
            styles["Subtitle"].element.rPr.remove(spacing)
        border = styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            styles["Title"].element.pPr.remove(border)

    def _footer(self, title: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{title} · sida ")
        run = paragraph.add_run()
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = text
            run._r.append(part)  # noqa: SLF001 - fields have no other door


def _table_xml(rows: Sequence[Sequence[str]], widths: Sequence[int], caption: str, figures: range) -> str:
    from docx.oxml.ns import nsdecls

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = [_row_xml(row, widths, figures, header=index == 0) for index, row in enumerate(rows)]
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders><w:top w:val="single" w:sz="6" w:color="17212A"/>'
        f'<w:bottom w:val="single" w:sz="6" w:color="17212A"/>'
        f'<w:insideH w:val="single" w:sz="4" w:color="{_GREY}"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:firstRow="1" w:firstColumn="1" w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(caption, {chr(34): "&quot;"})}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _row_xml(texts: Sequence[str], widths: Sequence[int], figures: range, *, header: bool) -> str:
    mark = "<w:cantSplit/><w:tblHeader/>" if header else "<w:cantSplit/>"
    cells = [
        _cell_xml(text, width, bold=header or index == 0, right=index in figures)
        for index, (text, width) in enumerate(zip(texts, widths, strict=True))
    ]
    return f"<w:tr><w:trPr>{mark}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_xml(text: str, width: int, *, bold: bool, right: bool) -> str:
    weight = "<w:b/>" if bold else ""
    side = '<w:jc w:val="right"/>' if right else ""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="20" w:after="20" w:line="216" w:lineRule="auto"/>{side}'
        f'</w:pPr><w:r><w:rPr>{weight}<w:sz w:val="16"/></w:rPr>{runs}</w:r></w:p></w:tc>'
    )


def _dated_alike(package: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
