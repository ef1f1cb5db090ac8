"""`plats local` over files: the same answer as over arrays, neighbours by distance or list, and errors that help."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from plats.analysis.clusters.finding import Finding, findings
from plats.analysis.clusters.join_counts import local_join_counts
from plats.analysis.clusters.links import links_within, nearest_links
from plats.analysis.clusters.local import local_statistics
from plats.analysis.clusters.moran import moran
from plats.engine.local import Outcome, Question, local_of_file
from plats.engine.tables import TableError, columns_of, read_numbers, read_text, write_table

ASKED = Question("code", "share", neighbours=4, permutations=1999)
RANDOM = np.random.default_rng(6)
POINTS = RANDOM.random((40, 2)) * 3000 + [660_000, 6_570_000]
SHARES = RANDOM.normal(size=40) + 4 * (POINTS[:, 0] < 660_900)
CODES = np.array([f"0126C{number:04d}" for number in range(40)])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "places.parquet"
    write_table(path, {"code": CODES, "share": SHARES, "x": POINTS[:, 0], "y": POINTS[:, 1]})
    return path


def run(source: Path, question: Question = ASKED, to: str = "found.parquet") -> tuple[Path, Outcome]:
    target = source.with_name(to)
    return target, local_of_file(source, target, question, progress=lambda *_: None)


def edges(source: Path, rows: list[tuple[object, ...]], names: tuple[str, ...] = ("from", "to")) -> Path:
    path = source.with_name("edges.csv")
    path.write_text("\n".join(",".join(map(str, row)) for row in (names, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_file_holds_what_the_arrays_answer(source: Path, kind: str) -> None:
    target, outcome = run(source, to=f"found.{kind}")
    links = nearest_links(POINTS, 4)
    found = local_statistics(SHARES, links, permutations=1999, seed=1)
    names = ["share", "local_moran", "getis_ord", "getis_ord_star", "p", "false_discovery_rate"]
    expected = [SHARES, found.moran, found.getis_ord, found.getis_ord_star, found.p, found.rates]
    np.testing.assert_allclose(read_numbers(target, names), np.column_stack(expected), rtol=1e-12)
    assert read_text(target, "code").tolist() == CODES.tolist()
    told = findings(found)
    assert read_text(target, "finding").tolist() == told
    assert {"high_among_high", "low_among_low"} <= set(read_text(target, "quadrant").tolist())
    assert outcome.findings == {finding: told.count(finding) for finding in Finding}
    assert outcome.findings["high_with_neighbours"] > 0
    assert outcome.moran == moran(SHARES, links)
    assert (outcome.places, outcome.excluded, outcome.islands, outcome.permutations_needed) == (
        40,
        0,
        0,
        1599,
    )


def test_neighbours_within_a_distance_and_how_far_along_it_is(source: Path) -> None:
    done: list[tuple[str, int, int]] = []
    question = replace(ASKED, metres=500.0)
    local_of_file(source, source.with_name("far.csv"), question, progress=lambda *told: done.append(told))
    links = links_within(POINTS, 500)
    assert read_numbers(source.with_name("far.csv"), ["neighbours"])[:, 0].tolist() == links.counts.tolist()
    assert done == [("omkastningar", 1999, 1999)]


def test_listed_neighbours_count_both_ways_and_once(source: Path) -> None:
    rows = [(CODES[5], CODES[0]), (CODES[0], CODES[5]), (CODES[0], CODES[7])]
    target, outcome = run(source, replace(ASKED, edges=edges(source, rows)))
    counts = read_numbers(target, ["neighbours"])[:, 0]
    assert {place: counts[place] for place in (0, 5, 7)} == {0: 2, 5: 1, 7: 1}
    assert counts.sum() == 4
    assert outcome.islands == outcome.findings["no_neighbours"] == 37


def test_listed_neighbours_may_weigh_differently(source: Path) -> None:
    rows = [(CODES[0], CODES[1], 1), (CODES[0], CODES[2], 3)]
    target, _ = run(source, replace(ASKED, edges=edges(source, rows, ("from", "to", "weight"))))
    deviations = SHARES - SHARES.mean()
    around = (deviations[1] + 3 * deviations[2]) / 4
    expected = 39 * deviations[0] * around / (deviations**2).sum()
    assert read_numbers(target, ["local_moran"])[0, 0] == pytest.approx(expected)


def test_a_place_without_a_value_is_refused_or_left_out_and_counted(source: Path) -> None:
    holed = np.where(np.arange(40) < 3, np.nan, SHARES)
    write_table(source, {"code": CODES, "share": holed, "x": POINTS[:, 0], "y": POINTS[:, 1]})
    with pytest.raises(TableError, match=r"3 av 40 rader saknar värde i kolumnen share.*--exclude-hidden"):
        run(source)
    assert not source.with_name("found.parquet").exists()
    target, outcome = run(source, replace(ASKED, exclude_hidden=True))
    assert outcome.excluded == 3
    assert np.isnan(read_numbers(target, ["local_moran", "p"])[:3]).all()
    assert read_text(target, "finding")[:3].tolist() == ["value_missing"] * 3


def test_joins_of_places_that_have_a_property(source: Path) -> None:
    having = (SHARES > 1).astype(float)
    write_table(source, {"code": CODES, "share": having, "x": POINTS[:, 0], "y": POINTS[:, 1]})
    target, _ = run(source, replace(ASKED, joins=True))
    exact = local_join_counts(having, nearest_links(POINTS, 4))
    np.testing.assert_array_equal(
        read_numbers(target, ["joins", "joins_p"]), np.column_stack([exact.joins, exact.p])
    )
    assert "joins_false_discovery_rate" in columns_of(target)


def test_all_alike_is_no_answer_and_no_error(source: Path) -> None:
    write_table(source, {"code": CODES, "share": np.ones(40), "x": POINTS[:, 0], "y": POINTS[:, 1]})
    _, outcome = run(source)
    assert outcome.findings["all_equal"] == 40
    assert outcome.moran is None


def test_degrees_are_refused(source: Path) -> None:
    for swap in (1, -1):
        degrees = np.column_stack([18 + RANDOM.random(40), 59 + RANDOM.random(40)])[:, ::swap]
        write_table(source, {"code": CODES, "share": SHARES, "x": degrees[:, 0], "y": degrees[:, 1]})
        with pytest.raises(TableError, match=r"ser ut att vara grader.*SWEREF 99 TM"):
            run(source)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"neighbours": 40}, "färre än platserna, men är 40 av 40"),
        ({"id": "share", "value": "share"}, "två kolumner"),
        ({"value": "income"}, "kolumnen income finns inte"),
        ({"x": "east"}, "kolumnen east finns inte"),
        ({"value": "code"}, "code ska vara tal|två kolumner"),
        ({"joins": True}, "1 .har egenskapen. eller 0"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_is_written(
    source: Path, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(TableError, match=words):
        run(source, replace(ASKED, **changed))
    assert [path.name for path in source.parent.iterdir()] == ["places.parquet"]


@pytest.mark.parametrize(
    ("rows", "names", "words"),
    [
        ([("X", CODES[0])], ("from", "to"), "1 rader i kolumnen from.*till exempel X"),
        ([(CODES[1], "ZZ")], ("from", "to"), "kolumnen to har en kod.*till exempel ZZ"),
        ([(CODES[1], CODES[1])], ("from", "to"), "granne till sig själv"),
        ([(CODES[1], CODES[2], 0)], ("from", "to", "weight"), "större än 0"),
        ([(CODES[1], CODES[2], 1), (CODES[2], CODES[1], 2)], ("from", "to", "weight"), "olika vikt"),
        ([(CODES[1], CODES[2])], ("a", "b"), "kolumnen from finns inte"),
    ],
)
def test_a_list_of_neighbours_that_does_not_fit_is_told(
    source: Path, rows: list[tuple[object, ...]], names: tuple[str, ...], words: str
) -> None:
    with pytest.raises(TableError, match=words):
        run(source, replace(ASKED, edges=edges(source, rows, names)))


def test_two_rows_for_one_place_and_names_that_are_taken_are_refused(source: Path) -> None:
    twice = np.where(np.arange(40) == 9, CODES[0], CODES)
    write_table(source, {"code": twice, "share": SHARES, "x": POINTS[:, 0], "y": POINTS[:, 1]})
    with pytest.raises(TableError, match="0126C0000 står på flera rader"):
        run(source)
    write_table(source, {"code": CODES, "p": SHARES, "x": POINTS[:, 0], "y": POINTS[:, 1]})
    with pytest.raises(TableError, match="kolumnen p heter som ett resultat"):
        run(source, replace(ASKED, value="p"))


def test_the_file_that_is_read_is_not_written_over(source: Path) -> None:
    before = source.read_bytes()
    with pytest.raises(TableError, match="filen som läses"):
        run(source, to=source.name)
    assert source.read_bytes() == before
