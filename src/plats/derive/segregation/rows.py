"""Rows of the three segregation tables, collected as they are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import pyarrow as pa

from plats.derive.figures import STATES
from plats.derive.tables import Chain
from plats.facts.schema import SEGREGATION, SEGREGATION_LOCAL, SEGREGATION_PARTS


@dataclass
class Rows:
    """What has been made so far, and the chains behind it."""

    whole: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    local: list[dict[str, Any]] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)

    def tables(self) -> dict[str, pa.Table]:
        """The tables by name, as the store keeps them."""
        return {
            "segregation": pa.Table.from_pylist(self.whole, schema=SEGREGATION),
            "segregation_parts": pa.Table.from_pylist(self.parts, schema=SEGREGATION_PARTS),
            "segregation_local": pa.Table.from_pylist(self.local, schema=SEGREGATION_LOCAL),
        }


def number(value: float) -> float | None:
    """A number for a row; nothing where there is none."""
    return float(value) if isfinite(value) else None


def state_name(state: int) -> str:
    return str(STATES[state])
