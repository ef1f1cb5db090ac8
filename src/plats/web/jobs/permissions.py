"""Acts on jobs, and the roles that carry them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.roles import Administrator, Analyst, Economist, grant
from plats.web.common.permissions import Permission, Reach

READ = grant(Permission("job.read", _("Se sina egna jobb")), Analyst, Economist, Administrator)
START = grant(
    Permission("job.start", _("Räkna om siffror och skriva rapporter"), writes=True),
    Analyst,
    Economist,
    Administrator,
)
CANCEL = grant(
    Permission("job.cancel", _("Avbryta sina egna jobb"), writes=True), Analyst, Economist, Administrator
)
READ_ALL = grant(Permission("job.read_all", _("Se allas jobb"), Reach.EVERYWHERE), Administrator)
CANCEL_ALL = grant(
    Permission("job.cancel_all", _("Avbryta allas jobb"), Reach.EVERYWHERE, writes=True), Administrator
)
