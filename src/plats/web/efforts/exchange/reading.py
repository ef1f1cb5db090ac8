"""A row's cells as what they mean, or what is wrong with them: which column, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.vocabulary.personal import find_personal
from plats.web.efforts.exchange import cells
from plats.web.efforts.exchange.content import (
    GOALS,
    OWNER,
    PARTNERS,
    PERCENT,
    PLACES,
    RESOURCES,
    SERVICES,
    Column,
    Content,
    columns,
)
from plats.web.efforts.exchange.world import RESOURCE_FIELDS, SERVICE_FIELDS, World
from plats.web.efforts.models import WHOLE, Effort, EffortPartner, EffortResource, ServiceReach

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be written: where it stands and what to do."""

    column: str
    text: str


def read_row(row: Mapping[str, str], world: World) -> tuple[Content, list[Fault]]:
    """What the row says, and all that is wrong with it. The content means something only without faults."""
    faults: list[Fault] = []
    values = {column.name: _value(column, row[column.heading], faults) for column in columns()}
    _check_together(values, faults)
    content = Content(
        organisation=row[OWNER].strip(),
        values=values,
        goals=_goals(row[GOALS], world, faults),
        places=_places(row[PLACES], world, faults),
        partners=_partners(row[PARTNERS], world, faults),
        resources=_resources(row[RESOURCES], world, faults),
        services=_services(row[SERVICES], world, faults),
    )
    return content, faults


# Internals


def _value(column: Column, text: str, faults: list[Fault]) -> Any:
    try:
        value = column.read(text)
    except (ValueError, KeyError):
        said = _("'%(text)s' går inte att läsa. Skriv %(takes)s.")
        faults.append(Fault(column.heading, said % {"text": text[:60], "takes": column.takes}))
        return None
    faults.extend(
        Fault(column.heading, told) for told in _refused(Effort._meta.get_field(column.name), value)
    )
    return value


def _refused(field: Any, value: Any) -> list[str]:
    """Why a field does not take a value: its own rules, and the guard of free text."""
    if value is None or isinstance(value, bool):
        return []
    if value == "":
        return [] if field.blank else [_("Får inte vara tomt. Fyll i det.")]
    if field.choices:
        return []
    try:
        field.run_validators(value)
    except ValidationError as error:
        return [str(message) for message in error.messages]
    if isinstance(value, str) and hasattr(field, "override_allowed") and find_personal(value):
        return [_("Texten ser ut att peka ut en person. Ta bort namn, nummer och adresser till personer.")]
    return []


def _check_together(values: Mapping[str, Any], faults: list[Fault]) -> None:
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        faults.append(Fault("Till och med", _("Slutar före den börjar. Rätta datumen.")))
    ages = (values["age_from"], values["age_to"])
    if None not in ages and ages[1] < ages[0]:
        faults.append(Fault("Ålder till", _("Är lägre än ålder från. Rätta åldrarna.")))


def _goals(text: str, world: World, faults: list[Fault]) -> list[str]:
    found = [line.strip() for line in text.split("\n") if line.strip()]
    for slug in found:
        if slug not in world.goals:
            said = _("Målet '%(text)s' finns inte. Ta adressen från målets sida.")
            faults.append(Fault(GOALS, said % {"text": slug[:60]}))
    _check_once(GOALS, found, faults)
    return found


def _places(text: str, world: World, faults: list[Fault]) -> list[tuple[str, int | None]]:
    found = []
    for place, share in _things(PLACES, text, 2, faults):
        _check_place(PLACES, place, world, faults)
        found.append((place, _part(PLACES, share, _millionths, faults)))
    _check_once(PLACES, [place for place, _share in found], faults)
    if sum(share or 0 for _place, share in found) > WHOLE:
        faults.append(Fault(PLACES, _("Andelarna är tillsammans mer än 100 procent. Sänk någon.")))
    return found


