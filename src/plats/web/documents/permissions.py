"""Acts on documents, and the roles that carry them. Those who watch over the system and run it see none."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.roles import (
    Analyst,
    Coordinator,
    Economist,
    PartnerLead,
    Planner,
    Politician,
    Registrar,
    Reporter,
    ServiceStaff,
    grant,
)
from plats.web.common.permissions import Permission

READ = grant(
    Permission("document.read", _("Läsa den egna organisationens handlingar och dem som delats med den")),
    Analyst,
    Coordinator,
    Reporter,
    PartnerLead,
    Economist,
    Planner,
    ServiceStaff,
    Politician,
    Registrar,
)
WRITE = grant(
    Permission("document.write", _("Skriva och ändra den egna organisationens handlingar"), writes=True),
    Analyst,
    Coordinator,
    Reporter,
    PartnerLead,
    Economist,
    Planner,
    ServiceStaff,
    Registrar,
)
EXPORT = grant(
    Permission("document.export", _("Hämta listan över den egna organisationens handlingar som fil")),
    Analyst,
    Coordinator,
    PartnerLead,
    Economist,
    Planner,
    Registrar,
)
