"""`plats local`: what it says to people and to programs, and how it fails."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plats.cli.tests.conftest import Run, as_json, told
from plats.engine.tables import write_table


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """A row of forty places, the first ten high, one of those without a value."""
    path = tmp_path / "places.csv"
    values = np.where(np.arange(40) < 10, 9.0, 1.0) + np.random.default_rng(1).random(40)
    values[4] = np.nan
    east = 660_000 + 300.0 * np.arange(40)
    write_table(
        path,
        {"code": [f"C{n}" for n in range(40)], "share": values, "x": east, "y": np.full(40, 6_570_000.0)},
    )
    return path


def test_it_tells_what_stands_out_and_what_was_left_out(plats: Run, places: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    words = [
        "local",
        places,
        "--id",
        "code",
        "--value",
        "share",
        "--out",
        out,
        "--neighbours",
        "4",
        "--exclude-hidden",
    ]
    said = told(plats(*words))
    assert "40 platser: " in said
    assert "sticker ut tillsammans med sina grannar" in said
    assert "1 saknar värde och är utelämnade." in said
    assert "Det behövs minst 1559 (--permutations)." in said
    made = as_json(plats(*words, "--permutations", "1999", "--json"))
    assert made["findings"]["high_with_neighbours"] > 0
    assert (made["places"], made["excluded"], made["permutations"]) == (40, 1, 1999)
    assert made["target"] == str(out)
    assert "behövs minst" not in told(plats(*words, "--permutations", "1999"))


def test_what_cannot_be_done_is_one_sentence(plats: Run, places: Path, tmp_path: Path) -> None:
    words = ["local", places, "--id", "code", "--value", "share", "--out", tmp_path / "out.csv"]
    said = told(plats(*words), code=1)
    assert "1 av 40 rader saknar värde" in said
    assert "--exclude-hidden" in said
    assert "Välj en av" in told(plats(*words, "--neighbours", "3", "--distance", "500"), code=2)
    assert told(plats(*words, "--fdr", "1"), code=2)
    assert told(plats(*words, "--permutations", "0"), code=2)
