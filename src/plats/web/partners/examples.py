"""What `plats demo` shows of agreements and commitments. All of it is invented, and marked so."""

from __future__ import annotations

from datetime import date

from plats.web.accounts.models import Organisation
from plats.web.partners.actions import (
    add_contact,
    add_part,
    create_agreement,
    create_commitment,
    create_page,
    create_promise,
)
from plats.web.partners.kinds import ActivityState, CommitmentState, FocusTopic, MadeIn
from plats.web.partners.models import Activity, Agreement, AgreementFollowUp, Commitment, PartnerPage

AGREEMENT = "Överenskommelse om trygga gårdar (exempel)"
VOW = "Vi går trygghetsvandring på varje gård två gånger om året (exempel)"
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

    _plan(agreement, housing, police)
    _page(housing)


# Internals


def _plan(agreement: Agreement, housing: Organisation, police: Organisation) -> None:
    """What is to be done, how it has gone, and what those who live there are promised."""
    if agreement.follow_ups.exists():
        return
    area = agreement.focus_areas.get(topic=FocusTopic.PUBLIC_SPACE)
    for what, who, due_on, state in (
        ("Gå igenom belysningen på gårdarna (exempel)", housing, date(2026, 5, 31), ActivityState.DONE),
        ("Gå trygghetsvandring på varje gård (exempel)", police, date(2026, 12, 31), ActivityState.UNDER_WAY),
    ):
        row = Activity(focus_area=area, what=what, responsible=who, due_on=due_on, state=state)
        add_part(by=None, agreement=agreement, row=row)
    add_part(
        by=None,
        agreement=agreement,
        row=AgreementFollowUp(
            agreement=agreement,
            followed_on=date(2026, 9, 15),
            outcome="Belysningen är genomgången. Trygghetsvandringarna har börjat på två gårdar (exempel).",
            next_on=date(2027, 3, 15),
        ),
    )
    create_promise(
        by=None,
        organisation=agreement.organisation,
        values={
            "title": VOW,
            "theme": "Trygghet på gården (exempel)",
            "agreement": agreement,
            "starts_on": date(2026, 2, 1),
            "ends_on": date(2026, 12, 31),
            "responsible": police,
            "activities": "Vi frågar dem som bor på gården vad som ska göras först (exempel).",
            "is_example": True,
            "is_public": True,
        },
    )


def _page(housing: Organisation) -> None:
    """The housing company's page for the public, with a function to turn to."""
    if PartnerPage.objects.filter(organisation=housing).exists():
        return
    about = "Vi äger och sköter hyresbostäder (exempel)."
    page = create_page(by=None, organisation=housing, slug="bostadsbolaget-exempel", about=about)
    values = {
        "function": "Trygghetsvärden (exempel)",
        "matter": "Trygghet på gården (exempel)",
        "opening_hours": "Vardagar klockan 9–12 (exempel)",
    }
    add_contact(by=None, page=page, values=values)


def _organisation(name: str) -> Organisation | None:
    found: Organisation | None = Organisation.objects.filter(name=name).first()
    return found
