"""A site with Huddinge's figures, and a limit that no test meets unless it is about the limit."""

from __future__ import annotations

import pytest

from plats.web.api import limits
from plats.web.places.tests.site import _places, home, site

__all__ = ["_places", "home", "site"]


@pytest.fixture(autouse=True)
def _fresh_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "requests", limits.Counter())
