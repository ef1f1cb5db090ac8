"""What the place perspective asks for and we have no figure for: definitions, so that the gap is said and owned."""

from __future__ import annotations

from functools import lru_cache

from plats.catalog.base import Definition
from plats.catalog.load import read_definitions
from plats.catalog.models import Text


class MissingTheme(Definition):
    """A theme without a figure below the municipality: why, and how to add it."""

    id: str
    filled_by: tuple[str, ...]  # indicators that, once they have a figure by area, close the gap
    title: Text
    why: Text
    how_to_add: Text


@lru_cache(maxsize=1)
def missing_themes() -> tuple[MissingTheme, ...]:
    """Every theme that may be missing, in the order they are told."""
    return tuple(MissingTheme.model_validate(one) for one in read_definitions()["missing.yaml"]["themes"])
