"""Acts on agreements, commitments, promises, partner pages and duties, and the roles that carry them."""

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

_READERS = (Analyst, Coordinator, PartnerLead, Economist, Planner, Politician, Registrar)
_WRITERS = (Analyst, Coordinator, PartnerLead)

AGREEMENT_READ = grant(
    Permission("agreement.read", _("Läsa den egna organisationens överenskommelser")), *_READERS
)
AGREEMENT_WRITE = grant(
    Permission("agreement.write", _("Skriva den egna organisationens överenskommelser"), writes=True),
    *_WRITERS,
)
AGREEMENT_PUBLISH = grant(
    Permission("agreement.publish", _("Publicera den egna organisationens överenskommelser"), writes=True),
    *_WRITERS,
)
COMMITMENT_READ = grant(
    Permission("commitment.read", _("Läsa den egna organisationens åtaganden")), *_READERS
)
COMMITMENT_WRITE = grant(
    Permission("commitment.write", _("Skriva den egna organisationens åtaganden"), writes=True), *_WRITERS
)
COMMITMENT_PUBLISH = grant(
    Permission("commitment.publish", _("Publicera den egna organisationens åtaganden"), writes=True),
    *_WRITERS,
)
PROMISE_READ = grant(
    Permission("citizen_promise.read", _("Läsa den egna organisationens medborgarlöften")), *_READERS
)
PROMISE_WRITE = grant(
    Permission("citizen_promise.write", _("Skriva den egna organisationens medborgarlöften"), writes=True),
    *_WRITERS,
)
PROMISE_PUBLISH = grant(
    Permission(
        "citizen_promise.publish", _("Publicera den egna organisationens medborgarlöften"), writes=True
    ),
    *_WRITERS,
)
PAGE_WRITE = grant(
    Permission("partner_page.write", _("Skriva den egna organisationens sida för invånarna"), writes=True),
    *_WRITERS,
)
DUTY_READ = grant(
    Permission("duty.read", _("Läsa hur långt den egna organisationen kommit med det lagen kräver")),
    *_READERS,
)
DUTY_WRITE = grant(
    Permission(
        "duty.write", _("Skriva hur långt den egna organisationen kommit med det lagen kräver"), writes=True
    ),
    Analyst,
    Coordinator,
)
