from __future__ import annotations

from pathlib import Path

import pytest

from plats.facts.versions import FactStore
from plats.sources.files.errors import PlanError, ReadError
from plats.sources.files.load import load, load_many
from plats.sources.files.tests.helpers import areas, figures, write
from plats.vocabulary.cells import Cell, State

TEXT = "kod,folk\n0126R001,7512\n0126R002,..\n0126R003,.\n0126R004,\n0126R005,~100\n"


def cells(store: FactStore) -> dict[str, Cell]:
    rows = store.current().table("observations").to_pylist()
    return {row["area"]: Cell(State(row["state"]), row["value"], reason=row["reason"]) for row in rows}


def test_every_state_comes_back_as_a_cell(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    load(store, write(tmp_path, TEXT), figures())
    found = cells(store)
    assert [found[f"0126R00{number}"].state for number in range(1, 6)] == [
        State.VALUE,
        State.HIDDEN,
        State.NOT_APPLICABLE,
        State.MISSING,
        State.UNSTABLE,
    ]
    assert found["0126R001"].number == 7512
    assert found["0126R005"].number == 100


def test_the_same_file_again_makes_no_new_version(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    first = load(store, write(tmp_path, TEXT), figures())
    second = load(store, write(tmp_path, TEXT), figures())
    assert first.changed
    assert not second.changed
    assert second.counts["same"] == 5
    assert len(store.versions()) == 1


def test_the_file_is_frozen_with_its_provenance(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    path = write(tmp_path, TEXT)
    load(store, path, figures())
    snapshot = store.current().table("observations")["snapshot"][0].as_py()
    assert store.snapshots.path(snapshot).read_bytes() == path.read_bytes()
    assert store.snapshots.get(snapshot).provenance.agency == "Kommunen"


def test_a_revision_replaces_the_row_and_is_noted_with_old_and_new(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    load(store, write(tmp_path, TEXT), figures())
    result = load(store, write(tmp_path, TEXT.replace("7512", "7500")), figures())
    assert len(store.current().table("observations")) == 5
    assert cells(store)["0126R001"].number == 7500
    event = result.version.manifest["events"][0]
    assert event["counts"]["revised"] == 1
    assert event["revised"] == [
        {
            "key": "population regso 2020 0126R001 2022 total total",
            "old": "värde 7512.0",
            "new": "värde 7500.0",
        }
    ]
    assert store.versions()[0].table("observations")["value"].to_pylist().count(7512) == 1


def test_rejected_rows_stop_the_import_and_nothing_is_written(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    with pytest.raises(PlanError, match=r"rad 3 0126R002: kolumn folk: 'x' är inget tal") as error:
        load(store, write(tmp_path, "kod,folk\n0126R001,1\n0126R002,x\n"), figures())
    assert "inget är skrivet" in str(error.value)
    assert not store.has_data()
    assert not list(store.home.glob("snapshots/*"))


def test_an_unreadable_file_among_many_leaves_nothing_half_written(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    good, bad = write(tmp_path, TEXT), write(tmp_path, "", "tom.csv")
    with pytest.raises(ReadError):
        load_many(store, [(good, figures()), (bad, figures(id="tom"))])
    assert not store.has_data()
    assert not list((store.home / "versions").glob(".draft-*"))
    assert not list(store.home.glob("snapshots/*"))


def test_allowed_rejections_are_noted_in_the_version(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    path = write(tmp_path, "kod,folk\n0126R001,1\n0126R002,x\n")
    result = load(store, path, figures(), allow_rejected=True)
    event = result.version.manifest["events"][0]
    assert [problem["line"] for problem in event["rejected"]] == [3]
    assert list(cells(store)) == ["0126R001"]


def test_files_loaded_together_are_one_version_and_know_each_others_areas(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    names = write(tmp_path, "kod,namn\n0126R001,A\n", "namn.csv")
    good = write(tmp_path, "kod,folk\n0126R001,1\n")
    load_many(store, [(names, areas()), (good, figures())])
    assert len(store.versions()) == 1
    with pytest.raises(PlanError, match="okänd kod 0126R009"):
        load(store, write(tmp_path, "kod,folk\n0126R009,1\n"), figures())


def test_other_datasets_are_left_as_they_are(tmp_path: Path) -> None:
    store = FactStore(tmp_path / "home")
    load(store, write(tmp_path, TEXT), figures())
    load(store, write(tmp_path, "kod,folk\n0126R001,1\n"), figures(id="annan", period={"value": "2023"}))
    table = store.current().table("observations")
    assert sorted(set(table["dataset"].to_pylist())) == ["annan", "prov"]
    assert len(table) == 6
