"""The mapping files: reading one, finding one by name, guessing one from a file's name."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from plats.sources.files.errors import MappingError
from plats.sources.files.mapping import Mapping

NOT_IMPORTED = "not_imported.yaml"


def library() -> Path:
    """The folder of ready mappings."""
    return Path(str(files("plats.sources"))) / "mappings"


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping file; a fault says file, field and what to write."""
    raw = _yaml(path)
    if not isinstance(raw, dict):
        raise MappingError(
            f"{path.name}: filen är tom eller ingen kopplingsfil. Börja med id:, kind: och provenance:."
        )
    try:
        return Mapping.model_validate(raw)
    except ValidationError as error:
        faults = "\n".join(_fault(path, dict(detail)) for detail in error.errors())
        raise MappingError(faults) from None


def find(name_or_path: str | Path) -> Mapping:
    """The mapping with this id, or in this file."""
    path = Path(name_or_path)
    if path.suffix in (".yaml", ".yml"):
        if not path.is_file():
            raise MappingError(f"Kopplingsfilen {path} finns inte. Kontrollera sökvägen.")
        return load_mapping(path)
    for mapping in ready():
        if mapping.id == str(name_or_path):
            return mapping
    names = ", ".join(mapping.id for mapping in ready())
    raise MappingError(
        f"Det finns ingen kopplingsfil '{name_or_path}'. "
        f"Ange en fil som slutar på .yaml, eller en av: {names}."
    )


def guess(path: Path) -> list[Mapping]:
    """The ready mappings whose file name pattern fits, areas before figures.

    An error says what to do when none fits, or why the file is known but not imported.
    """
    name = Path(path).name
    found = [mapping for mapping in ready() if any(fnmatch(name, pattern) for pattern in mapping.matches)]
    if found:
        return sorted(found, key=lambda mapping: (mapping.kind != "areas", mapping.id))
    for entry in _yaml(library() / NOT_IMPORTED):
        if fnmatch(name, entry["matches"]):
            raise MappingError(f"{name} läses inte in: {entry['reason']}")
    raise MappingError(
        f"Ingen färdig kopplingsfil passar filnamnet {name}. Ange en med --mapping; "
        "utgå från egen_enkat.yaml (enkät) eller egen_statistik.yaml (statistik)."
    )


@cache
def ready() -> tuple[Mapping, ...]:
    """All ready mappings, by id."""
    paths = sorted(path for path in library().glob("*.yaml") if path.name != NOT_IMPORTED)
    return tuple(sorted((load_mapping(path) for path in paths), key=lambda mapping: mapping.id))


def check_variables(mapping: Mapping) -> None:
    """A mapping may only give variables that the catalog defines; an error names the nearest ones."""
    from plats.catalog.load import catalog

    known = catalog().variables
    for number, column in enumerate(mapping.columns):
        if column.variable not in known:
            near = get_close_matches(column.variable, known, n=3)
            hint = f" Menade du {' eller '.join(near)}?" if near else ""
            raise MappingError(
                f"{mapping.id}, fält columns.{number}.variable: variabeln '{column.variable}' "
                f"finns inte i katalogen.{hint} Variablerna står i catalog/variables.yaml."
            )


# Internals

_WORDS = {
    "missing": "fältet saknas; lägg till det",
    "extra_forbidden": "okänt fält; ta bort det eller rätta stavningen",
    "string_type": "skriv en text, inom citattecken om den ser ut som ett tal",
    "int_parsing": "skriv ett heltal",
    "int_type": "skriv ett heltal",
    "float_parsing": "skriv ett tal med decimalpunkt",
    "list_type": "skriv en lista",
    "too_short": "listan är tom; ange minst en",
    "string_pattern_mismatch": "skriv små bokstäver a–z, siffror och understreck",
}


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", rad {mark.line + 1}" if mark else ""
        raise MappingError(
            f"{path.name}{line}: filen är inte giltig YAML. Kontrollera indrag och kolon."
        ) from None
    except UnicodeDecodeError:
        raise MappingError(f"{path.name}: filen är inte i UTF-8. Spara om den som UTF-8.") from None


def _fault(path: Path, detail: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in detail["loc"]) or "hela filen"
    kind = str(detail["type"])
    if kind in ("enum", "literal_error"):
        said = (
            f"'{detail.get('input')}' går inte; välj en av {detail.get('ctx', {}).get('expected')}".replace(
                " or ", ", "
            )
        )
    elif kind == "value_error":
        said = str(detail.get("ctx", {}).get("error", detail["msg"]))
    else:
        said = _WORDS.get(kind, f"värdet {detail.get('input')!r} går inte att läsa")
    return f"{path.name}, fält {place}: {said}."
