"""The goals app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "plats.web.goals"
    label = "goals"
    verbose_name = _("Mål")

    def ready(self) -> None:
        """Say who may do what with plans and goals."""
        from plats.web.goals import permissions  # noqa: F401  registers as it is read
