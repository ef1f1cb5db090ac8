"""The places app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "plats.web.places"
    label = "places"
    verbose_name = _("Platser")

    def ready(self) -> None:
        """Put the areas in the menu, the first sections on the place page, and the municipality's name in the frame;
        say which places lie in which."""
        from plats.web.common.menu import MenuItem, register
        from plats.web.common.municipality import register_name_provider
        from plats.web.common.territory import register_territory
        from plats.web.places.queries import municipality_name
        from plats.web.places.sections import register_sections
        from plats.web.places.territory import covered_place_ids, place_choices

        register(MenuItem(20, _("Områden"), "places:list", "places"))
        register_name_provider(municipality_name)
        register_sections()
        register_territory(covering=covered_place_ids, choices=place_choices)
