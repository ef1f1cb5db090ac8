"""Reads the definition files of the package into one `Catalog`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from pydantic import ValidationError

from plats.catalog.base import Definition
from plats.catalog.models import (
    CatalogError,
    DatedValue,
    DivisionDefinition,
    IndexDefinition,
    Indicator,
    Parameter,
    Text,
    Theme,
    Variable,
    VariableGroup,
)
from plats.catalog.retention import FOLDER as RETENTION
from plats.catalog.retention import RetentionRule
from plats.catalog.segregations import Measure, SegregationDefinition

Definitions = dict[str, Any]
"""The files as read: path inside the catalog, such as ``indicators/population.yaml``, to its content."""


class Catalog(Definition):
    """All definitions, by id and in the order they are shown."""

    themes: tuple[Theme, ...]
    methods: dict[str, Text]
    variable_groups: dict[str, VariableGroup]
    variables: dict[str, Variable]
    divisions: dict[str, DivisionDefinition]
    indicators: dict[str, Indicator]
    indices: dict[str, IndexDefinition]
    parameters: dict[str, Parameter]
    measures: dict[str, Measure]
    segregations: dict[str, SegregationDefinition]

    @property
    def retention_rules(self) -> dict[str, RetentionRule]:
        """How long things are kept, by the id that models name."""
        return {one.rule_id: one for one in self.parameters.values() if isinstance(one, RetentionRule)}

    def parameter(self, model: str, name: str, on: date) -> DatedValue:
        """The numbers decided for ``parameters/<model>/<name>.yaml`` in force on a day."""
        key = f"{model}/{name}"
        if key not in self.parameters:
            raise CatalogError(f"Okänd parameter '{key}'. Välj en av: {', '.join(self.parameters)}.")
        return self.parameters[key].on(on)

    def theme(self, theme_id: str) -> Theme:
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise CatalogError(
            f"Okänt tema '{theme_id}'. Välj ett av: {', '.join(theme.id for theme in self.themes)}."
        )


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The definitions that came with the package; read once."""
    return build(read_definitions())


def read_definitions() -> Definitions:
    """The content of every definition file, by its path."""
    return {path: read_text(path, text) for path, text in sorted(_yaml_files(files("plats.catalog"), ""))}


def build(definitions: Mapping[str, Any]) -> Catalog:
    """The catalog of these definitions, or a `CatalogError` that lists every file with a wrong shape."""
    wrong = shape_errors(definitions)
    if wrong:
        raise CatalogError("\n".join(f"{path}: {message}" for path, message in wrong))
    variables = definitions["variables.yaml"]
    themes = sorted((Theme.model_validate(one) for one in definitions["themes.yaml"]["themes"]), key=_order)
    theme_order = {theme.id: theme.order for theme in themes}
    indicators = [Indicator.model_validate(one) for one in _in_folder(definitions, "indicators")]
    indicators.sort(key=lambda one: (theme_order.get(one.theme, len(theme_order) + 1), one.order, one.id))
    divisions = sorted(
        (DivisionDefinition.model_validate(d) for d in _in_folder(definitions, "divisions")), key=_order
    )
    indices = [IndexDefinition.model_validate(one) for one in _in_folder(definitions, "indices")]
    parameters = [
        _model_of(path).model_validate(content)
        for path, content in definitions.items()
        if path.startswith("parameters/")
    ]
    return Catalog(
        themes=tuple(themes),
        methods=definitions["methods.yaml"]["methods"],
        variable_groups=variables["groups"],
        variables={
            name: Variable.model_validate({"id": name, **one}) for name, one in variables["variables"].items()
        },
        divisions={one.id.value: one for one in divisions},
        indicators={one.id: one for one in indicators},
        indices={one.id: one for one in indices},
        parameters={one.id: one for one in parameters},
        **_segregation(definitions),
    )


def shape_errors(definitions: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(file, what is wrong) for every definition whose fields are missing, misspelt or of the wrong type."""
    found: list[tuple[str, str]] = []
    for path, model, content in _each(definitions):
        try:
            model.model_validate(content)
        except ValidationError as error:
            found += [(path, _in_words(one)) for one in error.errors()]
    return found


def read_text(path: str, text: str) -> Any:
    """The content of one definition file; an error names the file when it is no YAML or has a key twice."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a safe loader
    except (yaml.YAMLError, CatalogError) as error:
        raise CatalogError(f"{path} går inte att läsa: {error}") from error


# Internals

MEASURES = "segregation_measures.yaml"
_MODELS: dict[str, type[Definition]] = {
    "indicators": Indicator,
    "divisions": DivisionDefinition,
    "indices": IndexDefinition,
    "parameters": Parameter,
    "segregations": SegregationDefinition,
}


def _order(one: Theme | DivisionDefinition | SegregationDefinition) -> int:
    return one.order


def _segregation(definitions: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    measures = [Measure.model_validate(one) for one in definitions[MEASURES]["measures"]]
    found = [SegregationDefinition.model_validate(one) for one in _in_folder(definitions, "segregations")]
    return {
        "measures": {one.id: one for one in measures},
        "segregations": {one.id: one for one in sorted(found, key=_order)},
    }


def _in_folder(definitions: Mapping[str, Any], folder: str) -> list[Any]:
    return [content for path, content in definitions.items() if path.startswith(f"{folder}/")]


def _model_of(path: str) -> Any:
    """What a definition in a folder is: a retention rule is a parameter that says more."""
    if path.startswith(f"parameters/{RETENTION}/"):
        return RetentionRule
    return _MODELS[path.split("/", maxsplit=1)[0]]


def _each(definitions: Mapping[str, Any]) -> Iterator[tuple[str, type[Definition], Any]]:
    for path, content in definitions.items():
        if path.split("/", maxsplit=1)[0] in _MODELS:
            yield path, _model_of(path), content
    for theme in definitions["themes.yaml"]["themes"]:
        yield "themes.yaml", Theme, theme
    for measure in definitions[MEASURES]["measures"]:
        yield MEASURES, Measure, measure
    for title in definitions["methods.yaml"]["methods"].values():
        yield "methods.yaml", Text, title
    for group in definitions["variables.yaml"]["groups"].values():
        yield "variables.yaml", VariableGroup, group
    for name, variable in definitions["variables.yaml"]["variables"].items():
        yield "variables.yaml", Variable, {"id": name, **variable}


def _in_words(error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"]) or "filen"
    kinds = {
        "missing": "fältet saknas",
        "extra_forbidden": "okänt fält",
        "enum": f"'{error['input']}' är inget av de tillåtna värdena",
        "literal_error": f"'{error['input']}' är inget av de tillåtna värdena",
    }
    return f"{place}: {kinds.get(error['type'], error['msg'])}. Rätta filen."


def _yaml_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        path = f"{prefix}{entry.name}"
        if entry.is_dir() and entry.name not in ("tests", "__pycache__"):
            yield from _yaml_files(entry, f"{path}/")
        elif entry.name.endswith(".yaml"):
            yield path, entry.read_text(encoding="utf-8")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML and refuses a key that stands twice, which YAML would let pass and lose."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = [key for key in keys if keys.count(key) > 1]
        if twice:
            raise CatalogError(
                f"rad {node.start_mark.line + 1}: '{twice[0]}' står två gånger. Ta bort den ena."
            )
        return dict(super().construct_mapping(node, deep=deep))
