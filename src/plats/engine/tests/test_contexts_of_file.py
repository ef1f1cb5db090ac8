"""Contexts from file to file: the same figures as from arrays, a year at a time, and whole after being killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from plats.analysis.contexts.grid import grid_of_cells
from plats.analysis.contexts.nearest import nearest_people
from plats.analysis.contexts.radius import people_within
from plats.engine import contexts as engine
from plats.engine.contexts import Outcome, Question, contexts_of_file
from plats.engine.tables import TableError, read_numbers, write_table
from plats.engine.tests.countries import QUESTION, country, people


def quiet(*_: object) -> None:
    """No one is watching."""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PLACES_IN_A_PART", 200)


def asked(source: Path, target: Path, question: Question = QUESTION) -> Outcome:
    return contexts_of_file(source, target, question, progress=quiet)


def columns(path: Path) -> dict[str, np.ndarray]:
    table = pq.read_table(path)
    return {name: table[name].to_numpy() for name in table.column_names}


def test_the_file_holds_what_the_arrays_say(tmp_path: Path) -> None:
    outcome = asked(country(tmp_path / "in.parquet"), tmp_path / "out.parquet")
    assert outcome == Outcome(rows=900, parts=5, made=5, excluded=0)
    found, given = columns(tmp_path / "out.parquet"), people()
    cells = np.column_stack([given["x"], given["y"]]).astype(int) // 100
    groups = np.column_stack([given["young"], given["old"]])
    grid = grid_of_cells(cells, given["people"], groups, cell_metres=100)
    near, within = nearest_people(grid, QUESTION.k), people_within(grid, QUESTION.radius)
    np.testing.assert_array_equal(np.column_stack([found["x"], found["y"]]), grid.cells * 100)
    np.testing.assert_array_equal(found["people"], grid.counts[:, 0])
    np.testing.assert_array_equal(found["k400_radius"], near.radius_metres[:, 1])
    np.testing.assert_array_equal(found["k50_people"], near.people[:, 0])
    np.testing.assert_array_equal(found["k400_old"], near.shares[:, 1, 1])
    np.testing.assert_array_equal(found["k50_young"], near.shares[:, 0, 0])
    np.testing.assert_array_equal(found["r1000_young"], within.shares[:, 0, 0])
    np.testing.assert_array_equal(found["r1000_people"], within.people[:, 0])


def test_the_file_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    source = country(tmp_path / "in.parquet")
    before = source.read_bytes()
    with pytest.raises(TableError, match="det är filen som läses"):
        asked(source, source)
    assert source.read_bytes() == before


def test_each_year_is_counted_for_itself(tmp_path: Path) -> None:
    source = country(tmp_path / "in.parquet", (2021, 2020))
    asked(source, tmp_path / "both.parquet", replace(QUESTION, year="year"))
    both = columns(tmp_path / "both.parquet")
    assert both["year"].tolist() == [2020] * 550 + [2021] * 500
    names = ["x", "y", "people", "young", "old"]
    given = read_numbers(source, names, ("year", 2021))
    write_table(tmp_path / "one.parquet", dict(zip(names, given.T, strict=True)))
    asked(tmp_path / "one.parquet", tmp_path / "alone.parquet")
    for name, values in columns(tmp_path / "alone.parquet").items():
        np.testing.assert_array_equal(both[name][both["year"] == 2021], values)


def test_csv_holds_the_same_figures_as_parquet(tmp_path: Path) -> None:
    question = replace(QUESTION, year="year")
    source = country(tmp_path / "in.parquet", (2020, 2021))
    write_table(tmp_path / "in.csv", columns(source))
    asked(source, tmp_path / "out.parquet", question)
    asked(tmp_path / "in.csv", tmp_path / "out.csv", question)
    expected = columns(tmp_path / "out.parquet")
    found = read_numbers(tmp_path / "out.csv", list(expected))
    np.testing.assert_array_equal(found, np.column_stack(list(expected.values())))


def test_points_are_put_together_in_cells(tmp_path: Path) -> None:
    given = people()
    halves = {name: np.concatenate([values, values]) for name, values in given.items()}
    halves["x"] = np.concatenate([given["x"] + 20, given["x"] + 80])
    write_table(tmp_path / "points.parquet", halves)
    write_table(tmp_path / "cells.parquet", {n: v if n in "xy" else 2 * v for n, v in given.items()})
    asked(tmp_path / "points.parquet", tmp_path / "a.parquet", replace(QUESTION, points=True))
    asked(tmp_path / "cells.parquet", tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    with pytest.raises(TableError, match=r"points.parquet: Rutan .* finns mer än en gång"):
        asked(tmp_path / "points.parquet", tmp_path / "c.parquet")


def test_rows_with_a_missing_figure_are_refused_or_counted(tmp_path: Path) -> None:
    given = people()
    given["old"] = np.where(np.arange(900) % 100 == 0, np.nan, given["old"])
    write_table(tmp_path / "in.parquet", given)
    with pytest.raises(TableError, match="Siffror saknas i 9 av 900 rutor"):
        asked(tmp_path / "in.parquet", tmp_path / "out.parquet")
    outcome = asked(tmp_path / "in.parquet", tmp_path / "out.parquet", replace(QUESTION, hidden="exclude"))
    assert (outcome.rows, outcome.excluded) == (891, 9)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"k": (), "radius": ()}, "--k"),
        ({"k": (10,)}, "k = 10: Kräver rutdata"),
        ({"k": (10**6,)}, r"k = 1000000: Det bor 4.\d+ personer i rutnätet, färre än"),
        ({"total": "all"}, "kolumnen all finns inte"),
        ({"year": "x"}, "helt årtal"),
        ({"groups": ("people", "x")}, "större än"),
    ],
)
def test_what_cannot_be_answered_is_told_before_anything_is_written(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    given = people()
    given["x"] += 0.5
    write_table(tmp_path / "in.parquet", given)
    with pytest.raises(TableError, match=words):
        asked(tmp_path / "in.parquet", tmp_path / "out.parquet", replace(QUESTION, **change))  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_degrees_are_refused(tmp_path: Path) -> None:
    given = people()
    given["x"], given["y"] = given["x"] / 37_000, given["y"] / 111_000
    write_table(tmp_path / "in.parquet", given)
    with pytest.raises(TableError, match=r"in.parquet: Koordinaterna ser ut att vara grader"):
        asked(tmp_path / "in.parquet", tmp_path / "out.parquet")


def test_parts_that_are_there_are_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = country(tmp_path / "in.parquet")
    asked(source, tmp_path / "whole.parquet")

    def stop_at_three(_: str, done: int, __: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        contexts_of_file(source, tmp_path / "out.parquet", QUESTION, progress=stop_at_three)
    told: list[tuple[int, int]] = []
    outcome = contexts_of_file(
        source, tmp_path / "out.parquet", QUESTION, progress=lambda _, done, of: told.append((done, of))
    )
    assert told == [(3, 5), (4, 5), (5, 5)]
    assert outcome.made == 2
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    write_table(source, people(seed=12))
    assert asked(source, tmp_path / "out.parquet").made == 5


KILLED = """
import os, signal, sys
from pathlib import Path
from plats.engine import contexts
from plats.engine.tests.countries import QUESTION

def progress(_, done, of):
    if done == 2:
        os.kill(os.getpid(), signal.SIGKILL)

contexts.PLACES_IN_A_PART = 200
contexts.contexts_of_file(Path(sys.argv[1]), Path(sys.argv[2]), QUESTION, progress=progress)
"""


def test_a_killed_process_leaves_its_parts_and_the_next_ends_in_the_same_bytes(tmp_path: Path) -> None:
    source = country(tmp_path / "in.parquet")
    asked(source, tmp_path / "whole.parquet")
    target = tmp_path / "out.parquet"
    killed = subprocess.run([sys.executable, "-c", KILLED, source, target], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not target.exists()
    assert asked(source, target).made == 3
    assert target.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
