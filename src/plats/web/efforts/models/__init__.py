"""Efforts and everything that belongs to one."""

from __future__ import annotations

from plats.web.efforts.models.effort import (
    WHOLE,
    Effort,
    EffortGoal,
    EffortPartner,
    EffortPlace,
    EffortResource,
)
from plats.web.efforts.models.history import (
    ChildImpact,
    EffortDecision,
    EffortFile,
    EffortStatus,
    ServiceReach,
)

__all__ = [
    "WHOLE",
    "ChildImpact",
    "Effort",
    "EffortDecision",
    "EffortFile",
    "EffortGoal",
    "EffortPartner",
    "EffortPlace",
    "EffortResource",
    "EffortStatus",
    "ServiceReach",
]
