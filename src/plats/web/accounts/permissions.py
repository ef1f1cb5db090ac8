"""Acts on people, organisations and releases, and the roles that carry them.

Whoever may do an act in every organisation also holds the permission for their own: a page asks for the narrower one,
and which organisations it then opens is decided row by row.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.roles import (
    ROLES,
    Administrator,
    Coordinator,
    DataProtectionOfficer,
    PartnerLead,
    Registrar,
    grant,
)
from plats.web.audit import permissions as audit
from plats.web.common.permissions import Permission, Reach

EVERYONE = tuple(ROLES.values())

ORGANISATION_CREATE = grant(
    Permission(
        "organisation.create", _("Lägga upp organisationer"), Reach.EVERYWHERE, writes=True, sensitive=True
    ),
    Administrator,
)
ORGANISATION_CHANGE_ALL = grant(
    Permission(
        "organisation.change_all", _("Ändra och avsluta alla organisationer"), Reach.EVERYWHERE, writes=True
    ),
    Administrator,
)
ORGANISATION_CHANGE = grant(
    Permission("organisation.change", _("Ändra den egna organisationens kontakt och enheter"), writes=True),
    PartnerLead,
    Administrator,
)

MEMBER_READ = grant(Permission("member.read", _("Se vilka som arbetar i den egna organisationen")), *EVERYONE)
MEMBER_READ_ALL = grant(
    Permission("member.read_all", _("Se vilka som arbetar i alla organisationer"), Reach.EVERYWHERE),
    Administrator,
    DataProtectionOfficer,
)
MEMBER_INVITE = grant(
    Permission("member.invite", _("Bjuda in till den egna organisationen"), writes=True, sensitive=True),
    PartnerLead,
    Administrator,
)
MEMBER_INVITE_ALL = grant(
    Permission(
        "member.invite_all",
        _("Bjuda in till alla organisationer"),
        Reach.EVERYWHERE,
        writes=True,
        sensitive=True,
    ),
    Administrator,
)
MEMBER_END = grant(
    Permission(
        "member.end", _("Avsluta medlemskap och föra över ansvar i den egna organisationen"), writes=True
    ),
    PartnerLead,
    Administrator,
)
MEMBER_END_ALL = grant(
    Permission(
        "member.end_all",
        _("Avsluta medlemskap och stänga konton i alla organisationer"),
        Reach.EVERYWHERE,
        writes=True,
    ),
    Administrator,
)
ACCOUNT_RESTORE = grant(
    Permission(
        "account.restore",
        _("Återställa inloggningen för den som glömt lösenord eller förlorat telefon"),
        Reach.EVERYWHERE,
        writes=True,
        sensitive=True,
    ),
    Administrator,
)
ACCOUNT_SWITCH = grant(
    Permission(
        "account.switch",
        _("Öppna och stänga kontons läsning och skrivning"),
        Reach.EVERYWHERE,
        writes=True,
        sensitive=True,
    ),
    Administrator,
)

RELEASE_READ = grant(Permission("release.read", _("Se vad den egna organisationen delar och får")), *EVERYONE)
RELEASE_READ_ALL = grant(
    Permission("release.read_all", _("Se alla delningar"), Reach.EVERYWHERE), DataProtectionOfficer
)
RELEASE_WRITE = grant(
    Permission(
        "release.write",
        _("Dela den egna organisationens handlingar och återkalla"),
        writes=True,
        sensitive=True,
    ),
    PartnerLead,
    Coordinator,
    Registrar,
)

AUDIT_READ = grant(audit.READ, DataProtectionOfficer)
AUDIT_ERASE = grant(audit.ERASE, DataProtectionOfficer)
