"""Partners' pages, agreements, commitments, promises and duties."""

from __future__ import annotations

from plats.web.partners.models.agreement import Activity, Agreement, AgreementParty, FocusArea
from plats.web.partners.models.commitment import CitizenPromise, Commitment
from plats.web.partners.models.partner import DutyState, PartnerPage
from plats.web.partners.models.steering import Steering, SteeringQuerySet

__all__ = [
    "Activity",
    "Agreement",
    "AgreementParty",
    "CitizenPromise",
    "Commitment",
    "DutyState",
    "FocusArea",
    "PartnerPage",
    "Steering",
    "SteeringQuerySet",
]
