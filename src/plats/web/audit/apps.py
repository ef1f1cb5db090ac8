from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "plats.web.audit"
    label = "audit"
    verbose_name = _("Granskningslogg")

    def ready(self) -> None:
        """Put the log in the list of those who watch over it."""
        from plats.web.audit.permissions import READ
        from plats.web.common.workmenu import Group, WorkItem, register_work

        told = _("Vem som gjort och sett vad, och vem som tittat på en handling.")
        register_work(WorkItem(10, Group.WATCH, _("Granskningslogg"), "audit:list", READ, told))
