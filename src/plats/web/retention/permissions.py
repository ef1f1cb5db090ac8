"""Who sees what is erased and what falls due, and who erases by decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.roles import DataProtectionOfficer, Registrar, grant
from plats.web.common.permissions import Permission, Reach

READ = grant(
    Permission("retention.read", _("Se vad som gallrats och vad som ska gallras"), Reach.EVERYWHERE),
    Registrar,
    DataProtectionOfficer,
)
RUN = grant(
    Permission("retention.run", _("Gallra enligt beslut"), Reach.EVERYWHERE, writes=True, sensitive=True),
    Registrar,
)
