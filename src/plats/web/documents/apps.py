"""The documents app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "plats.web.documents"
    label = "documents"
    verbose_name = _("Handlingar")

    def ready(self) -> None:
        """Say who may do what with documents, put them in the list of work, let them be released and handed over; say
        how long they are kept and how they are found by case number."""
        from plats.web.accounts.releasable import register_releasable
        from plats.web.accounts.responsibility import register_responsibility
        from plats.web.common.workmenu import Group, WorkItem, register_work
        from plats.web.documents import actions, cases, news, permissions, queries, retained
        from plats.web.notices.news import register_news

        retained.register()
        cases.register()
        register_news(news.news_of_documents)
        register_work(
            WorkItem(
                10,
                Group.WORK,
                _("Handlingar"),
                "documents:list",
                permissions.READ,
                _("Det din organisation skriver och får om kommunens platser, med filer och diarienummer."),
            )
        )
        register_releasable(
            "document", label=_("Handlingar"), find=queries.find_to_release, url=queries.document_url
        )
        register_responsibility(
            "document",
            label=_("Handlingar"),
            permission=permissions.WRITE,
            held_by=queries.held_by,
            transfer=actions.transfer_documents,
        )
