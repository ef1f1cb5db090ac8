"""Huddinge's embedded figures, loaded and derived once for everyone who asks in the same test run."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plats.data import embedded
from plats.derive.run import derive
from plats.facts.versions import FactStore
from plats.sources.files.load import load_many

MUNICIPALITY = "0126"
TODAY = date(2026, 11, 23)


def huddinge_home(factory: pytest.TempPathFactory) -> Path:
    """The home folder with the derived store. Read it, never write to it: others read it too."""
    return made_once(factory, "huddinge", _load_and_derive)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that all workers of this run share: the first one in makes it."""
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def copy_of(home: Path, target: Path) -> FactStore:
    """A store of one's own to spoil, with the same content and no file in common."""
    shutil.copytree(home, target)
    return FactStore(target)


# Internals


def _load_and_derive(home: Path) -> None:
    store = FactStore(home)
    load_many(store, embedded(MUNICIPALITY))
    derive(store, MUNICIPALITY, on=TODAY)
