"""Acts on the audit chain. Which roles carry them is said in `accounts`, which knows the roles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.common.permissions import Permission, Reach

READ = Permission("audit.read", _("Se vem som gjort och sett vad"), Reach.EVERYWHERE)
ERASE = Permission(
    "audit.erase", _("Radera värden i loggen efter beslut"), Reach.EVERYWHERE, writes=True, sensitive=True
)
