"""The api app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from plats.web.common.menu import MenuItem, register_in_footer


class ApiConfig(AppConfig):
    name = "plats.web.api"
    label = "api"
    verbose_name = _("Öppet gränssnitt")

    def ready(self) -> None:
        register_in_footer(MenuItem(60, _("Öppet gränssnitt"), "api:docs", "api"))
