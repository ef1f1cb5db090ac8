from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "plats.web.registers"
    label = "registers"
    verbose_name = _("Register")

    def ready(self) -> None:
        """Say who may read the registers, put them in the list of work, and say how long what is handed out is kept."""
        from plats.web.registers import menu, permissions, retained  # noqa: F401

        retained.register()
        menu.register()
