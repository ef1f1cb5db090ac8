"""What a partner's page says of efforts: what the partner answers for and takes part in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.efforts.queries_partner import of_partner
from plats.web.partners.sections import PartnerSection, register_partner_section


def build_for_partner(organisation: Organisation, user: Any) -> Mapping[str, Any] | None:
    """The efforts that a partner answers for or takes part in; left out when one sees none."""
    found = of_partner(user, organisation)
    return {"found": found, "partner": organisation} if found.rows else None


# Registered as the module is read, which the app does when it starts.
register_partner_section(
    PartnerSection(10, "insatser", _("Insatser"), "efforts/_partner.html", build_for_partner)
)
