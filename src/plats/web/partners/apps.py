"""The partners app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "plats.web.partners"
    label = "partners"
    verbose_name = _("Samverkan")

    def ready(self) -> None:
        """Say who may do what, what comes with the program, what is due, how rows are found by case number; what can be
        released and what must be handed over."""
        from plats.web.common.embedded import register_embedded, register_examples
        from plats.web.common.menu import MenuItem, register_in_footer
        from plats.web.common.workmenu import Group, WorkItem, register_work
        from plats.web.notices.due import register_due
        from plats.web.partners import cases, due, embedded, examples, here, holding, permissions, sharing

        register_embedded(10, "organisations.yaml", embedded.load_organisations)
        register_embedded(20, "agreements.yaml", embedded.load_agreements)
        register_embedded(30, "commitments.yaml", embedded.load_commitments)
        register_examples(20, examples.make)
        cases.register()
        here.register()
        sharing.register()
        holding.register()
        register_due(due.due_in_partners)
        register_in_footer(MenuItem(5, _("Samverkan"), "partners:list", "partners"))
        register_in_footer(MenuItem(6, _("Löfteslistan"), "partners:promises", "partners"))
        register_work(
            WorkItem(
                20,
                Group.WORK,
                _("Överenskommelser och åtaganden"),
                "partners:mine",
                permissions.COMMITMENT_WRITE,
                _(
                    "Vad din organisation har kommit överens om och lovat, vad det blev av det, och er egen sida."
                ),
            )
        )
        register_work(
            WorkItem(
                21,
                Group.WORK,
                _("Vad lagen kräver"),
                "partners:duties",
                permissions.DUTY_READ,
                _("Hur långt kommunen kommit med lagen om brottsförebyggande arbete."),
            )
        )
