from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from plats.web.common.menu import MenuItem, register_in_footer


class CommonConfig(AppConfig):
    name = "plats.web.common"
    label = "common"
    verbose_name = _("Gemensamt")

    def ready(self) -> None:
        register_in_footer(MenuItem(10, _("Tillgänglighet"), "common:accessibility", "common"))
        register_in_footer(MenuItem(30, _("Så skyddas små tal"), "common:disclosure", "common"))
