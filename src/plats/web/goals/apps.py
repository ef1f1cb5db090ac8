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
        from plats.web.goals import permissions  # noqa: F401  registers as it is read
        from plats.web.goals.examples import make_example_plans
        from plats.web.goals.loading import load_goals

        register(MenuItem(40, _("Mål"), "goals:list", "goals"))
        register_embedded(40, "goals.yaml", load_goals)
        register_examples(40, make_example_plans)
