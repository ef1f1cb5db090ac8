"""What the site's search finds among indicators."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext

from plats.catalog.load import catalog
from plats.web.common.language import language
from plats.web.places.queries import Hit


def find_indicators() -> Iterable[Hit]:
    """Every indicator by its title, and the groupings on the page about segregation."""
    for indicator in catalog().indicators.values():
        yield Hit(
            indicator.title.write(language()),
            gettext("indikator"),
            reverse("indicators:indicator", args=[indicator.id]),
        )
    for grouping in catalog().segregations.values():
        address = f"{reverse('indicators:segregation')}?grupper={grouping.id}"
        yield Hit(grouping.title.write(language()), gettext("segregation"), address)
