"""`python -m bench engine`: every comparison of the engine, one process each, then the table and its chart in docs.

`python -m bench engine --only-page` writes the page anew from what was measured last.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from html import escape
from math import log10
from pathlib import Path
from typing import Any

from bench.contexts import ON_PAPER, SCALES, Scale
from bench.measure import ROOT
from bench.table import ROWS, Row, peer

COMPARISONS = ("importing", "segregation", "inference", "spatial", "contexts", "local", "access", "composite")
PAGE = ROOT / "docs" / "engine.md"
CHART = ROOT / "docs" / "images" / "engine.svg"
PEERS = ("segregation", "esda", "access", "libpysal", "scipy", "numpy", "numba")

_BEGINNING = """# Hur snabb motorn är

Mätt {day} av `python -m bench engine` på {machine}.
De andra: {peers}.

Varje rad är mätt bredvid den andra i samma körning, och att svaren är lika har kontrollerats först. Den som behöver mer
än en minut kör så få dragningar som tar tio sekunder, uppräknade och märkta. *Gräns* är vad maskinen själv behöver för
arbetet: minnet läst en gång, slumptalen dragna. Minne är det mesta som en process höll. *Last* är maskinens egen när
raden mättes: över 1 är tiderna sämre än på en maskin i vila, och en kvot säger mindre.

![Hur många gånger så snabb som den andra, och vad som krävdes](images/engine.svg)

| arbete | vår, s | andras, s | gånger så snabb | krav | minne, MB: vårt, andras | maskinens gräns, s | håller | last |
|---|--:|--:|--:|--:|--:|--:|---|---|"""
_SCALES = """
## Fler människor

Omgivningar om 200, 1 600, 12 800 och 51 200 personer i sju grupper, för varje befolkad ruta om 100 meter, i påhittade
länder som är lika varandra, av `python -m bench contexts scale`. Indexet är så litet att det delas av alla. Frågorna
delas upp.

