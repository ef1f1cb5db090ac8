"""Agreements: written, changed, and renewed by a new one that follows on the old."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked
from plats.web.accounts.conflicts import ConflictError, Difference, locked_at_revision
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import Record, recorded
from plats.web.partners.allowed import require_may_change, require_may_write
from plats.web.partners.kinds import FocusTopic
from plats.web.partners.models import Activity, Agreement, AgreementParty, FocusArea
from plats.web.partners.writing import free_slug, kept


def create_agreement(
    *,
    by: User | None,
    organisation: Organisation,
    values: dict[str, Any],
    parties: Iterable[Organisation],
    topics: Iterable[str],
) -> Agreement:
    """Write a new agreement with its parties and what they give priority to, in order.

    Raises ValidationError, field by field, when something is missing or wrong.
    """
    require_may_write(by, organisation, "agreement.write")
    with recorded(by=by, act="agreement.create", organisation=organisation) as record:
        return _written(record, organisation, values, parties, topics)


def change_agreement(
    *,
    by: User,
    agreement: Agreement,
    revision: int,
    values: dict[str, Any],
    parties: Iterable[Organisation],
    topics: Iterable[str],
) -> Agreement:
    """Write what has changed, parties and focus areas too.

    Raises ConflictError when someone else has changed it since it was read, and ValidationError when an activity would
    be left without its focus area or without the party that answers for it.
    """
    require_may_change(by, agreement)
    wanted = (list(parties), list(topics))
    with recorded(by=by, act="agreement.change", organisation=agreement.organisation) as record:
        try:
            current = locked_at_revision(agreement, revision, values)
        except ConflictError as error:
            raise ConflictError(error.obj, [*error.differences, *_belonging(error.obj, *wanted)]) from error
        _refuse_leaving_behind(current, *wanted)
        record.watch(current)
        changed = kept(current, values)
        current.full_clean()
        current.save(update_fields=changed)
        _set_parties(record, current, wanted[0])
        _set_topics(record, current, wanted[1])
    return current


def renew_agreement(
    *,
    by: User,
    agreement: Agreement,
    values: dict[str, Any],
    parties: Iterable[Organisation],
    topics: Iterable[str],
) -> Agreement:
    """Write the agreement that follows on this one. The old one stays as it was agreed, and expires on its day.

    Raises ValidationError when it has been renewed already, or when the new one would begin before the old did.
    """
    require_may_change(by, agreement)
    with recorded(by=by, act="agreement.renew", organisation=agreement.organisation) as record:
        old = locked(agreement)  # so that two who renew it at once come one after the other
        if old.renewals.exists():
            raise ValidationError(_("Överenskommelsen är redan förnyad. Ändra den nya i stället."))
        if values["starts_on"] <= old.starts_on:
            raise ValidationError(
                {"starts_on": _("Den nya kan inte börja före den gamla. Välj en senare dag.")}
            )
        return _written(record, agreement.organisation, values | {"renews": old}, parties, topics)


# Internals


def _written(
    record: Record,
    organisation: Organisation,
    values: dict[str, Any],
    parties: Iterable[Organisation],
    topics: Iterable[str],
) -> Agreement:
    slug = free_slug(Agreement, values["title"])
    said = {"handler": record.by} | values
    agreement = Agreement(organisation=organisation, created_by=record.by, slug=slug, **said)
    agreement.full_clean(exclude=["created_by"])
    agreement.save()
    record.created(agreement)
    for party in parties:
        record.created(AgreementParty.objects.create(agreement=agreement, organisation=party))
    for position, topic in enumerate(topics):
        record.created(FocusArea.objects.create(agreement=agreement, topic=topic, position=position))
    return agreement


def _belonging(agreement: Any, parties: list[Organisation], topics: list[str]) -> list[Difference]:
    """Parties and focus areas where they differ from what is wanted, in words."""
    names = (
        sorted(str(one) for one in agreement.parties.select_related("organisation")),
        sorted(one.name for one in parties),
    )
    areas = (
        sorted(str(one) for one in agreement.focus_areas.all()),
        sorted(str(FocusTopic(one).label) for one in topics),
    )
    told = ((_("parter"), *names), (_("fokusområden"), *areas))
    return [Difference(label, ", ".join(now), ", ".join(mine)) for label, now, mine in told if now != mine]


def _refuse_leaving_behind(agreement: Agreement, parties: list[Organisation], topics: list[str]) -> None:
    """An activity keeps its focus area and its party: they are moved or taken away first."""
    activities = Activity.objects.filter(focus_area__agreement=agreement).order_by("pk")
    wrong: dict[str, Any] = {}
    area = activities.exclude(focus_area__topic__in=topics).select_related("focus_area").first()
    if area is not None:
        wrong["topics"] = _("%(area)s har aktiviteter. Flytta eller ta bort dem först.") % {
            "area": area.focus_area
        }
    orphan = activities.exclude(responsible=None).exclude(responsible__in=parties).first()
    if orphan is not None:
        wrong["parties"] = _("%(party)s ansvarar för en aktivitet. Välj en annan ansvarig för den först.") % {
            "party": orphan.responsible
        }
    if wrong:
        raise ValidationError(wrong)


def _set_parties(record: Record, agreement: Agreement, wanted: list[Organisation]) -> None:
    there = {one.organisation_id: one for one in agreement.parties.all()}
    for number, party in there.items():
        if number not in {one.pk for one in wanted}:
            record.removed(party)
            party.delete()
    for one in wanted:
        if one.pk not in there:
            record.created(AgreementParty.objects.create(agreement=agreement, organisation=one))


def _set_topics(record: Record, agreement: Agreement, wanted: list[str]) -> None:
    there = {one.topic: one for one in agreement.focus_areas.all()}
    for topic, area in there.items():
        if topic not in wanted:
            record.removed(area)
            area.delete()
    for position, topic in enumerate(wanted):
        if topic not in there:
            record.created(FocusArea.objects.create(agreement=agreement, topic=topic, position=position))
