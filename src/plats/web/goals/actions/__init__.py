"""What is done with plans and goals. Each act is one transaction with its entries in the audit chain."""

from __future__ import annotations

from plats.web.goals.actions.drafting import (
    GoalContent,
    add_goal,
    change_goal,
    move_goal,
    place_goal,
    remove_goal,
)
from plats.web.goals.actions.measuring import (
    TargetContent,
    add_budget_line,
    add_target,
    change_target,
    remove_budget_line,
    remove_target,
)
from plats.web.goals.actions.plans import (
    PlanContent,
    Source,
    adopt,
    begin_plan,
    create_plan,
    draft_version,
    publish_plan,
)
from plats.web.goals.actions.reviewing import Judgement, follow_up

__all__ = [
    "GoalContent",
    "Judgement",
    "PlanContent",
    "Source",
    "TargetContent",
    "add_budget_line",
    "add_goal",
    "add_target",
    "adopt",
    "begin_plan",
    "change_goal",
    "change_target",
    "create_plan",
    "draft_version",
    "follow_up",
    "move_goal",
    "place_goal",
    "publish_plan",
    "remove_budget_line",
    "remove_goal",
    "remove_target",
]
