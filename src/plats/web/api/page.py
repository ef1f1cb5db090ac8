"""The description as the page shows it: in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plats.web.common.language import language
from plats.web.common.rest.problems import titles


@dataclass(frozen=True, slots=True)
class ShownParameter:
    """A parameter in words."""

    name: str
    text: str
    values: str


@dataclass(frozen=True, slots=True)
class ShownOperation:
    """An operation in words, with an example of its answer."""

    path: str
    text: str
    parameters: tuple[ShownParameter, ...]
    example: str


def operations(described: Mapping[str, Any]) -> list[ShownOperation]:
    """Every operation, in the order of the description."""
    return [_operation(path, one["get"]) for path, one in described["paths"].items()]


def problems() -> list[tuple[int, str]]:
    """Each kind of problem with what it is called."""
    return list(titles().items())


# Internals


def _operation(path: str, one: Mapping[str, Any]) -> ShownOperation:
    examples = one["responses"]["200"]["content"]["application/json"]["examples"]
    example = next(iter(examples.values()))["value"]
    return ShownOperation(
        path=path,
        text=_in_language(one["description"]),
        parameters=tuple(_parameter(each) for each in one.get("parameters", [])),
        example=json.dumps(example, ensure_ascii=False, indent=2),
    )


def _parameter(one: Mapping[str, Any]) -> ShownParameter:
    schema = one["schema"]
    values = ", ".join(map(str, schema.get("enum", [])))
    if "minimum" in schema:
        values = f"{schema['minimum']}–{schema['maximum']}"
    return ShownParameter(one["name"], _in_language(one.get("description", "")), values)


def _in_language(text: str) -> str:
    """The description says everything in both languages, one after the other."""
    swedish, _slash, english = text.partition(" / ")
    return english if language() == "en" and english else swedish
