"""Drawings as PNG, by the same program and type family that sets the reports."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# A document drawing is measured in px, 96 to the inch.
_MM_PER_PX = 25.4 / 96


def png(svg: str) -> bytes:
    """A document drawing at its own size, twice as sharp as a screen asks for."""
    width = float(re.search(r'width="([\d.]+)"', svg)[1])  # type: ignore[index]
    return picture_png(svg, width * _MM_PER_PX, 192.0)


def picture_png(svg: str, width_mm: float, ppi: float = 200.0) -> bytes:
    """A drawing as PNG of this width, for documents that cannot hold SVG."""
    import typst

    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {width_mm:.1f}mm)\n'
    )
    compiler = typst.Compiler(source.encode(), font_paths=fonts(), ignore_system_fonts=True)
    return one_file(compiler.compile(format="png", ppi=ppi, sys_inputs={"svg": svg}))


def one_file(made: Any) -> bytes:
    """What was made, when it is a single file."""
    if not isinstance(made, bytes):
        raise TypeError("Dokumentet blev inte en enda fil.")
    return made


@lru_cache(maxsize=1)
def fonts() -> Any:
    """The type family of the house; not the system's own, so that every machine makes the same file."""
    import font_source_sans_pro
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[font_source_sans_pro.font_directory],
    )
