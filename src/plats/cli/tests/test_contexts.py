"""`plats contexts` and `plats warmup`: what is told, in words and as JSON."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from plats.cli.tests.conftest import Run, as_json, told
from plats.engine.tables import columns_of, write_table
from plats.engine.tests.countries import country, people

ASKED = ["--total", "people", "--groups", "young, old", "--k", "50,400", "--radius", "750.5"]


def test_a_file_in_and_a_file_out(plats: Run, tmp_path: Path) -> None:
    source, target = country(tmp_path / "in.parquet"), tmp_path / "out.csv"
    found = as_json(plats("contexts", source, target, *ASKED, "--json"))
    assert found.pop("seconds") >= 0
    counted = {"rows": 900, "parts": 1, "made": 1, "resumed": 0, "excluded": 0}
    assert found == {"target": str(target)} | counted
    assert columns_of(target) == [
        *["x", "y", "people"],
        *["k50_radius", "k50_people", "k50_young", "k50_old"],
        *["k400_radius", "k400_people", "k400_young", "k400_old"],
        *["r750.5_people", "r750.5_young", "r750.5_old"],
    ]


def test_what_is_left_out_is_told(plats: Run, tmp_path: Path) -> None:
    given = people()
    given["old"] = np.where(np.arange(900) == 0, np.nan, given["old"])
    write_table(tmp_path / "in.parquet", given)
    words = ["contexts", tmp_path / "in.parquet", tmp_path / "out.parquet", *ASKED]
    assert "Siffror saknas i 1 av 900 rutor" in told(plats(*words), code=1)
    assert "1 rader saknar en siffra" in told(plats(*words, "--exclude-hidden"))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--k", "50;400"], 2, "200,1600"),
        (["--k", "10"], 1, "Kräver rutdata"),
        (["--k", "50", "--year-column", "year"], 1, "kolumnen year finns inte"),
        (["--k", "50", "--cell", "0"], 2, "--cell"),
        ([], 1, "--k"),
    ],
)
def test_a_question_that_has_no_answer_is_told(
    plats: Run, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    source = country(tmp_path / "in.parquet")
    asked = ["--total", "people", "--groups", "young", *words]
    assert said in told(plats("contexts", source, tmp_path / "out.parquet", *asked), code=code)


def test_warming_tells_each_module_and_its_seconds(plats: Run) -> None:
    assert "disks" in told(plats("warmup"))
    assert as_json(plats("warmup", "--json"))["seconds"]["disks"] >= 0
