"""Sentences about segregation that page, file and report share.

The number describes how evenly groups live. It is never said to be good or bad, an area never to be a problem, and a
change only where it is larger than what chance can do.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot

from plats.catalog.models import DivisionDefinition
from plats.derive.segregation.readings import SegregationReading
from plats.facts.segregation import Measured
from plats.facts.segregation import Part as FactPart
from plats.vocabulary.messages import Bilingual, Count, Figure, Message, Part
from plats.vocabulary.units import Unit

Divisions = Mapping[str, DivisionDefinition]

CAUSES = {
    "areas_gone": Bilingual("områden som försvunnit", "areas that are gone"),
    "areas_new": Bilingual("nya områden", "new areas"),
    "area_sizes": Bilingual("att områdena vuxit olika", "areas growing differently"),
    "group_sizes": Bilingual("att grupperna blivit större eller mindre", "groups growing or shrinking"),
    "pattern": Bilingual("ett annat mönster", "another pattern"),
}
_NONE = Unit.SEGREGATION_INDEX


def index(value: float) -> Figure:
    return Figure(value, _NONE)


def percent(share: float) -> Count:
    return Count(round(100 * share))


def opening(
    reading: SegregationReading, municipality: str, divisions: Divisions
) -> tuple[Message, list[Message | str]]:
    """The page's heading and lead: how evenly the groups live in the municipality, and how sure the number is."""
    shown, definition = reading.shared, reading.definition
    if not shown.cell.shows_number:
        heading = Message(
            "{title} i {municipality}", title=definition.title.bilingual, municipality=municipality
        )
        return heading, [Message("Måttet går inte att räkna."), shown.cell.reason]
    # No group is the one that differs: the sentence is about how all of them are spread.
    heading = Message(
        "{title} i {municipality}: åtskillnaden är {share} procent av den största möjliga.",
        title=definition.title.bilingual,
        municipality=municipality,
        share=percent(shown.cell.number),
    )
    lead = Message(
        "Måttet heter dissimilaritetsindex (D). Det är {value} över {areas} {plural} {period}: 0 är lika överallt, "
        "1 är helt åtskilt.",
        value=index(shown.cell.number),
        areas=Count(shown.areas),
        plural=divisions[str(reading.where.division)].plural.bilingual,
        period=reading.where.period.text,
    )
    told = (lead, interval(reading), left_out(shown), _described(reading))
    return heading, [one for one in told if one]


def interval(reading: SegregationReading) -> Message | str:
    """How sure the number is, in words; why no interval is shown where none is fair."""
    shown, known = reading.shared, reading.definition.no_interval
    if known is not None:
        return Message("{text}", text=known.bilingual)
    if shown.low is None or shown.high is None:
        return shown.no_interval
    if index(shown.low).write() == index(shown.high).write():
        return Message("Utan slumpen vore det {low}.", low=index(shown.low))
    return Message(
        "Slumpen gör att områden alltid skiljer sig lite. Utan den ligger talet mellan {low} och {high}, med {level} "
        "procents säkerhet.",
        low=index(shown.low),
        high=index(shown.high),
        level=percent(shown.level),
    )


def left_out(shown: Measured) -> Message | None:
    """How many areas the number does not stand on."""
    if not shown.excluded:
        return None
    return Message(
        "{excluded} områden är inte med, för siffror saknas eller är skyddade. I de övriga bor {share} procent av "
        "invånarna.",
        excluded=Count(shown.excluded),
        share=percent(shown.coverage),
    )


def levels(reading: SegregationReading, divisions: Divisions) -> Message | None:
    """How much of it lies between the largest areas."""
    whole = sum(one.cell.number for one in reading.levels if one.cell.shows_number)
    if len(reading.levels) < 2 or whole <= 0:
        return None
    largest = reading.levels[0]
    return Message(
        "{share} procent av åtskillnaden ligger mellan {plural}. Resten ligger inom dem.",
        share=percent(largest.cell.number / whole),
        plural=divisions[largest.part].plural.bilingual,
    )


def level_name(reading: SegregationReading, place: int, divisions: Divisions) -> Message:
    """What lies between the areas of a level, inside those above."""
    plural = divisions[reading.levels[place].part].plural.bilingual
    if place == 0:
        return Message("Mellan {plural}", plural=plural)
    return Message(
        "Mellan {plural} inom {larger}",
        plural=plural,
        larger=divisions[reading.levels[place - 1].part].plural.bilingual,
    )


def scales(reading: SegregationReading) -> list[Message | str]:
    """What becomes of the number when everybody's surroundings reach farther than their own area; empty when nothing is
    known of that."""
    itself, wider = reading.scales[:1], reading.scales[1:]
    if not wider or not all(one.cell.shows_number for one in reading.scales):
        return [one.cell.reason for one in itself]
    near, *_, farthest = wider
    half = next((one for one in wider if one.cell.number < itself[0].cell.number / 2), None)
    first = Message(
        "Räknas alla inom {far} km som omgivning är talet {value}, mot {itself} i områdena själva.",
        far=_kilometres(near),
        value=index(near.cell.number),
        itself=index(itself[0].cell.number),
    )
    far = _kilometres(half or farthest)
    value = index((half or farthest).cell.number)
    if half is None:
        return [first, Message("Inom {far} km är det {value}.", far=far, value=value)]
    return [first, Message("Under hälften är det först inom {far} km: {value}.", far=far, value=value)]


