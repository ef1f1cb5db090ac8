"""The fonts of the web pages, cut to the letters we write and packed for the browser.

The type family comes whole from its package; a page needs Latin letters only, a tenth of the bytes.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

FACES = ("Light", "Regular", "It", "Semibold", "Bold")
# Basic Latin, Latin-1, Latin Extended-A, and the punctuation and arrows that our texts use.
_LETTERS = (
    "U+0020-017F,U+2010-2026,U+2030,U+2032,U+2033,U+2190-2193,U+2212,U+2248,U+2260,U+2264,U+2265,U+20AC"
)


def prepare_assets(home: Path, *, force: bool) -> None:
    """Make PLATS_HOME/assets/plats/fonts; faces that are already there stay unless `force`."""
    folder = home / "assets" / "plats" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        target = folder / f"SourceSansPro-{face}.woff2"
        if force or not target.exists():
            _cut(face, target)


def _cut(face: str, target: Path) -> None:
    from fontTools.subset import Options, Subsetter, load_font, parse_unicodes, save_font

    options = Options(
        flavor="woff2", layout_features=["kern", "liga", "tnum", "lnum", "ccmp", "mark", "mkmk", "locl"]
    )
    with as_file(files("font_source_sans_pro") / "files" / f"SourceSansPro-{face}.ttf") as path:
        font = load_font(str(path), options)
        cutter = Subsetter(options)
        cutter.populate(unicodes=parse_unicodes(_LETTERS))
        cutter.subset(font)
        temporary = target.with_suffix(".tmp")
        save_font(font, str(temporary), options)
        font.close()
    temporary.replace(target)
