"""`plats import`: each row's fate is told, and nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from plats.cli.tests.conftest import Run, as_json, told
from plats.facts.versions import FactStore
from plats.sources.files.tests.helpers import shared
from plats.web.places.tests.loaded import copy_of

HEAD = "omrade;ar;trygga;svarande"


@pytest.fixture
def home(huddinge: Path, tmp_path: Path) -> Path:
    """A home folder of the test's own, with Huddinge's areas and figures."""
    copy_of(huddinge, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A small survey of our own: two areas."""
    return write(tmp_path, "0126R001;2026;62;81", "0126R002;2026;70;99")


def write(folder: Path, *lines: str, name: str = "egen_enkat.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8-sig")
    return path


def files_of(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_a_dry_run_tells_each_rows_fate_and_writes_nothing(plats: Run, home: Path, survey: Path) -> None:
    before = files_of(home)
    assert "2 nya, 0 oförändrade, 0 reviderade, 0 avvisade" in told(
        plats("import", survey, "--dry-run", home=home)
    )
    found = as_json(plats("import", survey, "--dry-run", "--json", home=home))
    (one,) = found["imports"]
    assert not found["changed"]
    assert [(row["line"], row["fate"]) for row in one["rows"]] == [(2, "new"), (3, "new")]
    assert files_of(home) == before


def test_a_dry_run_in_an_empty_home_makes_no_home(plats: Run, tmp_path: Path, survey: Path) -> None:
    plats("import", survey, "--dry-run")
    assert not (tmp_path / "var").exists()


def test_an_import_is_a_new_version_and_the_same_file_again_is_none(
    plats: Run, home: Path, survey: Path
) -> None:
    before = FactStore(home).current().id
    assert "Kör plats derive" in told(plats("import", survey, home=home))
    after = FactStore(home).current().id
    assert after != before
    assert "Inget nytt i filen" in told(plats("import", survey, home=home))
    assert FactStore(home).current().id == after


def test_a_changed_figure_is_told_as_a_revision(plats: Run, home: Path, tmp_path: Path, survey: Path) -> None:
    told(plats("import", survey, home=home))
    write(tmp_path, "0126R001;2026;63;81", "0126R002;2026;70;99")
    found = as_json(plats("import", survey, "--json", home=home))
    (one,) = found["imports"]
    assert found["changed"]
    assert (one["counts"]["revised"], one["counts"]["same"]) == (1, 1)
    (row,) = one["rows"]
    assert (row["line"], row["fate"]) == (2, "revised")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0126R999;2026;1;2", "0126R999"),  # no such area
        ("0126X;2026;1;2", "0126X"),  # no code at all
        ("0126R003;2026;många;2", "många"),  # no number
        ("0126R003;igår;1;2", "igår"),  # no period
        ("0126R001;2026;1;2", "0126R001"),  # the same area and period once more
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_rejected_row_says_where_and_why_and_nothing_is_written(
    plats: Run, home: Path, tmp_path: Path, line: str, reason: str, dry_run: bool
) -> None:
    before = files_of(home)
    file = write(tmp_path, "0126R001;2026;62;81", line)
    words = ["--dry-run"] if dry_run else []
    said = told(plats("import", file, *words, home=home), code=1)
    assert "rad 3" in said
    assert reason in said
    assert files_of(home) == before


def test_rows_that_can_be_read_are_read_when_that_is_asked_for(
    plats: Run, home: Path, tmp_path: Path
) -> None:
    file = write(tmp_path, "0126R001;2026;62;81", "0126R999;2026;1;2")
    said = told(plats("import", file, "--allow-rejected", home=home))
    assert "1 nya" in said
    assert "1 avvisade" in said
    assert "0126R999" in said


def test_rows_of_another_municipality_are_rejected(plats: Run, home: Path, survey: Path) -> None:
    before = files_of(home)
    said = told(plats("import", survey, "--municipality", "0180", home=home), code=1)
    assert "0180" in said
    assert files_of(home) == before


def test_an_unknown_mapping_lists_those_there_are(
    plats: Run, home: Path, survey: Path, tmp_path: Path
) -> None:
    said = told(plats("import", survey, "--mapping", "finns_inte", home=home), code=1)
    assert "egen_enkat" in said
    assert "finns inte" in told(
        plats("import", survey, "--mapping", tmp_path / "finns_inte.yaml", home=home), code=1
    )


def test_a_file_that_no_mapping_knows_says_how_to_make_one(plats: Run, home: Path, tmp_path: Path) -> None:
    file = write(tmp_path, "0126R001;2026;62;81", name="något_annat.csv")
    said = told(plats("import", file, home=home), code=1)
    assert "--mapping" in said
    assert "egen_enkat.yaml" in said


def test_a_broken_mapping_says_file_and_field(plats: Run, home: Path, survey: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "min.yaml"
    mapping.write_text("id: min\nkind: observationer\n", encoding="utf-8")
    said = told(plats("import", survey, "--mapping", mapping, home=home), code=1)
    assert "min.yaml, fält kind" in said


def test_a_file_too_large_is_refused_before_it_is_read(plats: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "egen_enkat.csv"
    with file.open("wb") as content:
        content.truncate(2_000_000)  # a hole: nothing is written to the disk
    said = told(plats("import", file, "--max-mb", "1", home=home), code=1)
    assert "egen_enkat.csv" in said


def test_a_file_that_two_mappings_read_is_one_json_object(plats: Run, home: Path) -> None:
    """The agency's file holds both the districts' borders and their votes."""
    file = shared() / "huddinge" / "valdistrikt2022.geojson"
    found = as_json(plats("import", file, "--dry-run", "--json", home=home))
    assert [one["mapping"] for one in found["imports"]] == ["val_districts_2022", "val_districts_2022_votes"]
    assert all(len(one["rows"]) == 64 for one in found["imports"])
