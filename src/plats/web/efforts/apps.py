"""The efforts app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EffortsConfig(AppConfig):
    name = "plats.web.efforts"
    label = "efforts"
    verbose_name = _("Insatser")

    def ready(self) -> None:
        """Say who may do what with efforts; let a file of them be read beside the site, and many be changed at once."""
        from plats.web.common.workmenu import Group, WorkItem, register_work
        from plats.web.efforts import permissions
        from plats.web.efforts.exchange.jobs import register_jobs

        register_jobs()
        register_work(
            WorkItem(
                24,
                Group.WORK,
                _("Insatser som fil"),
                "exchange:file",
                permissions.EXCHANGE,
                _("Hämta din organisations insatser, ändra dem i ett kalkylprogram och läs in dem igen."),
            )
        )
        register_work(
            WorkItem(
                25,
                Group.WORK,
                _("Ändra flera insatser"),
                "exchange:many",
                permissions.EXCHANGE,
                _("Byt läge, lägg till mål eller publicera för många insatser på en gång."),
            )
        )
