"""The first account of an installation: someone who can let the others in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from plats.web.accounts.actions import May, create_membership, create_organisation, create_user
from plats.web.accounts.kinds import MUNICIPAL, OrganisationKind
from plats.web.accounts.models import Membership, Organisation
from plats.web.accounts.roles import Administrator
from plats.web.accounts.rules import same_name

DEFAULT_NAME = "Kommunstyrelsen"


def create_administrator(*, email: str, name: str, password: str, organisation_name: str = "") -> Membership:
    """Make an account with the administrator's role, and the municipality's own organisation when there is none.

    Raises ValidationError when the address is taken, the password weak, or the organisation not the municipality's.
    """
    with transaction.atomic():
        user = create_user(by=None, email=email, name=name, password=password, may=May.WRITE)
        organisation = _organisation(organisation_name)
        return create_membership(by=None, user=user, organisation=organisation, role=Administrator.id)


# Internals


def _organisation(wanted: str) -> Organisation:
    """The one with the name; without a name, the executive committee or the municipality's only one. A new one is a
    committee."""
    known = list(Organisation.objects.open().filter(kind__in=MUNICIPAL, is_example=False).order_by("name"))
    named = [one for one in known if same_name(one.name, wanted or DEFAULT_NAME)]
    if named or (not wanted and len(known) == 1):
        found: Organisation = (named or known)[0]
        return found
    if not wanted and known:
        names = ", ".join(one.name for one in known)
        raise ValidationError(
            _("Det finns flera att välja på: %(names)s. Ange en med --organisation.") % {"names": names}
        )
    return create_organisation(by=None, name=wanted or DEFAULT_NAME, kind=OrganisationKind.COMMITTEE)
