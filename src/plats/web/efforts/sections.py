"""What the pages of places and partners say of efforts: what is here for whoever lives there, what a partner does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.efforts import queries
from plats.web.efforts.queries_partner import of_partner
from plats.web.partners.sections import PartnerSection, register_partner_section
from plats.web.places.models import Place


def build_here(place: Place, user: Any) -> Mapping[str, Any]:
    """The efforts in and around the place. Always there: that none is known is said too."""
    return {"here": queries.here(user, place)}


def build_for_partner(organisation: Organisation, user: Any) -> Mapping[str, Any] | None:
    """The efforts that a partner answers for or takes part in; left out when one sees none."""
    found = of_partner(user, organisation)
    return {"found": found, "partner": organisation} if found.rows else None


# Registered as the module is read, which the app does when it starts.
register_partner_section(
    PartnerSection(10, "insatser", _("Insatser"), "efforts/_partner.html", build_for_partner)
)
