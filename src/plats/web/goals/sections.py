"""The sections of a goal's page that apps above add at start: what is done for the goal is told by those who know it.

    register_goal_section(LiveSection(10, "insatser", _("Insatser för målet"), "efforts/_for_goal.html", build))

`build` is called with the goal and the reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plats.web.common.sections import LiveSection
from plats.web.goals.models import Goal

_sections: dict[str, LiveSection] = {}


def register_goal_section(section: LiveSection) -> None:
    """Add a section. The same anchor again replaces it."""
    _sections[section.id] = section


def goal_sections(goal: Goal, user: Any) -> list[tuple[LiveSection, Mapping[str, Any]]]:
    """The sections that have something to say of the goal, in order, with what each says."""
    ordered = sorted(_sections.values(), key=lambda section: (section.order, section.id))
    return [(section, content) for section in ordered if (content := section.build(goal, user)) is not None]
