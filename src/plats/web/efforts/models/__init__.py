"""Efforts and everything that belongs to one."""

from __future__ import annotations

from plats.web.efforts.models.effort import (
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
from plats.web.efforts.rules import WHOLE

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
