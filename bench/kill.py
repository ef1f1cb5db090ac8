"""`python -m bench kill [ROUNDS]`: fifty times kill -9 during import and derive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.kill_loop import kill_loop


def main(arguments: list[str]) -> int:
    rounds = int(arguments[0]) if arguments else 50
    with tempfile.TemporaryDirectory(prefix="plats-kill-") as folder:
        tally = kill_loop(Path(folder) / "home", rounds, tell=lambda line: print(line, flush=True))
    print(
        f"\n{tally.killed} gånger kill -9: {tally.killed} läsbara lager, {tally.killed} fullföljda körningar."
    )
    for seen, count in tally.left.most_common():
        print(f"  {count:3d}  {seen}")
    print(f"  ({tally.too_late} signaler kom efter att körningen var klar och räknas inte.)")
    return 0
