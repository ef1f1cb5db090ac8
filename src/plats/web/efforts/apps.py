"""The efforts app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EffortsConfig(AppConfig):
    name = "plats.web.efforts"
    label = "efforts"
    verbose_name = _("Insatser")
