"""Writes: a plan done whole, in one act. Each effort has its entry; a file that is half right writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.accounts.models import User
from plats.web.audit.recording import Record, recorded
from plats.web.efforts.exchange.bulk import Change, Chosen, Outcome, outcomes
from plats.web.efforts.exchange.content import (
    GOALS,
    PARTNERS,
    PLACES,
    RESOURCES,
    SERVICES,
    Content,
    columns,
    written,
)
from plats.web.efforts.exchange.planning import Fate, Plan, Progress, Row
from plats.web.efforts.exchange.world import RESOURCE_FIELDS, SERVICE_FIELDS, World
from plats.web.efforts.models import (
    Effort,
    EffortGoal,
    EffortPartner,
    EffortPlace,
    EffortResource,
    EffortStatus,
    ServiceReach,
)
from plats.web.places.rules import slug_of

T = TypeVar("T")
BATCH = 500
_LONGEST_SLUG = 80
_BELONGING: dict[str, tuple[Any, str]] = {
    GOALS: (EffortGoal, "goals"),
    PLACES: (EffortPlace, "places"),
    PARTNERS: (EffortPartner, "partners"),
    RESOURCES: (EffortResource, "resources"),
    SERVICES: (ServiceReach, "services"),
}


class ExchangeError(ValueError):
    """A plan that cannot be done; the message says what to do."""


class BulkError(Exception):
    """Some of the chosen cannot be changed; `outcomes` says which and why."""

    def __init__(self, told: list[Outcome]) -> None:
        super().__init__(_("Inget är skrivet: några av insatserna går inte att ändra."))
        self.outcomes = told


def do_plan(*, by: User | None, plan: Plan, progress: Progress = lambda _done, _total: None) -> int:
    """Write what the plan says, all or nothing. Returns how many efforts were new or changed.

    Raises ExchangeError when a row is refused, or has changed since the plan was made.
    """
    if plan.of(Fate.REFUSED):
        raise ExchangeError(_("Inget är skrivet: rätta raderna som avvisats och läs in filen igen."))
    new, changed = plan.of(Fate.NEW), plan.of(Fate.CHANGED)
    total = len(new) + len(changed)
    if not total:
        return 0
    done = 0
    with recorded(by=by, act="effort.import", reason=_("Inläst ur fil")) as record:
        slugs = _Slugs()
        for batch in _batches(new):
            _create(batch, plan.world, slugs, by=by, record=record)
            done += len(batch)
            progress(done, total)
        for batch in _batches(changed):
            _change(batch, plan.world, record=record)
            done += len(batch)
            progress(done, total)
    return total


def change_many(*, by: User, chosen: Sequence[Chosen], change: Change) -> list[Outcome]:
    """The same change of many efforts, in one act with an entry for each. All or nothing.

    Raises BulkError with every outcome when one cannot be changed.
    """
    told = outcomes(by=by, chosen=chosen, change=change)
    if not any(one.changes or one.refusal for one in told):
        return told
    with recorded(by=by, act="effort.bulk", reason=_("Flera ändrade på en gång")) as record:
        # Locked first, so that what is told is what is written.
        list(Effort._base_manager.select_for_update().filter(public_id__in=[one.number for one in chosen]))
        told = outcomes(by=by, chosen=chosen, change=change)
        if any(one.refusal for one in told):
            raise BulkError(told)
        touched = [one.effort for one in told if one.effort and one.changes]
        moved = [one for one in touched if change.state and one.state != change.state]
        for effort in touched:
            _change_one(effort, change, record)
        Effort.objects.bulk_update(
            touched, ["state", "is_public", "revision", "changed_at"], batch_size=BATCH
        )
        _note_states(moved)
        if not touched:
            record.noted(kind=Effort.object_kind, note="nothing left to change")
    return told


# Internals


def _change_one(effort: Effort, change: Change, record: Record) -> None:
    told: dict[str, Any] = {}
    if change.state and effort.state != change.state:
        told["state"] = [effort.state, str(change.state)]
        effort.state = str(change.state)
    if change.public is not None and effort.is_public != change.public:
        told["is_public"] = [effort.is_public, change.public]
        effort.is_public = change.public
    if change.goal:
        _link, is_new = EffortGoal.objects.get_or_create(effort=effort, goal=change.goal)
        if is_new:
            told["goals"] = [None, change.goal.slug]
    effort.revision += 1
    effort.changed_at = timezone.now()
    record.noted(kind=Effort.object_kind, object_id=str(effort.public_id), values=told)


class _Slugs:
    """Addresses that no effort has, without asking the database for each."""

    def __init__(self) -> None:
        self._taken = set(Effort._base_manager.values_list("slug", flat=True))
        self._next: dict[str, int] = {}

    def take(self, title: str) -> str:
        stem = slug_of(title)[:_LONGEST_SLUG].rstrip("-") or Effort.object_kind
        number, slug = self._next.get(stem, 1), stem
        while slug in self._taken:
            number += 1
            slug = f"{stem}-{number}"
        self._next[stem] = number
        self._taken.add(slug)
        return slug


def _batches(rows: Sequence[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _create(rows: list[Row], world: World, slugs: _Slugs, *, by: User | None, record: Record) -> None:
    efforts = []
    for row in rows:
        content = _content(row)
        efforts.append(
            Effort(
                organisation_id=world.organisations[content.organisation],
                slug=slugs.take(content.values["title"]),
                created_by=by,
                **content.values,
            )
        )
    Effort.objects.bulk_create(efforts)
    pairs = [(effort, _content(row)) for effort, row in zip(efforts, rows, strict=True)]
    for heading in _BELONGING:
        _add(heading, pairs, world)
    _note_states(efforts)
    for effort, content in pairs:
        told = {name: [None, value] for name, value in content.values.items() if value not in ("", None)}
        cells = written(content)
        told |= {name: [None, cells[heading]] for heading, (_m, name) in _BELONGING.items() if cells[heading]}
        record.noted(kind=Effort.object_kind, object_id=str(effort.public_id), values=told)


def _change(rows: list[Row], world: World, *, record: Record) -> None:
    there = {row.known.effort.pk: row for row in rows if row.known}
    locked = list(Effort._base_manager.select_for_update().filter(pk__in=there).order_by("pk"))
    _check_unchanged(locked, there)
    names = {column.heading: column.name for column in columns()}
    pairs, moved = [], []
    for effort in locked:
        row = there[effort.pk]
        content, changes = _content(row), row.changes or {}
        told: dict[str, Any] = {}
        for heading in changes:
            if heading in names:
                told[names[heading]] = [getattr(effort, names[heading]), content.values[names[heading]]]
                setattr(effort, names[heading], content.values[names[heading]])
            else:
                told[_BELONGING[heading][1]] = list(changes[heading])
        if "state" in told:
            moved.append(effort)
        effort.revision += 1
        effort.changed_at = timezone.now()
        pairs.append((effort, content, changes))
        record.noted(kind=Effort.object_kind, object_id=str(effort.public_id), values=told)
    touched_names = {names[heading] for _e, _c, changes in pairs for heading in changes if heading in names}
    Effort.objects.bulk_update(locked, [*sorted(touched_names), "revision", "changed_at"])
    for heading in _BELONGING:
        touched = [(effort, content) for effort, content, changes in pairs if heading in changes]
        _remove(heading, [effort for effort, _content in touched], world)
        _add(heading, touched, world)
    _note_states(moved)


def _check_unchanged(locked: list[Effort], there: dict[int, Row]) -> None:
    """Between the plan and the act others may have written."""
    planned = {pk: row.known.effort.revision for pk, row in there.items() if row.known}
    if len(locked) < len(there) or any(effort.revision != planned[effort.pk] for effort in locked):
        raise ExchangeError(
            _("Någon annan ändrade en av insatserna samtidigt. Inget är skrivet. Läs in filen igen.")
        )


def _content(row: Row) -> Content:
    if row.content is None:
        raise ExchangeError(_("Raden har inget att skriva."))
    return row.content


def _remove(heading: str, efforts: list[Effort], world: World) -> None:
    model = _BELONGING[heading][0]
    rows = model.objects.filter(effort__in=[effort.pk for effort in efforts])
    if model is EffortGoal:
        # A goal that one may not see is not touched.
        rows = rows.filter(goal__in=list(world.goals.values()))
    if efforts:
        rows.delete()


def _add(heading: str, pairs: list[tuple[Effort, Content]], world: World) -> None:
    model = _BELONGING[heading][0]
    rows = [
        model(effort=effort, **values)
        for effort, content in pairs
        for values in _values(heading, content, world)
    ]
    if rows:
        model.objects.bulk_create(rows, batch_size=BATCH)


def _values(heading: str, content: Content, world: World) -> Iterator[dict[str, Any]]:
    """The fields of each thing that belongs to an effort."""
    if heading == GOALS:
        yield from ({"goal_id": world.goals[slug]} for slug in content.goals)
    elif heading == PLACES:
        for place, share in content.places:
            yield {"place_id": world.places[place], "share_millionths": share}
    elif heading == PARTNERS:
        for name, part in content.partners:
            yield {"organisation_id": world.organisations[name], "part": part}
    else:
        fields = RESOURCE_FIELDS if heading == RESOURCES else SERVICE_FIELDS
        for parts in content.resources if heading == RESOURCES else content.services:
            values = dict(zip(fields, parts, strict=True))
            place = values.pop("place")
            yield {**values, "place_id": world.places[place] if place else None}


def _note_states(efforts: list[Effort]) -> None:
    """The state an effort came into stands in its history, with where it was told."""
    today, reason = timezone.localdate(), _("Inläst ur fil")
    EffortStatus.objects.bulk_create(
        [EffortStatus(effort=one, state=one.state, since=today, reason=reason) for one in efforts]
    )
