"""Forms about people, organisations and releases. Signing in has its own, in `signin`."""

from __future__ import annotations

from plats.web.accounts.forms.base import ReasonForm
from plats.web.accounts.forms.organisations import ContactForm, OrganisationForm, UnitForm
from plats.web.accounts.forms.people import HandoverForm, LeaveForm, NewAccountForm, SwitchForm
from plats.web.accounts.forms.releases import ReleaseForm
from plats.web.accounts.forms.roles import ChangeTermsForm, InviteForm, RoleForm

__all__ = [
    "ChangeTermsForm",
    "ContactForm",
    "HandoverForm",
    "InviteForm",
    "LeaveForm",
    "NewAccountForm",
    "OrganisationForm",
    "ReasonForm",
    "ReleaseForm",
    "RoleForm",
    "SwitchForm",
    "UnitForm",
]