def _partners(text: str, world: World, faults: list[Fault]) -> list[tuple[str, str]]:
    found = []
    for name, part in _things(PARTNERS, text, 2, faults):
        if name not in world.organisations:
            said = _(
                "Organisationen '%(text)s' finns inte. Skriv namnet som det står på sidan Organisationer."
            )
            faults.append(Fault(PARTNERS, said % {"text": name[:60]}))
        _check_field(PARTNERS, EffortPartner, "part", part, faults)
        found.append((name, part))
    _check_once(PARTNERS, [name for name, _part in found], faults)
    return found


def _resources(text: str, world: World, faults: list[Fault]) -> list[tuple[Any, ...]]:
    found = []
    for year, place, source, kronor, hours, seats in _things(RESOURCES, text, len(RESOURCE_FIELDS), faults):
        if place:
            _check_place(RESOURCES, place, world, faults)
        read = (
            _part(RESOURCES, year or "?", cells.whole_of, faults),
            place,
            source,
            _part(RESOURCES, kronor, _ore, faults),
            _part(RESOURCES, hours, cells.whole_of, faults),
            _part(RESOURCES, seats, cells.whole_of, faults),
        )
        for name, value in zip(RESOURCE_FIELDS, read, strict=True):
            if name != "place":
                _check_field(RESOURCES, EffortResource, name, value, faults)
        found.append(read)
    return found


def _services(text: str, world: World, faults: list[Fault]) -> list[tuple[Any, ...]]:
    found = []
    for parts in _things(SERVICES, text, len(SERVICE_FIELDS), faults):
        if parts[0]:
            _check_place(SERVICES, parts[0], world, faults)
        without = _part(SERVICES, parts[7], lambda said: {"ja": True, "nej": False}[said.lower()], faults)
        waiting = _part(SERVICES, parts[8], cells.whole_of, faults)
        read = (*parts[:7], without, waiting, *parts[9:])
        for name, value in zip(SERVICE_FIELDS, read, strict=True):
            if name != "place":
                _check_field(SERVICES, ServiceReach, name, value, faults)
        found.append(read)
    return found


def _things(column: str, text: str, width: int, faults: list[Fault]) -> list[list[str]]:
    try:
        return cells.things_of(text, width)
    except ValueError as error:
        said = _("Raden '%(text)s' har fler delar än %(width)s. Skriv \\| för ett streck i texten.")
        faults.append(Fault(column, said % {"text": str(error)[:60], "width": width}))
        return []


def _part(column: str, text: str, read: Callable[[str], T], faults: list[Fault]) -> T | None:
    """One part of a thing; empty is unknown."""
    if not text:
        return None
    try:
        return read(text)
    except (ValueError, KeyError):
        said = _("'%(text)s' går inte att läsa. Bladet Så fyller du i säger vad som ska stå.")
        faults.append(Fault(column, said % {"text": text[:60]}))
        return None


def _check_field(column: str, model: type[Any], name: str, value: Any, faults: list[Fault]) -> None:
    faults.extend(Fault(column, told) for told in _refused(model._meta.get_field(name), value))


def _check_place(column: str, place: str, world: World, faults: list[Fault]) -> None:
    if place not in world.places:
        said = _(
            "Platsen '%(text)s' finns inte. Skriv sista delen av platsens adress, som regso/exempelgarden."
        )
        faults.append(Fault(column, said % {"text": place[:60]}))


def _check_once(column: str, names: list[str], faults: list[Fault]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    faults.extend(
        Fault(column, _("'%(text)s' står två gånger. Ta bort den ena.") % {"text": name[:60]})
        for name in twice
    )


def _millionths(text: str) -> int:
    share = cells.decimal_of(text.removesuffix("%")) * PERCENT
    if share != share.to_integral_value() or not 0 <= share <= WHOLE:
        raise ValueError(text)
    return int(share)


def _ore(text: str) -> int:
    ore = cells.decimal_of(text) * 100
    if ore != ore.to_integral_value() or ore < 0:
        raise ValueError(text)
    return int(ore)
