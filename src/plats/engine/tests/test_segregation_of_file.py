"""Segregation of files: many places, intervals with their reasons, what each area adds, and files that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from plats.analysis.segregation.dissimilarity import dissimilarity
from plats.analysis.segregation.inference.bootstrap import bootstrap_interval
from plats.analysis.segregation.inference.stacks import MEASURES, PAIR_MEASURES
from plats.analysis.segregation.multigroup import multigroup_dissimilarity, multigroup_mutual_information
from plats.cli.main import main
from plats.engine import segregation
from plats.engine.tables import columns_of, read_numbers, write_table

A, B, C = [900, 300, 500, 700], [100, 600, 500, 200], [400, 300, 100, 300]
COLUMNS = {"deso": ["a", "b", "c", "d"], "foo": A, "bar": B, "baz": C, "alla": np.add(np.add(A, B), C)}


@pytest.fixture(autouse=True)
def _apart(tmp_path, monkeypatch):
    monkeypatch.setenv("PLATS_HOME", str(tmp_path / "home"))


@pytest.fixture(params=[".csv", ".parquet"])
def file(request, tmp_path):
    path = tmp_path / f"orter{request.param}"
    write_table(path, COLUMNS)
    return path


def plats(file, *arguments):
    return CliRunner().invoke(main, ["segregation", str(file), "--area", "deso", *arguments])


def rows_of(file, *arguments):
    said = plats(file, *arguments, "--draws", "50", "--json")
    assert said.exit_code == 0, said.output
    return json.loads(said.output)["rows"]


def test_all_groups_at_once_and_each_against_the_others(file):
    rows = rows_of(file, "--groups", "foo,bar,baz")
    together = {row["measure"]: row["value"] for row in rows if not row["group"]}
    assert together.keys() == MEASURES.keys()
    assert together["dissimilarity"] == pytest.approx(multigroup_dissimilarity(np.column_stack([A, B, C])))
    bar = {row["measure"]: row["value"] for row in rows if row["group"] == "bar"}
    assert bar.keys() == (MEASURES | PAIR_MEASURES).keys()
    assert bar["dissimilarity"] == pytest.approx(dissimilarity(B, COLUMNS["alla"]))


def test_a_group_of_all_is_compared_with_the_rest(file):
    rows = rows_of(file, "--groups", "bar", "--total", "alla", "--measures", "dissimilarity,isolation")
    assert [(row["group"], row["measure"]) for row in rows] == [
        ("bar", "dissimilarity"),
        ("bar", "isolation"),
    ]
    assert rows[0]["value"] == pytest.approx(dissimilarity(B, COLUMNS["alla"]))
    assert rows[0]["people"] == sum(COLUMNS["alla"])


def test_an_interval_is_that_of_the_function(file):
    [row] = rows_of(file, "--groups", "foo,bar", "--measures", "gini", "--seed", "5")[:1]
    found = bootstrap_interval(np.column_stack([A, B]), "gini", draws=50, seed=5)
    assert (row["low"], row["corrected"], row["high"]) == pytest.approx(
        (found.low, found.corrected, found.high)
    )


def test_every_place_by_itself(tmp_path):
    file = tmp_path / "år.csv"
    years = {"år": [2020] * 4 + [2021] * 4, "deso": list("abcd") * 2}
    write_table(file, years | {"foo": A + B, "bar": B + A})
    rows = rows_of(file, "--groups", "foo,bar", "--by", "år", "--measures", "dissimilarity")
    assert [(row["place"], row["group"]) for row in rows] == [
        (year, group) for year in ("2020", "2021") for group in ("foo", "bar")
    ]
    assert rows[0]["value"] == pytest.approx(rows[3]["value"])


def test_broken_off_it_goes_on_and_ends_in_the_same_bytes(tmp_path, monkeypatch):
    file = tmp_path / "år.csv"
    years = {"år": np.repeat([2020, 2021, 2022], 4), "deso": list("abcd") * 3}
    write_table(file, years | {"foo": A + B + C, "bar": B + C + A})
    asked = ["--groups", "foo,bar", "--by", "år", "--draws", "20", "--json", "--out"]
    whole = plats(file, *asked, str(tmp_path / "hel.parquet"))
    measured = []

    def breaks(names, places, question, progress):
        if len(measured) == 2:
            raise KeyboardInterrupt
        measured.extend(place.name for place in places)
        return segregation_of_places(names, places, question, progress)

    segregation_of_places = segregation.measured_places
    with monkeypatch.context() as broken:
        broken.setattr(segregation, "measured_places", breaks)
        assert plats(file, *asked, str(tmp_path / "delar.parquet")).exit_code != 0
    assert measured == ["2020", "2021"]
    assert not (tmp_path / "delar.parquet").exists()
    measured.clear()

    def counted(names, places, question, progress):
        measured.extend(place.name for place in places)
        return segregation_of_places(names, places, question, progress)

    monkeypatch.setattr(segregation, "measured_places", counted)
    again = plats(file, *asked, str(tmp_path / "delar.parquet"))
    assert measured == ["2022"]
    assert json.loads(again.stdout) == json.loads(whole.stdout)
    assert (tmp_path / "delar.parquet").read_bytes() == (tmp_path / "hel.parquet").read_bytes()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("target", ["--out", "--local"])
def test_the_file_that_is_read_is_not_written_over(file, target):
    before = file.read_bytes()
    said = plats(file, "--groups", "foo,bar", "--draws", "0", target, str(file))
    assert said.exit_code == 1
    assert "det är filen som läses" in said.output
    assert file.read_bytes() == before


def test_a_measure_that_is_unknown_leaves_nothing_behind(file, tmp_path):
    said = plats(file, "--groups", "foo,bar", "--measures", "luck", "--out", str(tmp_path / "ut.csv"))
    assert "Måttet luck finns inte" in said.output
    assert not list(tmp_path.glob(".*"))


def test_the_measures_and_what_each_area_adds_go_to_files(file, tmp_path):
    out, local = tmp_path / "mått.csv", tmp_path / "bidrag.parquet"
    said = plats(file, "--groups", "foo,bar,baz", "--draws", "0", "--out", str(out), "--local", str(local))
    assert said.exit_code == 0, said.output
    assert "corrected" in columns_of(out)
    town = np.column_stack([A, B, C])
    terms = read_numbers(local, ["dissimilarity_contribution", "mutual_information_contribution"])
    whole = multigroup_dissimilarity(town), multigroup_mutual_information(town)
    assert terms.sum(axis=0) == pytest.approx(whole)


def test_lines_for_people_say_the_interval_or_why_there_is_none(tmp_path):
    file = tmp_path / "liten.csv"
    write_table(file, {"deso": ["a", "b"], "foo": [9, 1], "bar": [3, 7], "ingen": [0, 0]})
    said = plats(file, "--groups", "foo,bar", "--measures", "dissimilarity", "--draws", "20").output
    assert "0.6000" in said
    assert "Under 300" in said
    said = plats(file, "--groups", "foo,bar,ingen", "--measures", "dissimilarity", "--draws", "20").output
    assert "saknas: Ingen finns i grupp 3 av 3." in said


def test_a_missing_figure_is_refused_or_left_out_and_counted(tmp_path):
    file = tmp_path / "hål.csv"
    write_table(file, {"deso": list("abc"), "foo": [10.0, np.nan, 30.0], "bar": [20.0, 5.0, 5.0]})
    said = plats(file, "--groups", "foo,bar")
    assert said.exit_code == 1
    assert "saknas i 1 av 3 områden" in said.output
    assert "--missing exclude" in said.output
    [row, *_] = rows_of(file, "--groups", "foo,bar", "--missing", "exclude", "--measures", "dissimilarity")
    assert (row["excluded"], row["areas"]) == (1, 2)
    assert row["value"] == pytest.approx(dissimilarity([10, 30], [30, 35]))


@pytest.mark.parametrize(
    ("columns", "arguments", "words"),
    [
        ({"foo": [9, 9]}, ["--groups", "foo", "--total", "alla"], "fler än alla"),
        ({"foo": [-1, 9]}, ["--groups", "foo,bar"], "negativt"),
        ({"deso": ["a", "a"]}, ["--groups", "foo,bar"], "står på 2 rader"),
        ({}, ["--groups", "foo"], "minst två grupper"),
        ({}, ["--groups", "foo,borta"], "borta finns inte"),
        ({}, ["--groups", "foo,bar", "--measures", "delta"], "Måttet delta finns inte"),
        ({}, ["--groups", "foo,bar", "--draws", "1"], "minst 2 dragningar"),
        ({}, ["--groups", "foo,bar", "--out", "mått.txt"], ".parquet eller .csv"),
        ({"foo": ["x", "y"]}, ["--groups", "foo,bar"], "ska vara tal"),
    ],
)
def test_what_is_wrong_is_told_in_words(tmp_path, columns, arguments, words):
    file = tmp_path / "fel.csv"
    write_table(file, {"deso": ["a", "b"], "foo": [1, 2], "bar": [3, 4], "alla": [8, 8]} | columns)
    before = Path(file).read_bytes()
    said = plats(file, *arguments)
    assert said.exit_code == 1, said.output
    assert words in said.output
    assert Path(file).read_bytes() == before


def test_one_area_has_no_measure_and_says_so(tmp_path):
    file = tmp_path / "ett.csv"
    write_table(file, {"deso": ["a"], "foo": [5], "bar": [5]})
    said = plats(file, "--groups", "foo,bar", "--measures", "dissimilarity")
    assert said.exit_code == 0
    assert "Alla bor i ett enda område" in said.output
