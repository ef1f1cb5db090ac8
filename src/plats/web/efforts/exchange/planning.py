"""What becomes of each row of a file, before anything is written: new, changed, unchanged or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from plats.web.efforts.exchange.content import ID, OWNER, PLACES, REVISION, Content, header, written
from plats.web.efforts.exchange.files import TableError, read_table
from plats.web.efforts.exchange.reading import Fault, read_row
from plats.web.efforts.exchange.world import Known, World, by_number, efforts_of, known_efforts, world_of

Progress = Callable[[int, int], None]
TELL_EVERY = 250


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file. `number` as the spreadsheet counts; `changes` by column: what stands now, what is wanted."""

    number: int
    title: str
    fate: Fate
    content: Content | None = None
    known: Known | None = None
    changes: dict[str, tuple[str, str]] | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a file would do."""

    rows: Sequence[Row]
    world: World

    @property
    def counts(self) -> dict[Fate, int]:
        found = Counter(row.fate for row in self.rows)
        return {fate: found[fate] for fate in Fate}

    def of(self, fate: Fate) -> list[Row]:
        return [row for row in self.rows if row.fate is fate]


def plan_file(
    content: bytes, suffix: str, *, by: Any, progress: Progress = lambda _done, _total: None
) -> Plan:
    """Read a file and say what becomes of each row. Raises TableError when it is no such table at all."""
    with translation.override("sv"):
        head, lines = read_table(content, suffix)
        _check_header(head)
        world = world_of(by)
        known = by_number(known_efforts(efforts_of(by), world))
        seen: set[UUID] = set()
        rows = []
        for number, line in enumerate(lines, start=2):
            if number % TELL_EVERY == 0:
                progress(number, len(lines) + 1)
            if any(line):
                cells = dict(zip(head, [*line, *[""] * (len(head) - len(line))], strict=False))
                rows.append(_planned(number, cells, world, known, seen))
    return Plan(rows, world)


# Internals


def _check_header(head: Sequence[str]) -> None:
    missing = [heading for heading in header() if heading not in head]
    if missing:
        said = _("Kolumnerna %(names)s saknas. Hämta en ny fil här på sidan och klistra in raderna i den.")
        raise TableError(said % {"names": ", ".join(missing)})
    if len(set(head)) < len(head):
        raise TableError(_("Två kolumner har samma rubrik. Ta bort den ena."))


def _planned(
    number: int, cells: dict[str, str], world: World, known: dict[UUID, Known], seen: set[UUID]
) -> Row:
    title = cells["Rubrik"][:200]
    there, faults = _there(cells, known, seen)
    content, wrong = read_row(cells, world)
    faults += wrong
    organisation = world.organisations.get(content.organisation)
    if organisation is None or not world.may_write(organisation):
        faults.append(
            Fault(OWNER, _("Du får inte skriva insatser för den organisationen. Ta bort raden ur filen."))
        )
    elif not faults:
        faults += _publishing(content, there, world, organisation)
        faults += _gone(content, there, world)
    if faults:
        return Row(number, title, Fate.REFUSED, faults=tuple(faults))
    wanted = written(content)
    if there is None:
        return Row(number, title, Fate.NEW, content)
    now = written(there.content)
    changes = {name: (now[name], wanted[name]) for name in wanted if now[name] != wanted[name]}
    if not changes:
        return Row(number, title, Fate.UNCHANGED, content, there)
    if OWNER in changes:
        fault = Fault(OWNER, _("En insats byter inte organisation i en fil. Skriv tillbaka den som stod."))
        return Row(number, title, Fate.REFUSED, faults=(fault,))
    if cells[REVISION].strip() not in ("", str(there.effort.revision)):
        fault = Fault(
            REVISION,
            _("Insatsen har ändrats av någon annan sedan filen hämtades. Hämta en ny fil och gör om."),
        )
        return Row(number, title, Fate.REFUSED, faults=(fault,))
    return Row(number, title, Fate.CHANGED, content, there, changes)


def _there(
    cells: dict[str, str], known: dict[UUID, Known], seen: set[UUID]
) -> tuple[Known | None, list[Fault]]:
    """The effort a row is about; none for a new one."""
    text = cells[ID].strip()
    if not text:
        return None, []
    try:
        wanted = UUID(text)
    except ValueError:
        return None, [Fault(ID, _("Är inget id. Töm cellen för att göra en ny insats."))]
    if wanted not in known:
        return None, [
            Fault(
                ID,
                _("Insatsen finns inte bland dem du får ändra. Ta bort raden, eller töm cellen för en ny."),
            )
        ]
    if wanted in seen:
        return None, [Fault(ID, _("Insatsen står på två rader. Ta bort den ena."))]
    seen.add(wanted)
    return known[wanted], []


def _gone(content: Content, there: Known | None, world: World) -> list[Fault]:
    """Nothing new is put where the newest edition has no area; what lies there already may stay."""
    before = {place for place, _share in there.content.places} if there else set()
    said = _("Platsen '%(text)s' finns inte i den senaste indelningen. Välj en plats som finns.")
    return [
        Fault(PLACES, said % {"text": place})
        for place, _share in content.places
        if place not in before and world.places[place] in world.gone
    ]


def _publishing(content: Content, there: Known | None, world: World, organisation: int) -> list[Fault]:
    """To publish is an act of its own, and an example is never made or unmade in a file that a person sends."""
    before = there.content.values if there else {"is_public": False, "is_example": False}
    faults = []
    if content.values["is_public"] != before["is_public"] and not world.may_publish(organisation):
        faults.append(Fault("Publicerad", _("Du får inte publicera. Skriv tillbaka det som stod.")))
    if content.values["is_example"] != before["is_example"] and world.writers is not None:
        faults.append(Fault("Exempel", _("Ändras inte i filen. Skriv tillbaka det som stod.")))
    return faults
