"""Access over files: the same as in memory, in blocks of any size, and told in a sentence when it cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from plats.cli import access as verb
from plats.cli.main import main
from plats.engine import access, parts
from plats.engine.tables import write_table

# The homes and services of plats.analysis.access: 500 and 500, 100 and sqrt(130000), and far away.
DEMAND = "id,x,y,people,need\na,1000,1000,100,3\nb,1000,1600,300,1\nc,9000,9000,50,2\n"
SUPPLY = "id,x,y,amount\n01,1000,1500,10\n02,1300,1400,30\n"
ROADS = "from_x,from_y,to_x,to_y,metres\n1000,1000,1000,1500,700\n1000,1500,1300,1400,400\n1000,1600,1000,1500,100\n"
TIMES = "demand,supply,minutes\nb,02,20\na,01,5\nb,01,10\nc,01,40\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in {"homes": DEMAND, "services": SUPPLY, "roads": ROADS, "times": TIMES}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def ask(files: Path, *more: str, out: str = "out.csv") -> Any:
    command = ["access", "--demand", str(files / "homes.csv"), "--supply", str(files / "services.csv")]
    return CliRunner().invoke(main, [*command, "--out", str(files / out), *more])


def written(files: Path) -> list[str]:
    return (files / "out.csv").read_text(encoding="utf-8").replace('"', "").splitlines()


def test_nearest_in_straight_lines_as_a_file(files: Path) -> None:
    said = ask(files, "--method", "nearest", "--reach", "600")
    assert said.exit_code == 0, said.output
    assert written(files) == [
        "id,distance,reason,nearest,distance_kind,within_reach",
        "a,500,reached,01,straight_line_metres,2",
        "b,100,reached,01,straight_line_metres,2",
        "c,,nothing_within_reach,,straight_line_metres,0",
    ]
    assert "600 meter fågelvägen" in said.output
    assert "1 platser når inget inom räckvidden" in said.output
    assert "minuter" not in said.output


def test_two_step_with_travel_times_is_called_minutes(files: Path) -> None:
    # worked by hand in plats.analysis.access: 10 for 400 people, 30 for 300
    said = ask(files, "--matrix", str(files / "times.csv"), "--method", "2sfca", "--reach", "30", "--json")
    assert said.exit_code == 0, said.output
    assert written(files)[1:] == [
        "a,0.025,reached,minutes,1",
        "b,0.125,reached,minutes,2",
        "c,0,nothing_within_reach,minutes,0",
    ]
    told = json.loads(said.output)
    assert told["distance_kind"] == "minutes"
    assert told["pairs"] == 3
    assert told["reasons"] == {
        "reached": 2,
        "nothing_within_reach": 1,
        "place_unknown": 0,
        "people_unknown": 0,
        "nobody_to_share": 0,
    }
    # need 1: 300 people with 1/8; need 2: 50 with 0; need 3: 100 with 1/40. Fifths of 90: three with 1/8, one of 30
    # with 1/8, 50 with 0 and 10 with 1/40, and one with 1/40
    assert told["by_need"]["fifths"] == pytest.approx([1 / 8, 1 / 8, 1 / 8, (30 / 8 + 10 / 40) / 90, 1 / 40])
    assert told["by_need"]["gap"] == pytest.approx(-1 / 10)


def test_a_network_is_called_network_metres(files: Path) -> None:
    roads = str(files / "roads.csv")
    said = ask(files, "--network", roads, "--method", "cumulative", "--reach", "700")
    assert said.exit_code == 0, said.output
    assert "700 meter längs nätet" in said.output
    # a: 700 to the first, 1100 to the second; b: 100 and 500; c is far from every node
    assert written(files)[1:] == [
        "a,10,reached,network_metres,1",
        "b,40,reached,network_metres,2",
        "c,0,nothing_within_reach,network_metres,0",
    ]
    assert "Koncentrationsindex" in said.output


@pytest.mark.parametrize("method", access.METHODS)
def test_blocks_of_any_size_give_the_same(
    tmp_path: Path, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(4)
    names = np.arange(60).astype(str)
    homes, services = random.uniform(5000, 9000, (60, 2)), random.uniform(5000, 9000, (9, 2))
    people, amounts = random.integers(0, 90, 60), random.integers(0, 9, 9)
    write_table(tmp_path / "homes.csv", {"id": names, "x": homes[:, 0], "y": homes[:, 1], "people": people})
    write_table(
        tmp_path / "services.csv",
        {"id": names[:9], "x": services[:, 0], "y": services[:, 1], "amount": amounts},
    )
    more = ["--decay", "gaussian:600"] if method in access.WITH_DECAY else []
    answers = []
    for rows in (7, 1000):
        monkeypatch.setattr(access, "_LEAST_ROWS", rows)
        monkeypatch.setattr(access, "_PAIRS_PER_BLOCK", 1)
        said = ask(tmp_path, "--method", method, "--reach", "1500", *more, out=f"{rows}.parquet")
        assert said.exit_code == 0, said.output
        answers.append(pq.read_table(tmp_path / f"{rows}.parquet"))
    one, other = answers
    assert one.drop_columns(one.column_names[1]).equals(other.drop_columns(other.column_names[1]))
    value = one.column_names[1]
    np.testing.assert_allclose(
        one[value].to_numpy(zero_copy_only=False).astype(float),
        other[value].to_numpy(zero_copy_only=False).astype(float),
        rtol=1e-12,
    )


@pytest.mark.parametrize("method", ["nearest", "gravity", "3sfca"])
@pytest.mark.parametrize("after", [1, 5, 11])
def test_broken_off_it_goes_on_and_ends_in_the_same_bytes(
    tmp_path: Path, method: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(5)
    for name, count in (("homes", 60), ("services", 9)):
        places, numbers = random.uniform(5000, 9000, (count, 2)), random.integers(1, 90, count)
        columns = {"id": np.arange(count).astype(str), "x": places[:, 0], "y": places[:, 1]}
        write_table(tmp_path / f"{name}.csv", columns | {"people": numbers, "amount": numbers})
    monkeypatch.setattr(access, "_LEAST_ROWS", 9)
    monkeypatch.setattr(access, "_PAIRS_PER_BLOCK", 1)
    more = ["--method", method, "--reach", "1500", "--json"]
    more += ["--decay", "gaussian:600"] if method in access.WITH_DECAY else []
    whole = json.loads(ask(tmp_path, *more, out="whole.parquet").output)
    write, written_parts = parts.Parts.write, []

    def breaks(self: parts.Parts, name: str, columns: parts.Columns) -> None:
        if len(written_parts) == after:
            raise KeyboardInterrupt
        written_parts.append(name)
        write(self, name, columns)

    with monkeypatch.context() as broken:
        broken.setattr(parts.Parts, "write", breaks)
        said = ask(tmp_path, *more, out="broken.parquet")
    kept = min(after, whole["parts"])
    assert (said.exit_code == 0) == (after >= whole["parts"])
    again = json.loads(ask(tmp_path, *more, out="broken.parquet").output)
    assert again["made"] == (whole["parts"] - kept if kept < whole["parts"] else whole["parts"])
    assert again["pairs"] == whole["pairs"]
    assert (tmp_path / "broken.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", ["homes", "services"])
def test_a_file_that_is_read_is_not_written_over(files: Path, name: str) -> None:
    before = (files / f"{name}.csv").read_bytes()
    said = ask(files, "--method", "nearest", "--reach", "600", out=f"{name}.csv")
    assert said.exit_code == 1
    assert "det är filen som läses" in said.output
    assert (files / f"{name}.csv").read_bytes() == before


def test_what_cannot_be_computed_leaves_nothing_behind(files: Path) -> None:
    (files / "homes.csv").write_text(DEMAND.replace(",300,", ",,"), encoding="utf-8")
    assert ask(files, "--method", "2sfca", "--reach", "600").exit_code == 1
    assert not list(files.glob(".*"))


def test_hidden_people_are_refused_or_left_out(files: Path) -> None:
    (files / "homes.csv").write_text(DEMAND.replace(",300,", ",,"), encoding="utf-8")
    said = ask(files, "--method", "2sfca", "--reach", "600")
    assert said.exit_code == 1
    assert "dold eller saknas på 1 av 3 platser" in said.output
    said = ask(files, "--method", "2sfca", "--reach", "600", "--leave-out-hidden")
    assert said.exit_code == 0, said.output
    assert "1 platser är utelämnade" in said.output
    assert written(files)[2] == "b,,people_unknown,straight_line_metres,2"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--method", "2sfca", "--reach", "0"], "Räckvidden ska vara större än 0"),
        (["--method", "gravity", "--reach", "500"], "gravity behöver en vikt"),
        (["--method", "nearest", "--reach", "500", "--decay", "gaussian:5"], "väger inte avstånd"),
        (["--method", "gravity", "--reach", "500", "--decay", "gaussian:-5"], "Skalan ska vara större än 0"),
        (["--method", "gravity", "--reach", "500", "--decay", "sudden:5"], "kan inte läsas"),
        (["--method", "gravity", "--reach", "500", "--decay", "steps:5"], "kan inte läsas"),
        (["--method", "nearest", "--reach", "5", "--network", "homes", "--matrix", "times"], "inte båda"),
        (["--method", "nearest", "--reach", "5", "--network", "homes"], "kolumnen from_x, from_y"),
        (["--method", "nearest", "--reach", "5", "--matrix", "homes"], "minutes eller network_metres"),
    ],
)
def test_choices_that_do_not_go_together(files: Path, arguments: list[str], words: str) -> None:
    paths = [str(files / f"{one}.csv") if one in ("homes", "times") else one for one in arguments]
    said = ask(files, *paths)
    assert said.exit_code in (1, 2)
    assert words in said.output
    assert not (files / "out.csv").exists()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("homes", DEMAND.replace("b,", "a,"), "homes.csv: id a står på flera rader"),
        ("homes", "id,x,y,people\n", "inga rader"),
        ("homes", "id,x,y,people\na,18.07,59.33,4\n", "'homes.csv' ser ut att vara i grader"),
        ("homes", "id,x,y\na,1000,1000\n", "kolumnen people finns inte"),
        ("services", "id,x,y\n01,1000,1500\n", "kolumnen amount saknas"),
        ("services", SUPPLY.replace(",30", ",-30"), "Utbudet ska vara kända tal"),
        ("services", SUPPLY.replace("1300", ""), "1 platser i utbudet saknar läge"),
    ],
)
def test_files_that_do_not_fit(files: Path, name: str, text: str, words: str) -> None:
    (files / f"{name}.csv").write_text(text, encoding="utf-8")
    said = ask(files, "--method", "2sfca", "--reach", "600")
    assert said.exit_code == 1, said.output
    assert words in said.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TIMES + "d,01,4\n", "demand d finns inte i homes.csv (1 rader)"),
        (TIMES + "a,03,4\n", "supply 03 finns inte i services.csv"),
        (TIMES + "a,01,4\n", "1 par står mer än en gång"),
        (TIMES.replace("40", ""), "1 saknas"),
    ],
)
def test_matrices_that_do_not_fit(files: Path, text: str, words: str) -> None:
    (files / "times.csv").write_text(text, encoding="utf-8")
    said = ask(files, "--matrix", str(files / "times.csv"), "--method", "nearest", "--reach", "30")
    assert said.exit_code == 1, said.output
    assert words in said.output


def test_roads_that_lack_a_length_and_roads_that_go_one_way(files: Path) -> None:
    roads = files / "roads.csv"
    ask_by_road = ["--network", str(roads), "--method", "nearest", "--reach", "5000"]
    roads.write_text(ROADS.replace(",400", ","), encoding="utf-8")
    assert "1 kanter saknar ett tal" in ask(files, *ask_by_road).output
    header, *edges = ROADS.splitlines()
    one_way = [f"{header},one_way", f"{edges[0]},0", f"{edges[1]},0", f"{edges[2]},1"]
    roads.write_text("\n".join(one_way) + "\n", encoding="utf-8")
    assert ask(files, *ask_by_road).exit_code == 0
    assert written(files)[2] == "b,100,reached,01,network_metres,2"
    backwards = edges[2].split(",")
    one_way[3] = ",".join([*backwards[2:4], *backwards[:2], backwards[4], "1"])
    roads.write_text("\n".join(one_way) + "\n", encoding="utf-8")
    assert ask(files, *ask_by_road).exit_code == 0
    assert written(files)[2] == "b,,nothing_within_reach,,network_metres,0"


def test_when_nobody_reaches_anything_the_units_are_asked_about(files: Path) -> None:
    said = ask(files, "--method", "nearest", "--reach", "5")
    assert "har filerna samma koordinatsystem" in said.output


def test_the_command_and_the_engine_know_the_same_measures() -> None:
    assert verb.METHODS == access.METHODS
    assert set(access.SHARED) | set(access.WITH_DECAY) < set(access.METHODS)
