"""A site with Huddinge's figures."""

from __future__ import annotations

from plats.web.places.tests.site import _places, home, site

__all__ = ["_places", "home", "site"]
