"""Who reads the registers, makes extracts and hands out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.roles import DataProtectionOfficer, Registrar, grant
from plats.web.common.permissions import Permission, Reach

READ = grant(
    Permission("register.read", _("Läsa registren över behandlingar och dataflöden"), Reach.EVERYWHERE),
    DataProtectionOfficer,
    Registrar,
)
EXTRACT = grant(
    Permission("extract.make", _("Göra registerutdrag om en person"), Reach.EVERYWHERE, sensitive=True),
    DataProtectionOfficer,
    Registrar,
)
HANDOUT = grant(
    Permission("handout.make", _("Lämna ut den egna organisationens handlingar"), writes=True),
    Registrar,
)
