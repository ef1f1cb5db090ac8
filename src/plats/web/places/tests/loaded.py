"""Huddinge's embedded figures, loaded and derived once for everyone who asks in the same test run."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
    """The home folder with the derived store. Workers of one run share it: the first one in makes it."""
    home = _shared(factory) / "huddinge"
    with _alone(home):
        if not (home / "made").exists():
            store = FactStore(home)
            load_many(store, embedded(MUNICIPALITY))
            derive(store, MUNICIPALITY, on=TODAY)
            (home / "made").touch()
    return home


def copy_of(home: Path, target: Path) -> FactStore:
    """A store of one's own to spoil, with the same content and no file in common."""
    shutil.copytree(home, target, dirs_exist_ok=True)
    return FactStore(target)


# Internals


def _shared(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run have in common."""
    base = factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
