"""The rows that come with the program: real organisations, their agreement and their commitments, all published.

Loaded again and again without harm: a row that is there already is left as it is.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from plats.web.accounts.actions import create_organisation
from plats.web.accounts.models import Organisation
from plats.web.partners.actions import create_agreement, create_commitment, create_page
from plats.web.partners.kinds import MadeIn
from plats.web.partners.models import Agreement, Commitment, PartnerPage
from plats.web.places.rules import slug_of

SAID_ON = date(2023, 2, 13)
SOURCE = "Interpellationssvar 2023-02-13, kommunfullmäktige i Huddinge"
OWNER = "Kommunstyrelsen"


def load_organisations(rows: list[dict[str, Any]]) -> int:
    """Take up the organisations that are not there, each with its public page."""
    new = 0
    for row in rows:
        found = Organisation.objects.filter(name__iexact=row["name"]).first()
        organisation = found or create_organisation(by=None, name=row["name"], kind=row["kind"])
        if not PartnerPage.objects.filter(organisation=organisation).exists():
            create_page(by=None, organisation=organisation, slug=slug_of(row["name"]), about=row["about"])
            new += 1
    return new


def load_agreements(rows: list[dict[str, Any]]) -> int:
    """Write down the agreements that are not there."""
    new = 0
    for row in rows:
        if _agreement(row["title"]) is not None:
            continue
        fields = ("title", "purpose", "starts_on", "ends_on", "as_of", "source_title")
        create_agreement(
            by=None,
            organisation=_organisation(row["owner"]),
            values={name: row[name] for name in fields} | {"is_public": True},
            parties=[_organisation(name) for name in row["parties"]],
            topics=row["focus_areas"],
        )
        new += 1
    return new


def load_commitments(rows: list[dict[str, Any]]) -> int:
    """Write down the commitments that are not there; the state is unknown where nobody has shown anything."""
    new = 0
    owner = _organisation(OWNER)
    for row in rows:
        if Commitment.objects.filter(title=row["title"], organisation=owner, is_example=False).exists():
            continue
        create_commitment(by=None, organisation=owner, values=_values(row))
        new += 1
    return new


# Internals


def _values(row: dict[str, Any]) -> dict[str, Any]:
    kept = ("title", "state", "state_on", "evidence", "evidence_url")
    return {name: row[name] for name in kept if name in row} | {
        "made_in": row.get("made_in", MadeIn.ANSWER.value),
        "made_on": SAID_ON,
        "as_of": SAID_ON,
        "who": _organisation(row["who"]),
        "agreement": _agreement(row["agreement"]) if "agreement" in row else None,
        "source_title": SOURCE,
        "is_public": True,
    }


def _organisation(name: str) -> Organisation:
    found: Organisation = Organisation.objects.get(name__iexact=name)
    return found


def _agreement(title: str) -> Agreement | None:
    found: Agreement | None = Agreement.objects.filter(title=title, is_example=False).first()
    return found
