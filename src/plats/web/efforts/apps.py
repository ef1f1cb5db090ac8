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
        from plats.web.accounts.releasable import register_releasable
        from plats.web.common.embedded import register_embedded, register_examples
        from plats.web.common.menu import MenuItem, register
        from plats.web.efforts import cases, queries, sections
        from plats.web.efforts.embedded import load_efforts
        from plats.web.efforts.examples import make_example_efforts
        from plats.web.efforts.exchange.jobs import register_jobs

        register(MenuItem(30, _("Insatser"), "efforts:list", "efforts"))
        register_embedded(50, "efforts.yaml", load_efforts)
        register_examples(50, make_example_efforts)
        sections.register()
        cases.register()
        register_releasable(
            "effort",
            label=_("Insatser"),
            find=queries.find_to_release,
            url=queries.effort_url,
            seen=queries.seen_among,
        )
        register_jobs()
        _register_work()


def _register_work() -> None:
    from plats.web.common.workmenu import Group, WorkItem, register_work
    from plats.web.efforts import permissions

    register_work(
        WorkItem(
            23,
            Group.WORK,
            _("Insatser att skriva"),
            "efforts:mine",
            permissions.WRITE,
            _("Vad din organisation gör, var, för vem och mot vilket problem."),
        )
    )
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
