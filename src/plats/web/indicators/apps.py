"""The indicators app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "plats.web.indicators"
    label = "indicators"
    verbose_name = _("Indikatorer")

    def ready(self) -> None:
        """Put the start page and the method pages in the menu, sections on the place page, indicators in the search;
        say which jobs there are about figures, and when there are new ones."""
        from plats.web.common.menu import MenuItem, register
        from plats.web.indicators.jobs import register_jobs
        from plats.web.indicators.news import news_of_figures
        from plats.web.indicators.search import find_indicators
        from plats.web.indicators.sections import register_sections
        from plats.web.notices.news import register_news
        from plats.web.places.queries import register_searcher

        register(MenuItem(10, _("Läget"), "indicators:start", "indicators"))
        register(MenuItem(90, _("Så vet vi det"), "indicators:how_we_know", "indicators"))
        register_searcher(find_indicators)
        register_sections()
        register_jobs()
        register_news(news_of_figures)
