"""The roles: what each is called, what it is for, and where it may be held.

What a role may do is not written here: each app says in its ``permissions.py`` which roles get its permissions
(`grant`). So a role's page shows all it can do, and no view ever asks for a role.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from plats.web.accounts.kinds import MUNICIPAL, OrganisationKind
from plats.web.common.permissions import Permission, permission, register_permission

ANYWHERE = frozenset(OrganisationKind)


class Role:
    """A role that a person holds in an organisation."""

    id: ClassVar[str]
    display_name: ClassVar[Any]
    description: ClassVar[Any]
    held_in: ClassVar[frozenset[OrganisationKind]] = ANYWHERE

    @classmethod
    def kinds(cls) -> list[str]:
        """The kinds of organisation it may be held in, by name; none said when it may be held in all."""
        if cls.held_in == ANYWHERE:
            return []
        return [str(kind.label) for kind in OrganisationKind if kind in cls.held_in]

    @classmethod
    def permissions(cls) -> list[Permission]:
        """What the role may do, by id."""
        return [permission(one) for one in sorted(permission_ids(cls.id))]


class Analyst(Role):
    id = "analyst"
    display_name = _("Utredare")
    description = _("Läser in siffror, räknar och skriver underlag och svar för sin organisation.")


class Coordinator(Role):
    id = "coordinator"
    display_name = _("Samordnare")
    description = _("Håller ihop arbetet med partner och platser och delar handlingar med dem.")


class Reporter(Role):
    id = "reporter"
    display_name = _("Rapportör")
    description = _("Rapporterar för sin organisation, ofta för några platser, och ser det den själv äger.")


class PartnerLead(Role):
    id = "partner_lead"
    display_name = _("Partneransvarig")
    description = _("Svarar för sin organisation: bjuder in, avslutar och delar.")


class Economist(Role):
    id = "economist"
    display_name = _("Ekonom")
    description = _("Arbetar med resursfördelning och uppföljning.")
    held_in = MUNICIPAL


class Planner(Role):
    id = "planner"
    display_name = _("Planerare")
    description = _("Arbetar med områdesutveckling och fysisk planering.")


class ServiceStaff(Role):
    id = "service_staff"
    display_name = _("Verksamhetspersonal")
    description = _("Arbetar i en verksamhet, till exempel fritidsbank, fritidsgård eller familjecentral.")


class Politician(Role):
    id = "politician"
    display_name = _("Förtroendevald")
    description = _("Läser nämndens handlingar. Majoritet och opposition ser detsamma.")
    held_in = MUNICIPAL


class Registrar(Role):
    id = "registrar"
    display_name = _("Registrator")
    description = _("Diarieför, lämnar ut handlingar och svarar för gallring.")
    held_in = MUNICIPAL


class DataProtectionOfficer(Role):
    id = "data_protection_officer"
    display_name = _("Dataskyddsombud")
    description = _(
        "Ser vem som gjort och sett vad, registren över behandlingar och dataflöden. Ser inga handlingar."
    )
    held_in = MUNICIPAL


class Administrator(Role):
    id = "administrator"
    display_name = _("Systemförvaltare")
    description = _("Lägger upp organisationer och konton och sköter driften. Ser inga handlingar.")
    held_in = MUNICIPAL


ROLES: dict[str, type[Role]] = {
    role.id: role
    for role in (
        Analyst,
        Coordinator,
        Reporter,
        PartnerLead,
        Economist,
        Planner,
        ServiceStaff,
        Politician,
        Registrar,
        DataProtectionOfficer,
        Administrator,
    )
}

_granted: dict[str, set[str]] = {}


def grant(wanted: Permission, *roles: type[Role]) -> Permission:
    """Declare a permission and the roles that carry it. Called at the top of an app's ``permissions.py``."""
    register_permission(wanted)
    for role in roles:
        _granted.setdefault(role.id, set()).add(wanted.id)
    return wanted


def permission_ids(role_id: str) -> Iterable[str]:
    """The permissions a role carries; none for a role that no longer exists."""
    return frozenset(_granted.get(role_id, ()))


def roles_with(wanted: Permission) -> list[str]:
    """The roles that carry a permission, by id."""
    return [role for role in ROLES if wanted.id in _granted.get(role, ())]


def role_choices() -> list[tuple[str, Any]]:
    """For a form: ids and names."""
    return [(role.id, role.display_name) for role in ROLES.values()]
