"""What `plats demo` shows of agreements and commitments. All of it is invented, and marked so."""

from __future__ import annotations

from datetime import date

from plats.web.accounts.models import Organisation
from plats.web.partners.actions import create_agreement, create_commitment
from plats.web.partners.kinds import CommitmentState, FocusTopic, MadeIn
from plats.web.partners.models import Agreement, Commitment

AGREEMENT = "Överenskommelse om trygga gårdar (exempel)"
PROMISE = "Belysa gångvägarna mellan husen (exempel)"


def make() -> None:
    """An agreement between three of the example world's organisations, and what the housing company has promised."""
    committee = _organisation("Kommunstyrelsen (exempel)")
    housing = _organisation("Bostadsbolaget (exempel)")
    police = _organisation("Lokalpolisområde Huddinge (exempel)")
    if committee is None or housing is None or police is None:
        return
    agreement = Agreement.objects.filter(title=AGREEMENT).first() or create_agreement(
        by=None,
        organisation=committee,
        values={
            "title": AGREEMENT,
            "purpose": "Gårdar och gångvägar ska vara trygga hela dygnet.",
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2027, 12, 31),
            "renew_by": date(2027, 6, 30),
            "is_example": True,
            "is_public": True,
        },
        parties=[committee, housing, police],
        topics=[FocusTopic.PUBLIC_SPACE.value, FocusTopic.CHILDREN.value],
    )
    if not Commitment.objects.filter(title=PROMISE).exists():
        create_commitment(
            by=None,
            organisation=housing,
            values={
                "title": PROMISE,
                "made_in": MadeIn.AGREEMENT.value,
                "made_on": date(2026, 1, 15),
                "agreement": agreement,
                "who": housing,
                "due_on": date(2026, 12, 15),
                "state": CommitmentState.UNDER_WAY.value,
                "state_on": date(2026, 9, 1),
                "evidence": "Två av fem gångvägar är klara (exempel).",
                "is_example": True,
                "is_public": True,
            },
        )


# Internals


def _organisation(name: str) -> Organisation | None:
    found: Organisation | None = Organisation.objects.filter(name=name).first()
    return found
