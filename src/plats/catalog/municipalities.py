"""What the country's municipalities are called, so that those without figures of their own here have a name too."""

from __future__ import annotations

from functools import lru_cache

from plats.catalog.load import read_definitions


@lru_cache(maxsize=1)
def municipality_names() -> dict[str, str]:
    """Every municipality's name by its code of four digits, in the order of the codes."""
    return {str(code): str(name) for code, name in read_definitions()["municipalities.yaml"].items()}
