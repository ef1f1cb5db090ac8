"""Reads: what the pages of partners show, each in a fixed number of questions to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from plats.catalog.dated import Parameter
from plats.catalog.load import catalog
from plats.web.accounts.kinds import MUNICIPAL
from plats.web.accounts.models import Organisation
from plats.web.partners.kinds import CommitmentState
from plats.web.partners.models import Agreement, CitizenPromise, Commitment, DutyState, PartnerPage
from plats.web.partners.rules import Term, overlap, term_on
from plats.web.places.models import Place
from plats.web.places.territory import places_around


@dataclass(frozen=True, slots=True)
class Promises:
    """The list of promises, narrowed, and what can be chosen."""

    rows: list[Commitment]
    every: list[Commitment]
    makers: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty in law, and how far the organisation has come; None when nothing has been written."""

    id: str
    definition: Parameter
    state: DutyState | None


def pages() -> list[PartnerPage]:
    """The organisations with a published page, by name. One query."""
    found = PartnerPage.objects.filter(is_public=True).select_related("organisation")
    return list(found.order_by("organisation__is_example", "organisation__name"))


def page(slug: str) -> PartnerPage | None:
    """The page with the functions one turns to. Two queries."""
    found: PartnerPage | None = (
        PartnerPage.objects.filter(is_public=True, slug=slug)
        .select_related("organisation")
        .prefetch_related("contacts")
        .first()
    )
    return found


def agreements(user: Any, today: date) -> list[tuple[Term, list[Agreement]]]:
    """The agreements one sees, by where today lies in their periods: in force, coming, expired. Two queries."""
    found = _whole_agreements(user).order_by("is_example", "-starts_on", "title")
    by_term: dict[Term, list[Agreement]] = {term: [] for term in (Term.IN_FORCE, Term.COMING, Term.EXPIRED)}
    for one in found:
        by_term[term_on(today, starts_on=one.starts_on, ends_on=one.ends_on)].append(one)
    return [(term, rows) for term, rows in by_term.items() if rows]


def agreement(user: Any, slug: str) -> Agreement | None:
    """The agreement, if this person may see it, with all that belongs to it. Ten queries at most.

    What it renews, and what renews it, is told to those who see that agreement too.
    """
    seen = Agreement.objects.visible_to(user)
    found: Agreement | None = (
        _whole_agreements(user)
        .filter(slug=slug)
        .prefetch_related(
            "focus_areas__activities__responsible",
            "follow_ups",
            Prefetch("renews", seen),
            Prefetch("renewals", seen.order_by("starts_on", "pk")),
        )
        .first()
    )
    return found


def agreements_of(user: Any, organisation: Organisation) -> list[Agreement]:
    """The agreements one sees that an organisation is a party to."""
    found = _whole_agreements(user).filter(parties__organisation=organisation)
    return list(found.order_by("-starts_on", "title"))


def promises_here(user: Any, place: Place, day: date) -> list[CitizenPromise]:
    """The citizen promises in force that day in a place, in what lies in it and in what it lies in.

    One query when nothing is promised anywhere; three when something is.
    """
    rows = CitizenPromise.objects.visible_to(user).filter(
        place__isnull=False, starts_on__lte=day, ends_on__gte=day
    )
    found = list(
        rows.select_related("place", "responsible").order_by("is_example", "-starts_on", "title", "pk")
    )
    around = places_around(place) if found else frozenset()
    return [one for one in found if one.place_id in around]


def promises_by(user: Any, organisation: Organisation) -> list[CitizenPromise]:
    """The citizen promises one sees that an organisation answers for, the latest first. Two queries."""
    rows = _whole_promises(user).filter(responsible=organisation)
    return list(rows.order_by("-starts_on", "title", "pk"))


def commitments_in(user: Any, one: Agreement) -> list[Commitment]:
    return list(_whole_commitments(user).filter(agreement=one))


def commitments_by(user: Any, organisation: Organisation) -> list[Commitment]:
    return list(_whole_commitments(user).filter(who=organisation))


