"""Commitments in the read API: what has been promised, by whom, and what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from plats.web.common.rest.paging import PageQuery, next_address
from plats.web.common.rest.parts import OwnerPart, Part, answer, described
from plats.web.common.rest.problems import not_found
from plats.web.partners import queries_api
from plats.web.partners.kinds import CommitmentState, MadeIn
from plats.web.partners.models import Commitment

router = Router(by_alias=True)


class AgreementPart(Part):
    """The published agreement in which something was promised."""

    id: UUID
    title: str


class CommitmentPart(Part):
    """A commitment. State `unknown` means that nobody has shown anything."""

    id: UUID
    title: str
    owner: OwnerPart
    who: OwnerPart | None
    made_in: MadeIn
    made_on: date
    agreement: AgreementPart | None
    due_on: date | None
    state: CommitmentState
    state_on: date | None
    evidence: str
    evidence_url: str
    as_of: date | None
    source_title: str
    source_url: str
    is_example: bool


class CommitmentPage(Part):
    items: tuple[CommitmentPart, ...]
    next: str | None


class CommitmentQuery(PageQuery):
    state: CommitmentState | None = Field(None, description="Läge. / State.")


_EXAMPLE = CommitmentPart(
    id=UUID("00000000-0000-4000-8000-000000000001"),
    title="Fler lärare (exempel)",
    owner=OwnerPart(name="Kommunstyrelsen (exempel)"),
    who=None,
    made_in=MadeIn.ANSWER,
    made_on=date(2023, 2, 13),
    agreement=None,
    due_on=None,
    state=CommitmentState.UNKNOWN,
    state_on=None,
    evidence="",
    evidence_url="",
    as_of=date(2023, 2, 13),
    source_title="Exempel",
    source_url="",
    is_example=True,
)


@router.get(
    "/commitments",
    response=CommitmentPage,
    url_name="commitments",
    summary="Åtaganden",
    description="Publicerade åtaganden: vad, vem, när, läge, underlag. / Published commitments.",
    openapi_extra=described(CommitmentPage(items=(_EXAMPLE,), next=None)),
)
def commitments(request: HttpRequest, query: Query[CommitmentQuery]) -> HttpResponse:
    page = queries_api.commitments_page(query, query.state)
    return answer(CommitmentPage(items=tuple(map(_part, page.rows)), next=next_address(request, page)))


@router.get(
    "/commitments/{id}",
    response=CommitmentPart,
    url_name="commitment",
    summary="Ett åtagande",
    description="Ett publicerat åtagande. / One published commitment.",
    openapi_extra=described(_EXAMPLE),
)
def commitment(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002  the name in the address
    found = queries_api.commitment(id)
    if found is None:
        raise not_found(_("Åtagandet finns inte, eller är inte publicerat."))
    return answer(_part(found))


# Internals


def _part(one: Commitment) -> CommitmentPart:
    agreement = one.agreement
    return CommitmentPart(
        id=one.public_id,
        title=one.title,
        owner=OwnerPart(name=one.organisation.name),
        who=OwnerPart(name=one.who.name) if one.who else None,
        made_in=MadeIn(one.made_in),
        made_on=one.made_on,
        agreement=AgreementPart(id=agreement.public_id, title=str(agreement)) if agreement else None,
        due_on=one.due_on,
        state=CommitmentState(one.state),
        state_on=one.state_on,
        evidence=one.evidence,
        evidence_url=one.evidence_url,
        as_of=one.as_of,
        source_title=one.source_title,
        source_url=one.source_url,
        is_example=one.is_example,
    )