def scale_name(part: FactPart) -> Message:
    """How far the surroundings reach."""
    if part.part == "0":
        return Message("I områdena själva")
    return Message("Inom {far} km", far=_kilometres(part))


def contributions(reading: SegregationReading) -> Message | None:
    """How many areas make up half of it."""
    values = sorted((one.cell.number for one in reading.local if one.cell.shows_number), reverse=True)
    whole = sum(values)
    if whole <= 0:
        return None
    half, summed = 0, 0.0
    while summed < whole / 2 - 1e-12:
        summed += values[half]
        half += 1
    return Message(
        "{half} av {areas} områden står tillsammans för hälften. Ett område bidrar när dess sammansättning skiljer sig "
        "från kommunens, åt vilket håll som helst, och mer ju fler som bor där.",
        half=Count(half),
        areas=Count(len(values)),
    )


def development(reading: SegregationReading) -> Message:
    """Whether the number has changed since the first comparable year, and more than chance can do."""
    points = reading.comparable
    if len(points) < 2:
        return Message("Ett mättillfälle: ingen utveckling visas.")
    first, last = points[0], points[-1]
    parts: dict[str, Part] = {
        "before": index(first.cell.number),
        "after": index(last.cell.number),
        "first": first.where.period.text,
        "last": last.where.period.text,
    }
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return Message("D var {before} {first} och {after} {last}.", **parts)
    apart = _apart((first.low, first.high), (last.low, last.high))
    if apart and last.low < first.low:
        return Message(
            "D har minskat från {before} ({first}) till {after} ({last}), mer än slumpen kan göra.", **parts
        )
    if apart:
        return Message(
            "D har ökat från {before} ({first}) till {after} ({last}), mer än slumpen kan göra.", **parts
        )
    return Message(
        "D var {before} {first} och {after} {last}. Skillnaden är inte större än vad slumpen kan göra.",
        **parts,
    )


def change(reading: SegregationReading) -> Message | str:
    """What most of a change came from; the stored reason where that cannot be said; '' where there is no change."""
    causes = [one for one in reading.change if one.cell.shows_number]
    if reading.first is None or not causes:
        return reading.change[0].cell.reason if reading.change else ""
    largest = max(causes, key=lambda one: abs(one.cell.number))
    return Message(
        "Från {first} till {last} ändrades D med {change}. Den största delen, {part}, kom av {cause}.",
        first=reading.first.where.period.text,
        last=reading.where.period.text,
        change=index(sum(one.cell.number for one in causes)),
        part=index(largest.cell.number),
        cause=CAUSES[largest.part],
    )


def among_others(reading: SegregationReading, municipality: str) -> Message | None:
    """How many municipalities have a higher number; none is said to be better."""
    if not reading.others:
        return None
    own = reading.shared.cell.number
    return Message(
        "I {higher} av {others} andra kommuner är D högre än i {municipality}. Kommuner med stora områden får lägre "
        "tal av det skälet.",
        higher=Count(sum(value > own for value in reading.others.values())),
        others=Count(len(reading.others) - 1),
        municipality=municipality,
    )


def cite(reading: SegregationReading, municipality: str, divisions: Divisions) -> Message:
    """A sentence to copy, with its source."""
    shown = reading.shared
    source = next((step.provenance for step in reading.chain if step.provenance is not None), None)
    parts: dict[str, Part] = {
        "title": reading.definition.title.bilingual,
        "municipality": municipality,
        "plural": divisions[str(reading.where.division)].plural.bilingual,
        "period": reading.where.period.text,
        "value": index(shown.cell.number),
        "source": f"{source.agency}, {source.title}, hämtat {source.retrieved}" if source else "",
    }
    if shown.low is None or shown.high is None:
        return Message(
            "{title} i {municipality}: dissimilaritetsindex {value} över {plural} {period} (egen beräkning på "
            "{source}).",
            **parts,
        )
    return Message(
        "{title} i {municipality}: dissimilaritetsindex {value} över {plural} {period}, utan slumpen {low}–{high} "
        "(egen beräkning på {source}).",
        **parts,
        low=index(shown.low),
        high=index(shown.high),
    )


# Internals


def _kilometres(part: FactPart) -> Count:
    return Count(int(part.part) // 1000)


def _apart(first: tuple[float, float], last: tuple[float, float]) -> bool:
    """Whether two figures differ by more than chance can do, at the intervals' own level.

    The half-widths of two independent figures add as the sides of a right angle: two intervals may well overlap and
    the figures still differ. The same people in both years would make the chance smaller, never greater.
    """
    middles, halves = zip(*(((high + low) / 2, (high - low) / 2) for low, high in (first, last)), strict=True)
    return bool(abs(middles[1] - middles[0]) > hypot(*halves))


def _described(reading: SegregationReading) -> Message:
    if reading.definition.counted == "dwellings":
        return Message(
            "Det är ett sätt att mäta, inget förslag: talet säger hur ojämnt bostäderna är spridda, inte varför."
        )
    return Message(
        "Det är ett sätt att mäta, inget förslag: talet säger hur ojämnt grupperna bor, inte varför."
    )
