"""What others need to use this: licence, version, the reasons behind each package."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

import plats
from tests.repository.tree import ROOT, text

PROJECT: dict[str, Any] = tomllib.loads(text(ROOT / "pyproject.toml"))
PUBLIC: dict[str, Any] = yaml.safe_load(text(ROOT / "publiccode.yml"))


def test_the_licence_is_eupl_everywhere() -> None:
    assert text(ROOT / "LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert PROJECT["project"]["license"] == "EUPL-1.2"
    assert PUBLIC["legal"]["license"] == "EUPL-1.2"
    assert "EUPL-1.2" in text(ROOT / "README.md")


def test_the_version_is_the_same_wherever_it_is_said() -> None:
    project = PROJECT["project"]
    said = project.get("version") or plats.__version__
    assert "version" in project or "version" in project.get("dynamic", [])
    assert said == plats.__version__ == PUBLIC["softwareVersion"]
    assert f"## {said}" in text(ROOT / "CHANGELOG.md")


def test_every_package_has_its_reason_beside_it() -> None:
    listed = [*PROJECT["project"]["dependencies"]]
    for group in PROJECT["project"]["optional-dependencies"].values():
        listed += group
    reasons = dict(re.findall(r'^\s*"([^"]+)",?\s*#\s*(\S.+)$', text(ROOT / "pyproject.toml"), re.MULTILINE))
    assert len(listed) > 20
    assert [name for name in listed if name not in reasons] == []


def test_the_public_description_has_the_fields_others_look_for() -> None:
    """publiccode.yml 0.4: what a catalogue of public software needs."""
    needed = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    needed |= {"description", "legal", "maintenance", "localisation"}
    assert needed <= PUBLIC.keys()
    assert PUBLIC["publiccodeYmlVersion"].startswith("0.4")
    for language in PUBLIC["localisation"]["availableLanguages"]:
        words = PUBLIC["description"][language]
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]
    assert PUBLIC["maintenance"]["contacts"] == [{"name": "Platsperspektiv maintainers"}]


def test_pictures_that_the_readme_shows_are_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text(ROOT / "README.md"))
    assert shown, "Show what one sees."
    assert [name for name in shown if not (ROOT / name).is_file()] == []
