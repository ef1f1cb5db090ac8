"""The list of components of a release: every locked package, with what an installation is held to."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scripts.sbom import listed, merged, problems
from tests.repository.tree import ROOT, text

RUN = ROOT / "requirements" / "run.txt"


@pytest.fixture(scope="module")
def bom() -> dict[str, Any]:
    return merged(listed(), {"components": [], "dependencies": []})


def _locked() -> dict[tuple[str, str], set[str]]:
    """Name and version of each requirement, with its hashes, read by nobody else's program."""
    entries = re.findall(
        r"^([a-z0-9][\w.-]*)==([\w.]+)[^\\\n]*((?:\\\n[^\\\n]*)+)", text(RUN), re.MULTILINE | re.IGNORECASE
    )
    return {
        (name, version): set(re.findall(r"sha256:([0-9a-f]{64})", rest)) for name, version, rest in entries
    }


def test_every_locked_package_is_in_it_with_its_version_and_every_hash(bom: dict[str, Any]) -> None:
    found = {
        (one["name"], one["version"]): {
            told["content"] for place in one["externalReferences"] for told in place.get("hashes", [])
        }
        for one in bom["components"]
    }
    assert len(_locked()) > 50
    assert found == _locked()


def test_it_says_what_it_is_a_list_of(bom: dict[str, Any]) -> None:
    product = bom["metadata"]["component"]
    assert (product["name"], product["type"]) == ("plats", "application")
    assert product["licenses"][0]["license"]["id"] == "EUPL-1.2"
    assert bom["specVersion"] == "1.6"


def test_it_follows_the_standards_schema(bom: dict[str, Any]) -> None:
    assert problems(bom, {"components": []}) == []
    assert problems(bom | {"specVersion": 7}, {"components": []})


def test_what_the_program_asks_for_hangs_on_the_program(bom: dict[str, Any]) -> None:
    root = bom["metadata"]["component"]["bom-ref"]
    direct = next(one["dependsOn"] for one in bom["dependencies"] if one["ref"] == root)
    names = {re.match(r"pkg:pypi/([^@]+)@", purl)[1] for purl in direct}  # type: ignore[index]
    assert {"django", "psycopg", "duckdb", "pyyaml"} <= names
    assert "sqlparse" not in names, "Django asks for it, not we."


def test_a_package_that_is_installed_tells_its_licence_and_what_it_needs() -> None:
    here = {
        "components": [
            _component("Django", "5.2.1", licenses=[{"license": {"id": "BSD-3-Clause"}}]),
            _component("sqlparse", "0.5", licenses=[{"license": {"id": "BSD-3-Clause"}}]),
            _component("asgiref", "9.9", licenses=[{"license": {"id": "BSD-3-Clause"}}]),
        ],
        "dependencies": [{"ref": "Django 5.2.1", "dependsOn": ["sqlparse 0.5", "asgiref 9.9"]}],
    }
    locked = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [
            _component("django", "5.2.1"),
            _component("sqlparse", "0.5"),
            _component("asgiref", "3.0"),
        ],
    }
    for one in locked["components"]:
        one["purl"] = f"pkg:pypi/{one['name']}@{one['version']}"
    bom = merged(locked, here)
    told = {one["name"]: one.get("licenses") for one in bom["components"]}
    assert told["django"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert told["asgiref"] is None, "Another version is installed, and its licence may be another."
    needs = {one["ref"]: one.get("dependsOn") for one in bom["dependencies"]}
    assert needs["pkg:pypi/django@5.2.1"] == ["pkg:pypi/sqlparse@0.5"]


def test_an_installed_package_without_a_licence_stops_the_release(bom: dict[str, Any]) -> None:
    one = bom["components"][0]
    here = {"components": [_component(one["name"], one["version"])]}
    assert [found for found in problems(bom, here) if one["name"] in found]


def test_the_same_input_gives_the_same_list() -> None:
    nothing = {"components": [], "dependencies": []}
    assert merged(listed(), nothing) == merged(listed(), nothing)


# Internals


def _component(name: str, version: str, **more: Any) -> dict[str, Any]:
    return {"bom-ref": f"{name} {version}", "name": name, "version": version, "type": "library", **more}
