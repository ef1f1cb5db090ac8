"""Acts on efforts, and the roles that carry them. What is published everyone reads."""

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
from plats.web.jobs.permissions import CANCEL as CANCEL_JOB
from plats.web.jobs.permissions import READ as READ_JOB

READ = grant(
    Permission("effort.read", _("Läsa den egna organisationens insatser, också de som inte är publicerade")),
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
    Permission("effort.write", _("Skriva och ändra den egna organisationens insatser"), writes=True),
    Analyst,
    Coordinator,
    Reporter,
    PartnerLead,
    Planner,
    ServiceStaff,
)
PUBLISH = grant(
    Permission("effort.publish", _("Publicera den egna organisationens insatser"), writes=True),
    Analyst,
    Coordinator,
    PartnerLead,
)
EXCHANGE = grant(
    Permission(
        "effort.exchange", _("Hämta och läsa in insatser som fil, och ändra flera på en gång"), writes=True
    ),
    Analyst,
    Coordinator,
    PartnerLead,
    Planner,
)
# A file is read beside the site: whoever sends one follows how it goes, and may stop it.
grant(READ_JOB, Coordinator, PartnerLead, Planner)
grant(CANCEL_JOB, Coordinator, PartnerLead, Planner)
