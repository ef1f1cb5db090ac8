"""What is done with efforts. Each act is one transaction with its entry in the audit chain.

`by` is None for the command line, which loads the rows that come with the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import NotAllowedError, require
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import Record, recorded
from plats.web.efforts import rules
from plats.web.efforts.models import (
    Effort,
    EffortGoal,
    EffortPartner,
    EffortPlace,
    EffortResource,
    EffortStatus,
    ServiceReach,
)
from plats.web.efforts.permissions import WRITE
from plats.web.goals.models import Goal
from plats.web.partners.writing import free_slug, kept
from plats.web.places.models import Place
from plats.web.places.territory import gone_places


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """What belongs to a new effort: its places with their shares in millionths (None: unknown), who takes part, what
    it takes and how one reaches it, the last two as fields by name."""

    places: Mapping[Place, int | None] = field(default_factory=dict)
    partners: Iterable[Organisation] = ()
    resources: Iterable[Mapping[str, Any]] = ()
    services: Iterable[Mapping[str, Any]] = ()


def create_effort(
    *,
    by: User | None,
    organisation: Organisation,
    values: Mapping[str, Any],
    belonging: Belonging | None = None,
) -> Effort:
    """Write a new effort with all that belongs to it, and the state it begins in.

    Raises ValidationError, field by field: a problem and a cause are required, and shares are at most the whole.
    Someone whose role is for some places must name places among those, and at least one.
    """
    belongs = belonging or Belonging()
    require(by, organisation, WRITE)
    _check_shares(belongs.places)
    _check_reach(by, organisation, {one.pk for one in belongs.places}, required=True)
    _check_there(belongs.places)
    with recorded(by=by, act="effort.create", organisation=organisation) as record:
        effort = Effort(
            organisation=organisation, created_by=by, slug=free_slug(Effort, values["title"]), **values
        )
        _checked(effort).save()
        record.created(effort)
        _set_places(record, effort, belongs.places)
        _set_partners(record, effort, belongs.partners)
        for one in belongs.resources:
            _add(record, EffortResource(effort=effort, **one))
        for one in belongs.services:
            _add(record, ServiceReach(effort=effort, **one))
        _add(record, EffortStatus(effort=effort, state=effort.state))
    return effort


def change_effort(
    *,
    by: User,
    effort: Effort,
    revision: int,
    values: Mapping[str, Any],
    places: Mapping[Place, int | None] | None = None,
    reason: str = "",
) -> Effort:
    """Write what has changed; another state goes into the history with its reason.

    Raises ConflictError when someone else has changed it since it was read, and ValidationError as when it is made.
    """
    require_may_change(by=by, effort=effort)
    if places is not None:
        _check_shares(places)
        before_places = dict(
            EffortPlace.objects.filter(effort=effort).values_list("place_id", "share_millionths")
        )
        wanted = {one.pk: share for one, share in places.items()}
        # What is taken away or shared out anew is written about as much as what is added.
        touched = {pk for pk, _share in before_places.items() ^ wanted.items()}
        _check_reach(by, effort.organisation, touched)
        _check_there([one for one in places if one.pk not in before_places])
    with recorded(by=by, act="effort.change", organisation=effort.organisation, reason=reason) as record:
        current = locked_at_revision(effort, revision, values)
        record.watch(current)
        before = current.state
        changed = kept(current, dict(values))
        _checked(current).save(update_fields=changed)
        if places is not None:
            _set_places(record, current, places)
        if current.state != before:
            _add(record, EffortStatus(effort=current, state=current.state, reason=reason))
    return current


def tie(*, by: User, effort: Effort, goal: Goal) -> EffortGoal:
    """Say that an effort is for a goal: those who write the effort may, and those who write the goal.

    Tied already, nothing is written. Raises NotAllowedError when one sees either of them only.
    """
    _require_may_tie(by, effort, goal)
    found: EffortGoal | None = EffortGoal.objects.filter(effort=effort, goal=goal).first()
    if found is not None:
        return found
    with recorded(by=by, act="effort.tie", organisation=goal.organisation) as record:
        new = EffortGoal(effort=effort, goal=goal)
        _add(record, new)
    return new


def untie(*, by: User, effort: Effort, goal: Goal) -> None:
    """Say that an effort is no longer for a goal. Not tied, nothing is written."""
    _require_may_tie(by, effort, goal)
    found = EffortGoal.objects.filter(effort=effort, goal=goal).first()
    if found is not None:
        with recorded(by=by, act="effort.untie", organisation=goal.organisation) as record:
            record.removed(found)
            found.delete()


def require_may_change(*, by: User, effort: Effort) -> None:
    """Go on if `by` may change the effort. Raises NotAllowedError."""
    if not Effort.objects.changeable_by(by).filter(pk=effort.pk).exists():
        raise NotAllowedError(f"{by.public_id}: effort.write {effort.public_id}")


# Internals


def _require_may_tie(by: User, effort: Effort, goal: Goal) -> None:
    both = (
        Effort.objects.visible_to(by).filter(pk=effort.pk).exists()
        and Goal.objects.visible_to(by).filter(pk=goal.pk).exists()
    )
    writes = (
        Effort.objects.changeable_by(by).filter(pk=effort.pk).exists()
        or Goal.objects.changeable_by(by).filter(pk=goal.pk).exists()
    )
    if not (both and writes):
        raise NotAllowedError(f"{by.public_id}: effort.tie {effort.public_id} {goal.public_id}")


def _check_reach(
    by: User | None, organisation: Organisation, named: set[int], *, required: bool = False
) -> None:
    """Whoever's role is for some places writes about those only. `named` are the places' numbers."""
    held = None if by is None else by.grants.places_by_organisation(WRITE.id).get(organisation.pk)
    if held is not None and (named - held or (required and not named)):
        raise ValidationError({"places": _("Din roll gäller för vissa platser. Välj bara bland dem.")})


def _check_there(places: Iterable[Place]) -> None:
    """Nothing new is put where the newest edition of the division has no area."""
    named = list(places)
    gone = gone_places() if named else frozenset()
    for one in named:
        if one.pk in gone:
            told = _("%(place)s finns inte i den senaste indelningen. Välj en plats som finns.")
            raise ValidationError({"places": told % {"place": one.name}})


def _check_shares(places: Mapping[Place, int | None]) -> None:
    if rules.too_much(places.values()):
        raise ValidationError(
            {"places": _("Andelarna är tillsammans mer än hela insatsen. Rätta så att de är högst 100 %.")}
        )


def _checked(effort: Effort) -> Effort:
    effort.full_clean(exclude=["created_by"])
    return effort


def _add(record: Record, row: Any) -> Any:
    row.full_clean()
    row.save()
    record.created(row)
    return row


def _set_places(record: Record, effort: Effort, wanted: Mapping[Place, int | None]) -> None:
    by_pk = {place.pk: (place, share) for place, share in wanted.items()}
    for one in EffortPlace.objects.filter(effort=effort):
        place, share = by_pk.pop(one.place_id, (None, None))
        if place is None:
            record.removed(one)
            one.delete()
        elif one.share_millionths != share:
            record.watch(one)
            one.share_millionths = share
            one.save()
    for place, share in by_pk.values():
        _add(record, EffortPlace(effort=effort, place=place, share_millionths=share))


def _set_partners(record: Record, effort: Effort, wanted: Iterable[Organisation]) -> None:
    for organisation in wanted:
        _add(record, EffortPartner(effort=effort, organisation=organisation))