def citizen_promises(user: Any, agreement: Agreement | None = None) -> list[CitizenPromise]:
    """The citizen promises one sees, or those of an agreement: the latest first. Two queries."""
    rows = _whole_promises(user)
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    return list(rows.order_by("is_example", "-starts_on", "title", "pk"))


def citizen_promise(user: Any, slug: str) -> CitizenPromise | None:
    found: CitizenPromise | None = _whole_promises(user).filter(slug=slug).first()
    return found


def address_of(user: Any, public_id: UUID) -> str:
    """Where the agreement, commitment or citizen promise with this number is read; '' when one sees none such."""
    for model in (Agreement, Commitment, CitizenPromise):
        found = model.objects.visible_to(user).filter(public_id=public_id).first()
        if found is not None:
            return str(found.get_absolute_url())
    return ""


def promises(user: Any, state: str, maker: str) -> Promises:
    """Every commitment one sees, and those of one state and maker. What is not known narrows nothing. Two queries."""
    every = list(_whole_commitments(user).order_by("is_example", "-made_on", "title"))
    makers = sorted({(str(one.who.public_id), one.who.name) for one in every if one.who}, key=lambda m: m[1])
    rows = [one for one in every if not state or state not in CommitmentState.values or one.state == state]
    if maker in dict(makers):
        rows = [one for one in rows if one.who and str(one.who.public_id) == maker]
    return Promises(rows, every, makers)


def commitment(user: Any, slug: str) -> Commitment | None:
    found: Commitment | None = _whole_commitments(user).filter(slug=slug).first()
    return found


def overlapping(user: Any, one: Agreement) -> list[Agreement]:
    """Other agreements one sees in the same time, between the same parties, about something that both are about."""
    return overlapping_with(
        user,
        (one.starts_on, one.ends_on),
        {party.organisation_id for party in one.parties.all()},
        {area.topic for area in one.focus_areas.all()},
        one,
    )


def overlapping_with(
    user: Any,
    period: tuple[date, date],
    parties: set[int],
    topics: set[str],
    apart_from: Agreement | None = None,
) -> list[Agreement]:
    """The agreements one sees that share a day, every party and a focus area with this. Three queries."""
    found = _whole_agreements(user).filter(starts_on__lte=period[1], ends_on__gte=period[0])
    if apart_from is not None:
        found = found.exclude(pk=apart_from.pk)
    return [
        other
        for other in found.order_by("starts_on", "pk")
        if overlap(period, (other.starts_on, other.ends_on))
        and {party.organisation_id for party in other.parties.all()} == parties
        and {area.topic for area in other.focus_areas.all()} & topics
    ]


def duty_ids() -> list[str]:
    """The duties of lag (2023:196), in the order of the catalog's file names."""
    return sorted(one.removeprefix("duties/") for one in catalog().parameters if one.startswith("duties/"))


def duties(user: Any, organisation: Organisation) -> list[DutyRow]:
    """Every duty with how far the organisation has come. One query."""
    written = DutyState.objects.visible_to(user).filter(organisation=organisation)
    states = {one.duty: one for one in written}
    return [DutyRow(one, catalog().parameters[f"duties/{one}"], states.get(one)) for one in duty_ids()]


def municipal(user: Any) -> list[Organisation]:
    """The municipality's own organisations whose duties this person may read: the law is the municipality's."""
    mine = (
        Organisation.objects.visible_to(user).open().filter(pk__in=user.grants.organisation_ids("duty.read"))
    )
    return list(mine.filter(kind__in=MUNICIPAL).order_by("name"))


def today() -> date:
    return timezone.localdate()


# Internals


def _whole_agreements(user: Any) -> Any:
    rows = Agreement.objects.visible_to(user).select_related("organisation")
    return rows.prefetch_related("parties__organisation", "focus_areas")


def _whole_commitments(user: Any) -> Any:
    seen = Agreement.objects.visible_to(user)
    rows = Commitment.objects.visible_to(user).select_related("organisation", "who")
    return rows.prefetch_related(Prefetch("agreement", seen))


def _whole_promises(user: Any) -> Any:
    seen = Agreement.objects.visible_to(user)
    rows = CitizenPromise.objects.visible_to(user).select_related("organisation", "responsible", "place")
    return rows.prefetch_related(Prefetch("agreement", seen))
