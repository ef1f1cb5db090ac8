"""`python -m bench importing`: how long a new Python takes to read the library, beside one that reads nothing."""

from __future__ import annotations

import subprocess
import sys

from bench.measure import timed
from bench.table import Row, told

LIMIT_SECONDS = 0.3
STATEMENTS = ("import plats.analysis", "import plats.analysis.segregation.summary")


def main(_: list[str]) -> int:
    bare, ours, one = (timed(lambda s=s: read(s), runs=9)[0].median for s in ("pass", *STATEMENTS))
    row = Row("import plats.analysis", ours - bare, limit_seconds=LIMIT_SECONDS)
    measure = Row("import av ett mått (två grupper)", one - bare, limit_seconds=LIMIT_SECONDS)
    return told(row) | told(measure)


def read(statement: str) -> None:
    subprocess.run([sys.executable, "-c", statement], check=True)
