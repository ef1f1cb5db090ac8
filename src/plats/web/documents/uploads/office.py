"""Word documents and workbooks: packed XML that unpacks within limits, is what it says, and holds no program."""

from __future__ import annotations

import zipfile
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from plats.web.documents.uploads.errors import DoesNotOpenError, NotHonestError, TooLargeError, UploadError
from plats.web.documents.uploads.limits import MEGABYTE, limit

_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_CHUNK = 256 * 1024
_END, _END_SIZE = b"PK\x05\x06", 22
_ACTING_NAMES = ("vbaproject", "vbadata", "activex", "macrosheets", "oleobject")
# In a type of content or of relationship, as the parser reads it: however it is spelt in the file.
_ACTING_TYPES = (
    "macroenabled",
    "vbaproject",
    "attachedtemplate",
    "activex",
    "oleobject",
    "afchunk",
    "subdocument",
    "text/html",
    "message/rfc822",
    "x-msdownload",
)
# Of what lies elsewhere only a link that the reader clicks: anything else is fetched when the document is opened.
_ELSEWHERE = "/hyperlink"
_TEXTS = (".xml", ".rels", ".vml", ".odttf", ".xlsx")
_PICTURES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".jfif",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".emf",
    ".wmf",
    ".wdp",
    ".svg",
)
_TYPES = "[Content_Types].xml"
# Lists that a reader builds in memory as a whole; in the largest workbooks they are some hundred kilobytes.
_READ_WHOLE, _LARGEST_READ_WHOLE = (_TYPES, "xl/workbook.xml"), 4 * MEGABYTE


def open_docx(file: BinaryIO) -> BinaryIO:
    """See that the file is a Word document without a program."""
    return _opened(file, part="word/document.xml", main=_MAIN.format("wordprocessingml.document"))


def open_xlsx(file: BinaryIO) -> BinaryIO:
    """See that the file is a workbook without a program, and that a program reads its list of sheets."""
    _opened(file, part="xl/workbook.xml", main=_MAIN.format("spreadsheetml.sheet"))
    from openpyxl.reader.excel import ExcelReader

    try:
        # Not `load_workbook`: it reads every text of the workbook, which takes minutes when there are millions.
        reader = ExcelReader(file, read_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        sheets = list(reader.parser.sheets)
    except Exception as error:  # whatever the reader stumbles on, the workbook does not open
        raise _broken() from error
    if not sheets:
        raise _broken()
    file.seek(0)
    return file


# Internals


def _opened(file: BinaryIO, *, part: str, main: str) -> BinaryIO:
    _refuse_more_than_an_archive(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_unfit(archive)
            types = _read_through(archive)
    except UploadError:
        raise
    except Exception as error:  # whatever the reader stumbles on, the file does not open
        raise _broken() from error
    if part not in types or main.encode() not in types[_TYPES]:
        raise NotHonestError(
            _(
                "Filen är ett packat arkiv av något annat slag. Spara den på nytt i Word eller Excel och bifoga "
                "den igen."
            ),
            code="not_honest",
        )
    if not all(_is_part(name.lower()) for name in types):
        raise _acting()
    file.seek(0)
    return file


def _refuse_more_than_an_archive(file: BinaryIO) -> None:
    """An archive may stand after another file and before another; then it is two files in one."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE))
    if file.read(4) != _END:
        raise NotHonestError(
            _(
                "Något annat ligger efter Officefilen. Spara den på nytt i Word eller Excel och bifoga den igen."
            ),
            code="not_honest",
        )
    file.seek(0)


def _refuse_unfit(archive: zipfile.ZipFile) -> None:
    """Judge by the archive's own list, before anything is unpacked."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limit("most_parts") or unpacked > limit("largest_unpacked_bytes"):
        raise _too_large()
    names = [entry.filename for entry in entries]
    if any(entry.filename in _READ_WHOLE and entry.file_size > _LARGEST_READ_WHOLE for entry in entries):
        raise _too_large()
    if len(set(map(str.lower, names))) != len(names) or any(
        entry.flag_bits & 0x1 or entry.filename.startswith("/") or ".." in entry.filename.split("/")
        for entry in entries
    ):
        raise _broken()
    if any(word in name.lower() for name in names for word in _ACTING_NAMES):
        raise _acting()


def _read_through(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Unpack every part, counting, and parse those that are XML. Returns the parts by name, the list of types whole."""
    left = limit("largest_unpacked_bytes")
    found: dict[str, bytes] = {_TYPES: b""}
    for entry in archive.infolist():
        reader = _PartReader(entry.filename)
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _too_large()
                reader.read(chunk)
        found[entry.filename] = reader.close()
    return found


def _is_part(name: str) -> bool:
    """Whether a part is of a kind that documents are made of. Settings of printers are the only binary ones."""
    if name.endswith("/"):
        return True
    return name.endswith((*_TEXTS, *_PICTURES)) or (
        name.endswith(".bin") and "/printersettings/" in f"/{name}"
    )


class _PartReader:
    """Reads one part piece by piece: XML must be well-formed, and what ties parts together must run nothing."""

    def __init__(self, name: str) -> None:
        lower = name.lower()
        self._parser = _parser() if lower.endswith((".xml", ".rels")) else None
        self._is_list = name == _TYPES
        if self._parser is not None and (lower == _TYPES.lower() or lower.endswith(".rels")):
            self._parser.StartElementHandler = _refuse_acting_tie
        self._whole = b""

    def read(self, chunk: bytes) -> None:
        if self._parser is not None:
            self._parser.Parse(chunk, False)
        if self._is_list and len(self._whole) < MEGABYTE:
            self._whole += chunk

    def close(self) -> bytes:
        if self._parser is not None:
            self._parser.Parse(b"", True)
        return self._whole


def _refuse_acting_tie(_element: str, attributes: dict[str, str]) -> None:
    """Judge what ties a part to the document: its type, and whether it lies elsewhere."""
    told = {name.rpartition(":")[2].lower(): value.lower() for name, value in attributes.items()}
    kinds = (told.get("type", ""), told.get("contenttype", ""), told.get("target", ""))
    if any(word in kind for kind in kinds for word in _ACTING_TYPES):
        raise _acting()
    if told.get("targetmode") == "external" and not told.get("type", "").endswith(_ELSEWHERE):
        raise _acting()


def _parser() -> expat.XMLParserType:
    """A parser that only sees whether a part is well-formed, and stops at a DTD: no Office file has one."""
    parser = expat.ParserCreate()

    def refuse(*_doctype: object) -> None:
        raise _broken()

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _broken() -> DoesNotOpenError:
    return DoesNotOpenError(
        _(
            "Filen går inte att öppna: den är skadad. Spara den på nytt i Word eller Excel och bifoga den igen."
        ),
        code="does_not_open",
    )


def _acting() -> DoesNotOpenError:
    return DoesNotOpenError(
        _(
            "Filen innehåller makron, inbäddade objekt eller en mall från annat håll. Spara den utan dem och "
            "bifoga den."
        ),
        code="acts",
    )


def _too_large() -> TooLargeError:
    return TooLargeError(
        _(
            "Filen blir för stor när den packas upp: högst %(most)s MB. Dela den i flera och bifoga dem var för sig."
        )
        % {"most": limit("largest_unpacked_bytes") // MEGABYTE},
        code="unpacks_too_large",
    )
