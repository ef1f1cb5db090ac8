"""`python -m bench derive`: `plats derive` for Huddinge and for all Sweden, against their limits.

Each is timed in a process of its own, start of Python included, so that time and memory are what a person meets.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from bench.measure import NO_SHARED, SHARED, against_limit, busy, our_python, run_apart
from plats.data import embedded
from plats.derive.run import derive
from plats.facts.versions import FactStore
from plats.sources.files.library import guess
from plats.sources.files.load import load_many

HOME_MUNICIPALITY = "0126"
NATIONAL = (
    "regso_2020_2023.parquet",
    "deso2018_2022.parquet",
    "koppling_deso2018_regso2020.csv",
    "regso_omradestyp_2022.csv",
)
SECONDS = {"Huddinge": 3.0, "Sverige": 10.0}
GIBIBYTES = 2.0
RUNS = 3


def main(arguments: list[str]) -> int:
    if arguments:
        return once(Path(arguments[0]))
    code = 0
    with tempfile.TemporaryDirectory(prefix="plats-derive-") as folder:
        for name in SECONDS:
            home = Path(folder) / name
            if name == "Sverige" and not SHARED.exists():
                print(NO_SHARED)
                continue
            prepare(home, national=name == "Sverige")
            code |= measured(name, home)
    print(busy())
    return code


def prepare(home: Path, *, national: bool) -> None:
    """A store with observations and nothing derived."""
    store = FactStore(home)
    load_many(store, embedded(HOME_MUNICIPALITY))
    if national:
        paths = [SHARED / "sverige" / name for name in NATIONAL]
        load_many(store, [(path, mapping) for path in paths for mapping in guess(path)])


def measured(name: str, home: Path) -> int:
    best, computing, said = min(
        run_apart([our_python(), "-m", "bench", "derive", str(home)]) for _ in range(RUNS)
    )
    cells, peak = said.split()
    slow = against_limit(f"derive {name}, {int(cells)} celler", best, SECONDS[name], "s")
    print(f"  varav räknetid {computing:.2f} s på en eller två kärnor")
    return slow | against_limit(f"derive {name}, minne", float(peak), GIBIBYTES, "GiB")


def once(home: Path) -> int:
    """Derive, and print how many cells were made and how much memory it took (GiB)."""
    made = derive(FactStore(home), HOME_MUNICIPALITY, on=date(2026, 11, 23))
    print(made.cells, _peak_kib() / 2**20)
    return 0


def _peak_kib() -> int:
    """This process's own peak; the figure of getrusage begins at its parent's."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
