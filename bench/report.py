"""`python -m bench report`: Huddinge's report as PDF against its limit, start of Python included."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from bench.derive import HOME_MUNICIPALITY, prepare
from bench.measure import against_limit, busy, our_python, run_apart
from plats.derive.run import derive
from plats.facts.versions import FactStore

SECONDS = 3.0
RUNS = 3


def main(_: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="plats-report-") as folder:
        home, out = Path(folder) / "home", Path(folder) / "out"
        prepare(home, national=False)
        derive(FactStore(home), HOME_MUNICIPALITY, on=date(2026, 11, 23))
        program = Path(our_python()).with_name("plats")
        command = [str(program), "report", HOME_MUNICIPALITY, "--format", "pdf", "--out", str(out)]
        best, computing, _said = min(run_apart(command, home) for _ in range(RUNS))
        (made,) = out.glob("*.pdf")
        assert made.read_bytes().startswith(b"%PDF-"), "Det som skrevs är ingen PDF."
        size = made.stat().st_size
    code = against_limit(f"rapport Huddinge, PDF {size / 1000:.0f} kB", best, SECONDS, "s")
    print(f"  varav räknetid {computing:.2f} s; {busy()}")
    return code
