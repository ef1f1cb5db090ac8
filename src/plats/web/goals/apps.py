"""The goals app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "plats.web.goals"
    label = "goals"
    verbose_name = _("Mål")

    def ready(self) -> None:
        """Say who may do what with plans and goals, put them in the menu; say how the embedded ones are loaded and what
        the example world has."""
        from plats.web.common.embedded import register_embedded, register_examples
        from plats.web.common.menu import MenuItem, register
        from plats.web.common.workmenu import Group, WorkItem, register_work
        from plats.web.goals import cases, permissions
        from plats.web.goals.due import due_in_goals
        from plats.web.goals.examples import make_example_plans
        from plats.web.goals.loading import load_goals
        from plats.web.notices.due import register_due

        register(MenuItem(40, _("Mål"), "goals:list", "goals"))
        register_embedded(40, "goals.yaml", load_goals)
        register_examples(40, make_example_plans)
        cases.register()
        register_due(due_in_goals)
        register_work(
            WorkItem(
                22,
                Group.WORK,
                _("Planer och mål"),
                "goals:mine",
                permissions.PLAN_READ,
                _("Din organisations planer: utkast att skriva, anta och publicera."),
            )
        )
