"""Colours and letters of drawings in documents: the light palette of the site's stylesheet, on white.

The values are those of `tokens.css`; a test holds the two together.
"""

from __future__ import annotations

from functools import cache

FONT_FAMILY = "Source Sans Pro"

PAPER = "#ffffff"
PAPER_2 = "#f4f2ed"
INK = "#17212a"
INK_2 = "#47535d"
RULE = "#dcdad3"
RULE_2 = "#8b949a"
ACCENT = "#0b5a70"
DOT = "#848f96"

SEQUENTIAL = ("#e6eee7", "#bcd9d3", "#84b9bc", "#2f7688", "#0b4a5e")
ON_SEQUENTIAL = (INK, INK, INK, "#ffffff", "#ffffff")
DIVERGING = ("#8a5a1b", "#dcbd8a", "#eeece6", "#93c2c6", "#0d5f75")
ON_DIVERGING = ("#ffffff", INK, INK, INK, "#ffffff")

_Style = dict[str, str]


def _halo(colour: str, width: str) -> _Style:
    return {"paint-order": "stroke", "stroke": colour, "stroke-width": width, "stroke-linejoin": "round"}


def _text(size: str, fill: str, weight: str = "400") -> _Style:
    return {"font-size": size, "fill": fill, "font-weight": weight}


def _line(colour: str, width: str) -> _Style:
    return {"fill": "none", "stroke": colour, "stroke-width": width}


# Names of things in drawing order of importance: a later name of the same element overrides an earlier one.
_STYLES: dict[str, _Style] = {
    # axes and text
    "axis-line": _line(RULE, "1"),
    "tick": _line(RULE_2, "1"),
    "grid": _line(RULE, "1"),
    "axis-text": _text("13", INK_2),
    "mean": _line(INK, "1.4"),
    "mean-text": _text("13", INK, "600"),
    "break": {**_line(INK_2, "1"), "stroke-dasharray": "3 3"},
    "break-text": _text("12", INK_2),
    # strips, rankings, series
    "dot": {"fill": DOT, "stroke": PAPER, "stroke-width": "1.2"},
    "interval": {**_line(DOT, "4"), "stroke-linecap": "round", "opacity": "0.45"},
    "row-text": _text("13", INK),
    "row-figure": _text("13", INK),
    "row-line": _line(RULE, "1"),
    "line": {**_line(DOT, "1.2"), "stroke-linecap": "round", "opacity": "0.55"},
    "end": {"fill": DOT},
    "end-municipality": {"fill": INK},
    "end-text": {**_text("13", ACCENT, "600"), **_halo(PAPER, "4")},
    "reference": _line(DOT, "1.2"),
    "position": {"fill": RULE_2, "opacity": "0.55"},
    "span": {**_line(ACCENT, "7"), "stroke-linecap": "round"},
    "bar": {"fill": DOT},
    # maps
    "area": {"stroke": PAPER, "stroke-width": "1.1", "stroke-linejoin": "round"},
    "symbol": {"stroke": INK, "stroke-width": "1"},
    "hatch": _line(RULE_2, "1.2"),
    "name": {**_text("12.5", INK, "600"), **_halo(PAPER, "3")},
    "small": {"font-size": "11.2"},
    "station-name": {**_text("11", INK, "400"), "font-style": "italic", **_halo(PAPER, "2.5")},
    "leader": _line(INK, "1"),
    "leader-halo": _line(PAPER, "3"),
    "leader-end": {"fill": INK, "stroke": PAPER, "stroke-width": "1"},
    "station": {"fill": PAPER, "stroke": INK, "stroke-width": "1.6"},
    "scale-line": _line(INK_2, "1"),
    "scale-text": _text("12", INK_2),
    "number": {},
    "tip": {},
    "tile": {"stroke": PAPER, "stroke-width": "1.1"},
    "tile-text": {**_text("13", INK, "600"), **_halo(PAPER, "3")},
    "tile-figure": {**_text("14", INK), **_halo(PAPER, "3")},
    "reach": {},
    # one place
    "context": {"fill": PAPER_2, "stroke": PAPER, "stroke-width": "2.5"},
    "here": {"fill": SEQUENTIAL[0], "stroke": ACCENT, "stroke-width": "2.2", "stroke-linejoin": "round"},
    "marker": {"stroke": PAPER, "stroke-width": "1.4", "fill": INK},
    "library": {"fill": ACCENT},
    "sport": {"fill": INK_2},
    "ring": {"fill": PAPER, "stroke": INK, "stroke-width": "2.4"},
    "far": {"opacity": "0.38"},
    "marker-name": {**_text("13.5", INK), **_halo(SEQUENTIAL[0], "3")},
    "here-name": {**_text("16", INK, "600"), **_halo(SEQUENTIAL[0], "3")},
    "context-name": {**_text("13.5", INK_2), **_halo(PAPER_2, "3")},
    # states, which override
    "municipality": {"stroke": INK, "stroke-width": "1.8", "opacity": "1"},
    "municipality-text": {"fill": INK},
    "unstable": {"fill": PAPER, "stroke": DOT, "stroke-width": "1.8"},
    "current": {"fill": ACCENT, "stroke": PAPER, "stroke-width": "1.2"},
    "current-line": {"stroke": ACCENT, "stroke-width": "2.4", "opacity": "1"},
    "current-open": {"fill": PAPER, "stroke": ACCENT, "stroke-width": "2.2"},
    "current-text": {"font-weight": "600"},
    "selected": _line(INK, "3"),
    "none": {"fill": PAPER_2, "stroke": RULE_2, "stroke-width": "0.8"},
}
for _index in range(5):
    _STYLES[f"q{_index + 1}"] = {"fill": SEQUENTIAL[_index]}
    _STYLES[f"d{_index + 1}"] = {"fill": DIVERGING[_index]}
    _STYLES[f"on-q{_index + 1}"] = {"fill": ON_SEQUENTIAL[_index], "stroke": SEQUENTIAL[_index]}
    _STYLES[f"on-d{_index + 1}"] = {"fill": ON_DIVERGING[_index], "stroke": DIVERGING[_index]}
_STYLES["on-none"] = _STYLES["outside"] = {"fill": INK, "stroke": PAPER}


@cache
def styles_of(tag: str, names: str) -> dict[str, str]:
    """The presentation attributes of an element called `names`; a group carries none of its own."""
    if tag == "g" and names != "far":
        return {}
    merged: _Style = {}
    for name in names.split():
        merged.update(_STYLES[name])
    return merged
