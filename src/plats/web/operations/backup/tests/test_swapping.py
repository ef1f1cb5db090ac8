"""Killed between any two steps of the swap, the old installation stands or the new one, never something between."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plats.web.common.presence import OccupiedError, staying
from plats.web.operations.backup import postgres, swapping
from plats.web.operations.backup.database import Database
from plats.web.operations.backup.errors import BackupError
from plats.web.operations.backup.tests.installation import database
from tests.databases import on_postgres

KILLED = 9
OLD = {
    "current": "old",
    "secret_key": "old",
    "audit_key": "old",
    "versions/1/a": "old",
    "files/aa/gone": "old",
    "site.sqlite3": "old",
    "site.sqlite3-wal": "old",
    "site.sqlite3-shm": "old",
    "static/kept.css": "kept",
}
NEW = {
    "current": "new",
    "secret_key": "new",
    "versions/2/b": "new",
    "files/bb/come": "new",
    "erasures.jsonl": "new",
    "site.sqlite3": "new",
}
AFTER = NEW | {"static/kept.css": "kept"}
NUMBER = "0123abcd"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    _write(tmp_path / "home", OLD)
    return tmp_path / "home"


def test_the_new_installation_takes_the_place_of_the_old(home: Path) -> None:
    _stage(home)
    _carry_out(home)
    assert _read(home) == AFTER
    assert not swapping.folder(home).exists()


def test_killed_between_any_two_steps_one_of_the_two_stands(home: Path, tmp_path: Path) -> None:
    """A child is killed before its first step on the disk, before its second, and so on until it gets through."""
    seen = set()
    for step in range(200):
        place = tmp_path / f"round{step}" / "home"
        _write(place, OLD)
        _stage(place)
        finished = _killed_at(step, lambda place=place: _carry_out(place))
        swapping.recover(place, _sqlite(place))
        stands = _read(place)
        assert stands in (OLD, AFTER), step
        assert stands == OLD or not list(swapping.folder(place).glob("*")), "what was replaced is still there"
        seen.add("new" if stands == AFTER else "old")
        if finished:
            break
    assert seen == {"old", "new"}
    assert step > 10


def test_the_recovery_may_be_killed_too(home: Path, tmp_path: Path) -> None:
    for step in range(200):
        place = tmp_path / f"round{step}" / "home"
        _write(place, OLD)
        _stage(place)
        _killed_at(5, lambda place=place: _carry_out(place))
        finished = _killed_at(step, lambda place=place: swapping.recover(place, _sqlite(place)))
        swapping.recover(place, _sqlite(place))
        assert _read(place) == AFTER, step
        if finished:
            break
    assert step > 5


def test_a_key_that_a_program_made_meanwhile_does_not_stop_it(home: Path) -> None:
    """A program that looked at the home folder while the key was away made itself a new one."""
    _stage(home)
    _killed_at(12, lambda: _carry_out(home))
    (home / "secret_key").write_text("by accident", encoding="utf-8")
    swapping.recover(home, _sqlite(home))
    assert _read(home)["secret_key"] in ("new", "by accident")
    assert _read(home)["current"] == "new"


def test_without_a_journal_nothing_is_done(home: Path) -> None:
    _stage(home)
    swapping.recover(home, _sqlite(home))
    assert swapping.folder(home).exists()


def test_who_is_in_the_folder_is_not_robbed_of_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swapping, "_WAIT_SECONDS", 0)
    _stage(home)
    _killed_at(4, lambda: _carry_out(home))
    with staying(home), pytest.raises(OccupiedError):
        swapping.recover(home, _sqlite(home))
    swapping.recover(home, _sqlite(home))


def test_a_folder_that_is_a_link_to_elsewhere_is_refused_before_anything_moves(
    home: Path, tmp_path: Path
) -> None:
    (home / "files").rename(tmp_path / "disk")
    (home / "files").symlink_to(tmp_path / "disk")
    _stage(home)
    with pytest.raises(BackupError, match="--into"):
        _carry_out(home)
    assert _read(home).items() <= OLD.items()
    assert (home / "files" / "aa" / "gone").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(not on_postgres(), reason="two databases that change names are there on PostgreSQL only")
def test_killed_around_the_change_of_names_rows_and_files_agree(tmp_path: Path) -> None:
    seen = set()
    for step in range(200):
        place = tmp_path / f"round{step}" / "home"
        _write(place, OLD)
        current = database(place)
        _fill(current, "old")
        _stage(place)
        new = current.named(swapping.new_database_name(current, NUMBER))
        postgres.create(new, like=current.name, note=f"plats restore {NUMBER}")
        _fill(new, "new")
        finished = _killed_at(
            step,
            lambda place=place, current=current: swapping.carry_out(
                place, current, swapping.plan_for(place, current, NUMBER)
            ),
        )
        swapping.recover(place, current)
        rows, files = _said(current), _read(place)["current"]
        assert rows == files, step
        seen.add(rows)
        if rows == "new":
            assert postgres.leftovers(current, "new|old") == []
        if finished:
            break
    assert seen == {"old", "new"}


# Internals


def _sqlite(home: Path) -> Database:
    return Database(kind="sqlite", name=str(home / "site.sqlite3"))


def _carry_out(home: Path) -> None:
    swapping.carry_out(home, _sqlite(home), swapping.plan_for(home, _sqlite(home), NUMBER))


def _stage(home: Path) -> None:
    _write(swapping.staged_home(home), NEW)


def _write(folder: Path, content: dict[str, str]) -> None:
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _read(home: Path) -> dict[str, str]:
    return {
        path.relative_to(home).as_posix(): path.read_text(encoding="utf-8")
        for path in home.rglob("*")
        if path.is_file() and ".restore" not in path.parts and path.name != "in_use"
    }


def _killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do the work in a process that dies before the given step on the disk; True when it had fewer."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counted(real: Callable[..., object]) -> Callable[..., object]:
            def one_step(*words: object, **named: object) -> object:
                if left[0] == 0:
                    os._exit(KILLED)
                left[0] -= 1
                return real(*words, **named)

            return one_step

        for name in ("rename", "replace", "unlink", "rmdir", "mkdir"):
            setattr(os, name, counted(getattr(os, name)))
        postgres.change_places = counted(postgres.change_places)  # type: ignore[assignment]
        postgres.drop = counted(postgres.drop)  # type: ignore[assignment]
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == 0


def _fill(where: Database, text: str) -> None:
    with postgres.connected(where, autocommit=True) as connection:
        connection.execute("CREATE TABLE said (text text)")
        connection.execute("INSERT INTO said VALUES (%s)", [text])


def _said(where: Database) -> str:
    with postgres.connected(where, autocommit=True) as connection:
        ((text,),) = connection.execute("SELECT text FROM said").fetchall()
    return str(text)
