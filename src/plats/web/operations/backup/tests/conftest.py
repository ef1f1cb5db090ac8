from __future__ import annotations

from pathlib import Path

import pytest

from plats.web.operations.backup.making import Made, back_up
from plats.web.operations.backup.restoring import Restored, restore
from plats.web.operations.backup.tests import installation
from plats.web.places.tests.loaded import made_once


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation, made once. Never changed: each test has a copy."""
    return made_once(tmp_path_factory, "installation", installation.make)


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    return installation.copy(template, tmp_path / "home")


@pytest.fixture(scope="session")
def archive(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the installation as it was made."""
    folder = tmp_path_factory.mktemp("archive")
    return backup(installation.copy(template, folder / "home"), folder / "first.tar").archive


def backup(home: Path, target: Path) -> Made:
    return back_up(
        home=home,
        database=installation.database(home),
        municipality=installation.MUNICIPALITY,
        target=target,
    )


def restored(home: Path, archive: Path, **more: bool) -> Restored:
    return restore(archive=archive, home=home, database=installation.database(home), **more)
