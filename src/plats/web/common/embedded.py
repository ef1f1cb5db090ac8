"""Rows that come with the program: a municipality's published agreements, goals and efforts, and the example world's.

An app says when it starts how its rows are loaded; `plats init` loads what is embedded, `plats demo` the examples. Both
may be run again: what is there already is left as it is.

In an app's ``AppConfig.ready()``::

    register_embedded(20, "goals.yaml", load_goals)      # load(rows) -> how many rows were new
    register_examples(20, make_example_efforts)          # make() -> None
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Load = Callable[[list[dict[str, Any]]], int]
Make = Callable[[], None]

_loaders: list[tuple[int, str, Load]] = []
_examples: list[tuple[int, Make]] = []


def register_embedded(order: int, file: str, load: Load) -> None:
    """Say who loads a file of the folder `steering`; lower orders first, since later rows point at earlier ones."""
    _loaders.append((order, file, load))


def register_examples(order: int, make: Make) -> None:
    """Say who makes examples once the example world's organisations are there."""
    _examples.append((order, make))


def load_embedded(folder: Path) -> dict[str, int]:
    """Load every registered file that the municipality's folder has. Returns how many rows were new, by file."""
    new = {}
    for _order, file, load in sorted(_loaders, key=lambda one: one[:2]):
        path = folder / file
        if path.exists():
            new[file] = load(yaml.safe_load(path.read_text(encoding="utf-8")))
    return new


def make_examples() -> None:
    """Make what the apps have to show in the example world."""
    for _order, make in sorted(_examples, key=lambda one: one[0]):
        make()
