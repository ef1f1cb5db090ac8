"""The embedded municipality: tidy tables of figures with their sources, so that a clean clone runs.

A folder holds one municipality: per dataset a mapping (yaml, with provenance and what the file must hold) and
the file itself beside it. What comes from OpenStreetMap lies in a folder of its own, under its own licence.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from plats.data.checks import problems_of, problems_of_sums
from plats.sources.files.errors import SourceError
from plats.sources.files.library import load_mapping
from plats.sources.files.mapping import Kind, Mapping

_NAME = "municipality.yaml"
STEERING = "steering"
"""The folder of published agreements, goals and efforts: rows of the site, not figures of the store."""
# Areas first: figures are checked against the codes of areas that are known.
_ORDER = list(Kind)
_ORDER.sort(key=lambda kind: kind is not Kind.AREAS)


def municipalities() -> dict[str, Path]:
    """The embedded municipalities: code to folder."""
    folders = sorted(path.parent for path in Path(__file__).parent.glob(f"*/{_NAME}"))
    return {
        yaml.safe_load((folder / _NAME).read_text(encoding="utf-8"))["code"]: folder for folder in folders
    }


def steering_folder(municipality: str) -> Path:
    """Where the municipality's published agreements, goals and efforts lie; it may be missing."""
    return _folder(municipality) / STEERING


def embedded(municipality: str) -> list[tuple[Path, Mapping]]:
    """The files of a municipality with their mappings, in the order they are to be loaded."""
    folder = _folder(municipality)
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        if path.name == _NAME or path.parent.name == STEERING:
            continue
        mapping = load_mapping(path)
        found.append((_file_of(path), mapping))
    return sorted(found, key=lambda one: (_ORDER.index(one[1].kind), one[1].id))


def verify(municipality: str) -> list[str]:
    """What is not as it should be in the embedded tables; empty when all is well."""
    sources = embedded(municipality)
    found = [problem for path, mapping in sources for problem in problems_of(path, mapping)]
    return found or problems_of_sums(municipality, {mapping.id: path for path, mapping in sources})


# Internals


def _folder(municipality: str) -> Path:
    folders = municipalities()
    if municipality not in folders:
        raise SourceError(
            f"Det finns inga inbäddade siffror för kommun {municipality}. "
            f"Inbäddade kommuner: {', '.join(folders)}. Läs in andra kommuners filer med plats import."
        )
    return folders[municipality]


def _file_of(path: Path) -> Path:
    for ending in (".csv", ".geojson"):
        if path.with_suffix(ending).is_file():
            return path.with_suffix(ending)
    raise SourceError(
        f"{path.name}: filen som kopplingsfilen gäller saknas bredvid den. Kör scripts/embed_huddinge.py."
    )
