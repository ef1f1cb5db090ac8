"""The example world: five organisations that work together, and one login for each role. Everyone in it is invented.

Made by the same actions as on any installation, and again without harm. `plats demo` runs it; the tests' cast is made
by it too.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from plats.web.accounts.actions import May, create_membership, create_organisation, create_user
from plats.web.accounts.holding import Terms
from plats.web.accounts.kinds import OrganisationKind
from plats.web.accounts.models import Membership, Organisation, User
from plats.web.accounts.roles import (
    Administrator,
    Analyst,
    Coordinator,
    DataProtectionOfficer,
    Economist,
    PartnerLead,
    Planner,
    Politician,
    Registrar,
    Reporter,
    Role,
    ServiceStaff,
)
from plats.web.common.embedded import make_examples
from plats.web.common.territory import place_choices


class DemoError(Exception):
    """The example world cannot be made here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An organisation of the example world and the domain of its people's addresses."""

    name: str
    kind: OrganisationKind
    domain: str
    contact_function: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A login: who it is by role, where, and for which place only ('' for all)."""

    local_part: str
    organisation: DemoOrganisation
    role: type[Role]
    name: str
    place_key: str = ""

    @property
    def email(self) -> str:
        return f"{self.local_part}@{self.organisation.domain}"

    @property
    def password(self) -> str:
        return f"tre blå tranor över {self.local_part}"


EXECUTIVE = DemoOrganisation(
    "Kommunstyrelsen (exempel)",
    OrganisationKind.COMMITTEE,
    "kommunstyrelsen.exempel.se",
    "Kommunledningens utredare",
)
COMMUNITY = DemoOrganisation(
    "Samhällsbyggnadsavdelningen (exempel)",
    OrganisationKind.DEPARTMENT,
    "samhallsbyggnad.exempel.se",
    "Samordnaren för områdesutveckling",
)
POLICE = DemoOrganisation(
    "Lokalpolisområde Huddinge (exempel)",
    OrganisationKind.POLICE,
    "polisen.exempel.se",
    "Kommunpolisen",
)
HOUSING = DemoOrganisation(
    "Bostadsbolaget (exempel)",
    OrganisationKind.HOUSING_COMPANY,
    "bostadsbolaget.exempel.se",
    "Trygghetsansvarig",
)
LEISURE = DemoOrganisation(
    "Fritidsföreningen (exempel)",
    OrganisationKind.ASSOCIATION,
    "fritidsforeningen.exempel.se",
    "Fritidsbankens föreståndare",
)
ORGANISATIONS = (EXECUTIVE, COMMUNITY, POLICE, HOUSING, LEISURE)

PEOPLE = (
    DemoPerson("systemforvaltare", EXECUTIVE, Administrator, "Systemförvaltare (exempel)"),
    DemoPerson("dataskyddsombud", EXECUTIVE, DataProtectionOfficer, "Dataskyddsombud (exempel)"),
    DemoPerson("registrator", EXECUTIVE, Registrar, "Registrator (exempel)"),
    DemoPerson("fortroendevald", EXECUTIVE, Politician, "Förtroendevald (exempel)"),
    DemoPerson("utredare", EXECUTIVE, Analyst, "Utredare (exempel)"),
    DemoPerson("ekonom", EXECUTIVE, Economist, "Ekonom (exempel)"),
    DemoPerson("planerare", COMMUNITY, Planner, "Planerare (exempel)"),
    DemoPerson("samordnare", COMMUNITY, Coordinator, "Samordnare (exempel)"),
    DemoPerson("partneransvarig", POLICE, PartnerLead, "Partneransvarig, polisen (exempel)"),
    DemoPerson("rapportor", POLICE, Reporter, "Rapportör, polisen (exempel)"),
    DemoPerson("partneransvarig", HOUSING, PartnerLead, "Partneransvarig, Bostadsbolaget (exempel)"),
    DemoPerson("rapportor", HOUSING, Reporter, "Rapportör, Bostadsbolaget (exempel)", "kommundel/varby"),
    DemoPerson("verksamhet", LEISURE, ServiceStaff, "Verksamhetspersonal (exempel)"),
)


def make_demo() -> list[DemoPerson]:
    """Make what is missing of the example world and return its logins. What is there already is left as it is.

    Raises DemoError on an installation in production: its passwords are known to everyone.
    """
    if settings.PLATS_PRODUCTION:
        raise DemoError(
            "Exempelvärlden har lösenord som alla känner till och görs aldrig i produktion (PLATS_PRODUCTION är på). "
            "Gör den i en annan PLATS_HOME utan PLATS_PRODUCTION."
        )
    with transaction.atomic():
        _make_everyone()
        make_examples()
    return list(PEOPLE)


# Internals


def _make_everyone() -> None:
    """The administrator first, who then makes the rest."""
    by: User | None = None
    for person in PEOPLE:
        organisation = _organisation(person.organisation, by)
        user = _user(person, by)
        if not Membership.objects.current().filter(user=user, organisation=organisation).exists():
            create_membership(
                by=by,
                user=user,
                organisation=organisation,
                role=person.role.id,
                terms=Terms(place_keys=_places(person.place_key)),
            )
        if by is None:
            by = User.objects.get(pk=user.pk)  # read anew: now with what the role gives


def _organisation(wanted: DemoOrganisation, by: User | None) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(name=wanted.name).first()
    return found or create_organisation(
        by=by,
        name=wanted.name,
        kind=wanted.kind,
        contact_function=wanted.contact_function,
        contact_email=f"kontakt@{wanted.domain}",
        is_example=True,
    )


def _user(person: DemoPerson, by: User | None) -> User:
    found: User | None = User.objects.filter(email=person.email).first()
    if found and not found.is_example:
        raise DemoError(
            f"{person.email} tillhör redan ett konto som inte är exempel. Gör exempelvärlden i en annan PLATS_HOME."
        )
    return found or create_user(
        by=by,
        email=person.email,
        name=person.name,
        password=person.password,
        may=May.WRITE,
        is_example=True,
    )


def _places(wanted: str) -> list[str]:
    """The place a role is held for. Another municipality has no Vårby: there it is the first place there is."""
    if not wanted:
        return []
    known = [key for key, _name in place_choices()]
    if not known:
        raise DemoError("Det finns inga platser än. Kör plats init först.")
    return [wanted if wanted in known else known[0]]