| personer | rutor | index, MB | gjort på, s | svar på, s | på alla kärnor, s | per ruta, µs |
|--:|--:|--:|--:|--:|--:|--:|"""
_TITLE = "Hur många gånger så snabb som den andra, på logaritmisk skala; ett streck märker vad som krävdes"
_LEFT, _RIGHT, _WIDE, _ROW, _TOP = 430.0, 960.0, 1040.0, 26.0, 40.0


def main(arguments: list[str]) -> int:
    failed = 0
    if "--only-page" not in arguments:
        for name in COMPARISONS:
            print(f"== {name}", flush=True)
            failed |= subprocess.run([sys.executable, "-m", "bench", name], cwd=ROOT, check=False).returncode
    rows = [Row(**_fields(one)) for one in _measured()]
    CHART.write_text(chart(rows), encoding="utf-8")
    PAGE.write_text(page(rows, _measured()), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} och {CHART.relative_to(ROOT)}: {len(rows)} rader")
    return int(failed != 0)


def page(rows: list[Row], measured: list[dict[str, Any]]) -> str:
    """The page: how it was measured, the chart, the table."""
    machine = f"{os.cpu_count()} kärnor ({_processor()}), Python {platform.python_version()}"
    peers = ", ".join(peer(one) for one in PEERS)
    lines = [_BEGINNING.format(day=datetime.now(UTC).date(), machine=machine, peers=peers)]
    lines += [_line(row, told) for row, told in zip(rows, measured, strict=True)]
    if SCALES.exists():
        lines += _scales([Scale(**one) for one in json.loads(SCALES.read_text(encoding="utf-8"))])
    return "\n".join(lines) + "\n"


def _scales(measured: list[Scale]) -> list[str]:
    lines = [_SCALES]
    lines += [
        f"| {one.people / 1e6:g} M | {one.cells:,} | {one.index_mb:,.0f} | {one.built:.1f} | {one.answered:.1f} "
        f"| {one.computing:.1f} | {one.each * 1e6:.1f} |"
        for one in measured
    ]
    most = measured[-1]
    lines.append("\nPå papper, till sista radens pris per ruta, delat på så många kärnor man har:\n")
    for people, cells in ON_PAPER:
        index, hours = cells * most.index_mb / most.cells / 1e3, cells * most.each / 3600
        lines.append(
            f"- {people / 1e6:,.0f} miljoner personer i {cells / 1e6:,.0f} miljoner rutor: index {index:.0f} GB, "
            f"{hours:.1f} kärntimmar"
        )
    return lines


def chart(rows: list[Row]) -> str:
    """Horizontal bars on a logarithmic scale: how many times as fast, with a tick where the requirement lies."""
    beside = [row for row in rows if row.ratio is not None]
    most = max((log10(max(row.ratio or 1, row.required or 1)) for row in beside), default=1.0)
    decades = int(most) + 1

    def across(times: float) -> float:
        return _LEFT + max(log10(max(times, 1.0)), 0.0) / decades * (_RIGHT - _LEFT)

    bottom = _TOP + len(beside) * _ROW
    marks = [
        _guide(across(10**power), f"{10**power:,}".replace(",", " "), bottom) for power in range(decades + 1)
    ]
    for index, row in enumerate(beside):
        marks += _bar(row, _TOP + index * _ROW, across)
    style = (
        "text{font:13px 'Source Sans 3','Source Sans Pro',sans-serif;fill:#1d2433}.g{stroke:#d5d9e0}.b{fill:#2f6f8f}"
        ".u{fill:#b5532a}.r{stroke:#1d2433;stroke-width:2}.f{fill:#fff}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE:.0f} {bottom + 14:.0f}" role="img">'
        f"<title>{_TITLE}</title><style>{style}</style>"
        f'<rect class="f" width="{_WIDE:.0f}" height="{bottom + 14:.0f}"/>{"".join(marks)}</svg>\n'
    )


# Internals


def _measured() -> list[dict[str, Any]]:
    return list(json.loads(ROWS.read_text(encoding="utf-8")).values())


def _fields(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name in Row.__dataclass_fields__}


def _line(row: Row, told: dict[str, Any]) -> str:
    asked = [f"{row.required:g}x"] if row.required is not None else []
    asked += [f"{row.limit_seconds:g} s"] if row.limit_seconds is not None else []
    memory = ", ".join(f"{one:,.0f}" for one in (row.ours_mb, row.peer_mb) if one is not None)
    theirs = f"{row.peer:.4g}" + (f" ({row.scaled})" if row.scaled else "") if row.peer is not None else "–"
    cells = [
        row.work,
        f"{row.ours:.4g}",
        theirs,
        f"{row.ratio:,.0f}"
        if row.ratio is not None and row.ratio >= 10
        else f"{row.ratio or 0:.1f}"
        if row.ratio
        else "–",
        ", ".join(asked) or "–",
        memory or "–",
        f"{row.bound:.4g} ({row.bound_why})" if row.bound is not None else "–",
        "ja" if row.holds else "**nej**",
        str(told["machine"]).split(" på ")[0].removeprefix("last "),
    ]
    return "| " + " | ".join(cells) + " |"


def _guide(x: float, words: str, bottom: float) -> str:
    return (
        f'<line class="g" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 8}" y2="{bottom:.1f}"/>'
        f'<text x="{x:.1f}" y="{_TOP - 14}" text-anchor="middle">{words}</text>'
    )


def _bar(row: Row, top: float, across: Any) -> list[str]:
    ratio = row.ratio or 1.0
    end, kind = across(ratio), "b" if row.holds else "u"
    marks = [
        f'<text x="{_LEFT - 10}" y="{top + 15:.1f}" text-anchor="end">{escape(row.work)}</text>',
        f'<rect class="{kind}" x="{_LEFT}" y="{top + 4:.1f}" width="{end - _LEFT:.1f}" height="15"/>',
        f'<text x="{end + 6:.1f}" y="{top + 16:.1f}">{ratio:,.0f}</text>'.replace(",", " "),
    ]
    if row.required is not None:
        x = across(row.required)
        marks.append(f'<line class="r" x1="{x:.1f}" x2="{x:.1f}" y1="{top + 1:.1f}" y2="{top + 22:.1f}"/>')
    return marks


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "okänd")
