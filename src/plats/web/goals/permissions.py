"""Acts on plans and goals, and the roles that carry them. Adopting is the committee's: a politician of it says so."""

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
    grant,
)
from plats.web.common.permissions import Permission

_READERS = (Analyst, Coordinator, Economist, PartnerLead, Planner, Politician, Registrar)
_WRITERS = (Analyst, Economist, Planner)

PLAN_READ = grant(Permission("plan.read", _("Läsa den egna organisationens utkast till planer")), *_READERS)
PLAN_WRITE = grant(
    Permission("plan.write", _("Skriva utkast till den egna organisationens planer"), writes=True), *_WRITERS
)
PLAN_ADOPT = grant(
    Permission("plan.adopt", _("Föra in att nämnden har antagit en plan"), writes=True), Politician
)
PLAN_PUBLISH = grant(
    Permission("plan.publish", _("Publicera den egna organisationens planer"), writes=True),
    Analyst,
    Registrar,
)
GOAL_READ = grant(Permission("goal.read", _("Läsa den egna organisationens mål")), *_READERS)
GOAL_WRITE = grant(
    Permission("goal.write", _("Följa upp den egna organisationens mål"), writes=True), *_WRITERS
)
