from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "plats.web.jobs"
    label = "jobs"
    verbose_name = _("Jobb")

    def ready(self) -> None:
        """Put the list among what one can go to; say that a job that has ended is told, and how long jobs are kept."""
        from plats.web.common.workmenu import Group, WorkItem, register_work
        from plats.web.jobs import permissions, retained
        from plats.web.jobs.attempts import NOTICE_KIND
        from plats.web.notices.kinds import NoticeKind, register_notice_kind

        retained.register()
        register_work(
            WorkItem(
                80,
                Group.WORK,
                _("Jobb"),
                "jobs:list",
                permissions.READ,
                _("Räkna om siffrorna, skriv rapporter och se hur det går."),
            )
        )
        register_notice_kind(
            NoticeKind(
                NOTICE_KIND, _("Jobb"), _("När ett jobb som du har startat är klart eller har misslyckats.")
            )
        )
