"""A drawing as PNG, by the same program that sets the reports, so that letters and lines are the same."""

from __future__ import annotations

import re
from importlib.resources import as_file, files


def png(svg: str, *, pixels_per_inch: float = 192) -> bytes:
    """The drawing as a PNG picture on white; `svg` is a document drawing with width and height."""
    import typst

    width, height = (float(found) for found in re.findall(r'(?:width|height)="([\d.]+)"', svg)[:2])
    source = (
        f"#set page(width: {width * 0.75:.2f}pt, height: {height * 0.75:.2f}pt, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    with as_file(files("font_source_sans_pro") / "files") as fonts:
        made = typst.compile(
            source.encode(),
            format="png",
            ppi=pixels_per_inch,
            sys_inputs={"svg": svg},
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
        )
    return bytes(made)
