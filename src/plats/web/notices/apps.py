from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "plats.web.notices"
    label = "notices"
    verbose_name = _("Meddelanden")

    def ready(self) -> None:
        """Say what is new and due of what lies below (releases, roles, invitations), and what is kept for how long."""
        from plats.web.notices import providers, retained
        from plats.web.notices.due import register_due
        from plats.web.notices.news import register_news

        register_news(providers.news_of_releases)
        register_news(providers.news_of_members)
        register_due(providers.due_releases)
        register_due(providers.due_memberships)
        register_due(providers.due_invitations)
        retained.register()
