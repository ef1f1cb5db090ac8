"""Write the list of components of a release: dist/plats-<version>.cdx.json, in CycloneDX 1.6.

    python scripts/sbom.py [FOLDER]

Every package in requirements/run.txt with version and hashes, as cyclonedx-py reads them; with licence and what each
needs, where the package is installed here. The same input gives the same bytes, and nothing is fetched.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from plats import __version__

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "requirements" / "run.txt"
_SPEC = "1.6"
_NAMESPACE = uuid.UUID("2f6a4a0e-0d6a-5d0b-9f0e-3b6d1f2f7c11")

Bom = dict[str, Any]


def listed(requirements: Path = REQUIREMENTS) -> Bom:
    """The locked packages, with the hashes that an installation is held to."""
    return _cyclonedx("requirements", str(requirements), "--pyproject", str(ROOT / "pyproject.toml"))


def installed() -> Bom:
    """What is installed here, with licences and who needs whom."""
    return _cyclonedx("environment", str(Path(sys.prefix)))


def merged(locked: Bom, here: Bom) -> Bom:
    """The locked packages, each told by the installed package of the same name and version."""
    known = {_key(one): one for one in here["components"]}
    needs = {one["ref"]: one.get("dependsOn", []) for one in here["dependencies"]}
    named = {one["bom-ref"]: _key(one) for one in here["components"]}
    refs = {_key(one): one["purl"] for one in locked["components"]}
    components, dependencies = [], []
    for one in locked["components"]:
        twin = known.get(_key(one))
        component = one | {"bom-ref": one["purl"]}
        # cyclonedx-py puts the line of the requirements file here, hashes and all.
        component.pop("description", None)
        if twin:
            component |= {key: twin[key] for key in ("description", "licenses") if key in twin}
        components.append(component)
        below = [named[ref] for ref in needs.get(twin["bom-ref"], []) if ref in named] if twin else []
        wanted = sorted(refs[key] for key in below if key in refs)
        dependencies.append({"ref": one["purl"]} | ({"dependsOn": wanted} if wanted else {}))
    root = locked["metadata"]["component"]["bom-ref"]
    asked = _asked_for()
    dependencies.append({"ref": root, "dependsOn": sorted(refs[key] for key in refs if key[0] in asked)})
    whole = locked | {"components": sorted(components, key=_key), "dependencies": dependencies}
    return whole | {"serialNumber": uuid.uuid5(_NAMESPACE, json.dumps(whole, sort_keys=True)).urn}


def problems(bom: Bom, here: Bom) -> list[str]:
    """What is wrong with it: the schema's objections, and packages that are here but tell no licence."""
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bom))
    found = [str(error)] if error else []
    present = {_key(one) for one in here["components"]}
    silent = [one["purl"] for one in bom["components"] if _key(one) in present and not one.get("licenses")]
    return [*found, *(f"{purl} säger ingen licens." for purl in silent)]


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "dist"
    here = installed()
    bom = merged(listed(), here)
    wrong = problems(bom, here)
    for one in wrong:
        print(one)
    if wrong:
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"plats-{__version__}.cdx.json"
    target.write_text(json.dumps(bom, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(bom['components'])} paket.")
    return 0


# Internals


def _cyclonedx(*words: str) -> Bom:
    program = str(Path(sys.executable).with_name("cyclonedx-py"))
    options = ["--of", "JSON", "--sv", _SPEC, "--output-reproducible", "--no-validate", "-o", "-"]
    done = subprocess.run([program, *words, *options], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"cyclonedx-py {words[0]} gick inte:\n{done.stderr}")
    content: Bom = json.loads(done.stdout)
    return content


def _key(component: Bom) -> tuple[str, str]:
    """Name as package indexes compare names, and version."""
    return re.sub(r"[-_.]+", "-", component["name"]).lower(), component.get("version", "")


def _asked_for() -> set[str]:
    """The packages that the program itself asks for, in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = (re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in project["dependencies"])
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
