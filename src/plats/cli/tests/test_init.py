"""`plats init`: from nothing to a site with figures, as a reader of the README does it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plats.cli import assets
from plats.facts.versions import FactStore
from tests.databases import rows, surroundings

PLATS = [sys.executable, "-c", "from plats.cli.main import main; main()"]


def test_a_face_is_cut_to_our_letters_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "FACES", ("Regular",))
    assets.prepare_assets(tmp_path, force=True)
    (face,) = _fonts(tmp_path).iterdir()
    content = face.read_bytes()
    assert content.startswith(b"wOF2")
    assert len(content) < 60_000
    written = face.stat().st_mtime_ns
    assets.prepare_assets(tmp_path, force=False)
    assert face.stat().st_mtime_ns == written


def test_from_nothing_to_a_site_and_again_in_a_moment(tmp_path: Path) -> None:
    home = tmp_path / "var"
    _fonts(home).mkdir(
        parents=True
    )  # the slowest step is left out here: a face that is there is not cut again
    for face in assets.FACES:
        (_fonts(home) / f"SourceSansPro-{face}.woff2").write_bytes(b"wOF2")
    first = _plats(home, "init", "--if-needed")
    assert "Inbäddade siffror: inlästa." in first
    assert f"i {home}" in first
    version = FactStore(home).current()
    assert version.problems() == []
    assert version.id in first
    ((places,),) = rows(home, "SELECT count(*) FROM places_place")
    ((police,),) = rows(home, "SELECT count(*) FROM places_place WHERE division = 'police_area'")
    assert places > 150
    assert police == 0
    assert list(home.glob("static/**/*.css"))
    # Again: nothing is done that is done already, and programs get one JSON object.
    second = json.loads(_plats(home, "init", "--if-needed", "--json"))
    assert (second["loaded"], second["derived"], second["places"]) == (False, None, places)
    assert FactStore(home).current().id == version.id


def _fonts(home: Path) -> Path:
    return home / "assets" / "plats" / "fonts"


def _plats(home: Path, *words: str) -> str:
    done = subprocess.run(
        [*PLATS, *words], env=surroundings(home), capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
