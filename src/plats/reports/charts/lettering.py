"""How wide a text is, and how a name may be broken into lines."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, pairwise

# A letter that the font lacks is given the width of an n.
_FALLBACK = "n"


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "Semibold") -> float:
    """The width in px of `text` set in Source Sans Pro at `size` px, without kerning."""
    advances = _advances(weight)
    return sum(advances.get(character, advances[_FALLBACK]) for character in text) * size


@lru_cache(maxsize=2048)
def broken(name: str, lines: int) -> tuple[str, ...] | None:
    """`name` in exactly `lines` lines, as even as can be; None when it has too few places to break at.

    A name breaks at a blank and after a hyphen, never inside a word.
    """
    parts = re.findall(r"[^\s-]+-?|-", name)
    glue = _glue(name, parts)
    if lines > len(parts):
        return None
    candidates = (_joined(parts, glue, cuts) for cuts in combinations(range(1, len(parts)), lines - 1))
    return min(candidates, key=lambda rows: max(text_width(row, 12) for row in rows))


# Internals


def _glue(name: str, parts: list[str]) -> list[str]:
    """What stood before each part in the name: a blank, or nothing after a hyphen."""
    position, glue = 0, []
    for part in parts:
        start = name.index(part, position)
        glue.append(" " if start > position else "")
        position = start + len(part)
    return glue


def _joined(parts: list[str], glue: list[str], cuts: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *cuts, len(parts))
    rows = []
    for start, end in pairwise(edges):
        rest = (glue[index] + parts[index] for index in range(start + 1, end))
        rows.append(parts[start] + "".join(rest))
    return tuple(rows)


@cache
def _advances(weight: str) -> dict[str, float]:
    from fontTools.ttLib import TTFont

    path = files("font_source_sans_pro").joinpath("files", f"SourceSansPro-{weight}.ttf")
    with path.open("rb") as stream, TTFont(stream, lazy=True) as font:
        per_em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return {chr(code): metrics[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}
