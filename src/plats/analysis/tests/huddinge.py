"""Real figures for Huddinge, for tests only: they lie beside the project and are not part of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
DATA = ROOT.parent / "shared" / "data"


def file(name: str) -> Path:
    """The path of a file of real data; the test is skipped where the folder is absent."""
    path = DATA / "huddinge" / name
    if not path.exists():
        pytest.skip(f"Testet behöver {name} i ../shared/data/huddinge, som inte finns här.")
    return path


def table(name: str) -> list[dict[str, str]]:
    with file(name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
