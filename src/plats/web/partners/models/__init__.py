"""Partners' pages, agreements, commitments, promises and duties."""

from __future__ import annotations

from plats.web.partners.models.agreement import (
    Activity,
    Agreement,
    AgreementFollowUp,
    AgreementParty,
    FocusArea,
)
from plats.web.partners.models.commitment import CitizenPromise, Commitment
from plats.web.partners.models.partner import DutyState, PartnerContact, PartnerPage
from plats.web.partners.models.steering import Handled, Steering, SteeringQuerySet

__all__ = [
    "Activity",
    "Agreement",
    "AgreementFollowUp",
    "AgreementParty",
    "CitizenPromise",
    "Commitment",
    "DutyState",
    "FocusArea",
    "Handled",
    "PartnerContact",
    "PartnerPage",
    "Steering",
    "SteeringQuerySet",
]
