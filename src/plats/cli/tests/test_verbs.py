"""Each verb: help, exit codes, JSON, and a sentence that says what to do when it cannot be done."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
import time_machine

from plats.cli.main import main
from plats.cli.tests.conftest import Run, as_json, told
from plats.facts.versions import FactStore
from plats.web.places.tests.loaded import copy_of

VERBS = sorted(main.commands)


# Help and exit codes


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_verb_has_help(plats: Run, verb: str, flag: str) -> None:
    said = told(plats(verb, flag)).splitlines()
    assert f" {verb} " in said[0]
    assert any(line.strip().startswith("-h, --help") for line in said)
    assert len(said[2].strip()) > 20  # the sentence that says what it does


def test_the_command_alone_lists_its_verbs(plats: Run) -> None:
    said = told(plats("--help"))
    assert all(verb in said for verb in VERBS)
    assert told(plats("--version")).startswith("plats ")


@pytest.mark.parametrize(
    "words",
    [
        ["finns-inte"],
        ["import"],
        ["import", "finns-inte.csv"],
        ["derive", "--finns-inte"],
        ["report", "--format", "odt"],
        ["serve", "--port", "0"],
        ["serve", "--workers", "många"],
    ],
)
def test_what_is_written_wrong_is_exit_code_2(plats: Run, words: list[str]) -> None:
    assert told(plats(*words), code=2)


@pytest.mark.parametrize(
    "words", [["status"], ["derive"], ["serve"], ["report"], ["report", "--format", "pdf"]]
)
def test_without_figures_a_verb_says_what_to_do(plats: Run, tmp_path: Path, words: list[str]) -> None:
    said = told(plats(*words), code=1)
    assert "plats init" in said
    assert not (tmp_path / "var" / "current").exists()


@pytest.mark.parametrize("verb", ["status", "derive", "check", "init"])
@pytest.mark.parametrize("code", ["12", "Huddinge", "01260", "0126R001"])
def test_what_is_no_municipality_code_is_refused_by_form(
    plats: Run, huddinge: Path, verb: str, code: str
) -> None:
    assert "fyra siffror" in told(plats(verb, home=huddinge, municipality=code), code=1)


def test_another_municipality_is_refused_before_anything_is_written(plats: Run, huddinge: Path) -> None:
    before = FactStore(huddinge).current().id
    said = told(plats("derive", home=huddinge, municipality="9999"), code=1)
    assert "Kommun 9999 har inga områden i lagret" in said
    assert "0126" in said
    assert FactStore(huddinge).current().id == before
    assert "9999" in told(plats("check", home=huddinge, municipality="9999"), code=1)


def test_init_of_a_municipality_that_is_not_embedded_says_which_are(plats: Run, tmp_path: Path) -> None:
    said = told(plats("init", municipality="9999"), code=1)
    assert "Inbäddade kommuner: 0126" in said
    assert not (tmp_path / "var" / "current").exists()


# status


def test_status_says_municipality_version_and_sources(plats: Run, huddinge: Path) -> None:
    said = told(plats("status", home=huddinge))
    version = FactStore(huddinge).current()
    assert "Kommun 0126" in said
    assert version.id in said
    for one in FactStore(huddinge).snapshots.all():
        assert one.sha256[:12] in said


def test_status_as_json(plats: Run, huddinge: Path) -> None:
    found = as_json(plats("status", "--json", home=huddinge))
    assert found["municipality"] == "0126"
    assert found["version"] == FactStore(huddinge).current().id
    assert found["manifest"]["tables"]["indicators"]["rows"] > 4000
    assert len(found["snapshots"]) > 30


# check


def test_check_finds_nothing_wrong_with_what_is_embedded(plats: Run, huddinge: Path) -> None:
    said = told(plats("check", home=huddinge))
    assert "0 fel" in said
    found = as_json(plats("check", "--json", home=huddinge))
    assert found["errors"] == []
    assert found["indicators"] >= 30


def test_check_works_before_anything_is_loaded(plats: Run) -> None:
    assert "0 fel" in told(plats("check"))


@pytest.mark.parametrize("table", ["observations", "indicators", "areas"])
def test_check_finds_a_flipped_byte_in_a_table(
    plats: Run, huddinge: Path, tmp_path: Path, table: str
) -> None:
    store = copy_of(huddinge, tmp_path / "copy")
    _flip_a_byte(store.current().file(table))
    said = told(plats("check", home=tmp_path / "copy"), code=1)
    assert f"Tabellen {table}" in said
    assert "plats init" in said
    found = as_json(plats("check", "--json", home=tmp_path / "copy"), code=1)
    assert len(found["errors"]) == 1


def test_check_finds_a_changed_snapshot(plats: Run, huddinge: Path, tmp_path: Path) -> None:
    store = copy_of(huddinge, tmp_path / "copy")
    one = next(iter(store.snapshots.all()))
    path = store.snapshots.path(one.sha256)
    path.chmod(0o644)
    _flip_a_byte(path)
    assert f"Den frysta filen {one.name} är ändrad" in told(plats("check", home=tmp_path / "copy"), code=1)


def test_check_strict_makes_a_passed_review_an_error(plats: Run) -> None:
    with time_machine.travel("2031-01-01", tick=False):
        assert "varning" in told(plats("check"))
        assert "fel      " in told(plats("check", "--strict"), code=1)


# derive


@pytest.mark.django_db
def test_derive_makes_a_new_version_and_tells(plats: Run, huddinge: Path, tmp_path: Path) -> None:
    store = copy_of(huddinge, tmp_path / "copy")
    before = store.current()
    found = as_json(plats("derive", "--json", home=tmp_path / "copy"))
    after = store.current()
    assert (found["version"], found["indicators"] >= 30) == (after.id, True)
    assert after.id != before.id
    assert found["cells"] == after.table("indicators").num_rows == before.table("indicators").num_rows


# report


def test_a_report_of_a_place_is_a_pdf_where_it_was_asked_for(
    plats: Run, huddinge: Path, tmp_path: Path
) -> None:
    result = plats("report", "--place", "regso/0126R022", "--out", tmp_path / "ut", "--json", home=huddinge)
    (one,) = as_json(result)["files"]
    content = Path(one["file"]).read_bytes()
    assert Path(one["file"]) == tmp_path / "ut" / "plats-0126R022.pdf"
    assert content.startswith(b"%PDF-")
    assert len(content) == one["bytes"]
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["plats-0126R022.pdf"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["12"], 1, "fyra siffror"),
        (["0180"], 1, "0180 finns inte i lagret"),
        (["--place", "Vårby"], 1, "Skriv indelning/kod"),
        (["--place", "stadsdel/0126R001"], 1, "Okänd indelning"),
        (["--place", "regso/R001"], 1, "RegSO-kod är kommunkod"),
        (["--place", "regso/0126R999"], 1, "0126R001"),
        (["--place", "regso/0126R001", "--format", "docx"], 2, "bara som PDF"),
    ],
)
def test_a_report_that_cannot_be_made_says_why_and_writes_nothing(
    plats: Run, huddinge: Path, tmp_path: Path, words: list[str], code: int, sentence: str
) -> None:
    assert sentence in told(plats("report", *words, "--out", tmp_path / "ut", home=huddinge), code=code)
    assert not (tmp_path / "ut").exists()


# Errors that nobody foresaw keep their traceback


def test_an_unforeseen_error_is_not_dressed_up(plats: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("ett fel i programmet")

    monkeypatch.setattr("plats.cli.status.store", broken)
    result = plats("status")
    assert isinstance(result.exception, ValueError)
    assert not isinstance(result.exception, click.ClickException)


# Internals


def _flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
