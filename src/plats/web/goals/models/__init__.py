"""Plans, goals, targets, budget lines and follow-up."""

from __future__ import annotations

from plats.web.goals.models.goal import BudgetLine, FollowUp, Goal, GoalVersion, Target
from plats.web.goals.models.plan import Plan, PlanVersion

__all__ = ["BudgetLine", "FollowUp", "Goal", "GoalVersion", "Plan", "PlanVersion", "Target"]
