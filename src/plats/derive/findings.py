"""Findings: the sentences that page and report share.

Each is a `Message`: Swedish text with its figures apart. The opening is about the municipality and never about its
lowest area; a place opens with what is there or what has changed; direction is said only between at least two
comparable points, and never for figures that have no better or worse.
"""

from __future__ import annotations

from collections.abc import Sequence

from plats.catalog.models import Direction
from plats.derive.readings import Distribution, Reading
from plats.facts.query import Fact, LineageStep, Site
from plats.vocabulary.messages import Bilingual, Count, Figure, Message, Part
from plats.vocabulary.units import Unit


def opening(distribution: Distribution, municipality: str) -> tuple[Message, Message]:
    """The start page's heading and lead: how many have work in the municipality, and how far apart the areas are."""
    whole = distribution.municipality
    if whole is None or not whole.cell.shows_number or len(distribution.shown) < 2:
        return Message("Så skiljer sig områdena i {municipality}", municipality=municipality), Message(
            "Siffror saknas för arbete."
        )
    values = [fact.cell.number for fact in distribution.shown]
    heading = Message(
        "{fraction} invånare i arbetsför ålder i {municipality} har arbete. "
        "Mellan områdena skiljer som mest {gap} procentenheter.",
        fraction=fraction_words(whole.cell.number),
        municipality=municipality,
        gap=Count(round(100 * (max(values) - min(values)))),
    )
    nation = distribution.nation
    parts: dict[str, Part] = {"share": Figure(whole.cell.number, Unit.SHARE), "period": distribution.period}
    higher = Count(sum(value > whole.cell.number for value in values))
    if nation is None or not nation.cell.shows_number:
        return heading, Message(
            "{share} procent av invånarna i arbetsför ålder var sysselsatta {period}. "
            "I {higher} av {areas} områden är andelen högre.",
            **parts,
            higher=higher,
            areas=Count(len(values)),
        )
    return heading, Message(
        "{share} procent av invånarna i arbetsför ålder var sysselsatta {period}, i riket {nation}. "
        "I {higher} av {areas} områden är andelen högre än kommunens.",
        **parts,
        nation=Figure(nation.cell.number, Unit.SHARE),
        higher=higher,
        areas=Count(len(values)),
    )


def fraction_words(share: float) -> Bilingual:
    """A share as people say it: 0.766 is 'Drygt tre av fyra'. The nearest simple fraction, with how near it is."""
    candidates = [(whole, part) for whole in (2, 3, 4, 5, 10) for part in range(1, whole)]
    whole, part = min(
        candidates,
        key=lambda pair: (abs(share - pair[1] / pair[0]) > 0.02, pair[0], abs(share - pair[1] / pair[0])),
    )
    if abs(share - part / whole) > 0.05:
        whole, part = 10, min(9, max(1, round(10 * share)))
    if abs(share - part / whole) > 0.05:
        # Nearly nobody or nearly everybody: one in ten would be at least twice as many.
        return _ENDS[share > 0.5]
    difference = share - part / whole
    number_sv = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
    number_en = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    near_sv, near_en = (
        ("Drygt ", "Just over ")
        if difference > 0.005
        else ("Nästan ", "Almost ")
        if difference < -0.005
        else ("", "")
    )
    sv = f"{near_sv}{number_sv[part]} av {number_sv[whole]}"
    en = f"{near_en}{number_en[part]} in {number_en[whole]}"
    return Bilingual(sv[0].upper() + sv[1:], en[0].upper() + en[1:])


def change(reading: Reading) -> Message | None:
    """What has happened since the first comparable point; None when there is only one, or nothing may be said: area
    types are worked out anew each year, so a change of type is no development."""
    indicator = reading.indicator
    if not reading.earlier or not reading.fact.cell.shows_number:
        return None
    if indicator.no_direction_until is not None or indicator.unit is Unit.AREA_CLASS:
        return None
    first, last = reading.earlier[0], reading.fact
    parts: dict[str, Part] = {
        "noun": reading.indicator.noun.bilingual,
        "before": Figure(first.cell.number, reading.indicator.unit),
        "after": Figure(last.cell.number, reading.indicator.unit, with_unit=True),
        "first": first.period.text,
        "last": last.period.text,
    }
    if Figure(first.cell.number, indicator.unit).write() == Figure(last.cell.number, indicator.unit).write():
        return Message("{noun} var densamma {first} och {last}: {after}.", **parts)
    if last.cell.number > first.cell.number:
        return Message("{noun} ökade från {before} ({first}) till {after} ({last}).", **parts)
    return Message("{noun} minskade från {before} ({first}) till {after} ({last}).", **parts)


def place_opening(name: str, sites: Sequence[Site], readings: Sequence[Reading]) -> list[Message]:
    """What a place's page opens with: what is there, then how the population has changed."""
    found: list[Message] = []
    here = _assets(sites)
    if here is not None:
        found.append(here)
    population = next(
        (one for one in readings if one.indicator.id == "population" and one.fact.cell.shows_number), None
    )
    if population is not None:
        found.append(_population(name, population))
    return found or [_neither(name, readings)]


def with_source(reading: Reading, place: str, municipality: str, chain: Sequence[LineageStep]) -> Message:
    """A sentence to copy: the figure with its period, the municipality's, and where both come from."""
    indicator, fact = reading.indicator, reading.fact
    source = next((step.provenance for step in chain if step.provenance is not None), None)
    parts: dict[str, Part] = {
        "title": indicator.title.bilingual,
        "place": place,
        "period": fact.period.text,
        "source": f"{source.agency}, {source.title}, hämtat {source.retrieved}" if source else "",
    }
    if not fact.cell.shows_number:
        if source is None:
            return Message("{title} i {place} {period}: {state}.", **parts, state=_state_words(fact))
        return Message("{title} i {place} {period}: {state} ({source}).", **parts, state=_state_words(fact))
    value = Figure(fact.cell.number, indicator.unit, with_unit=True)
    beside = reading.municipality
    if beside is None or not beside.cell.shows_number or beside.area == fact.area:
        return Message("{title} i {place}: {value} {period} ({source}).", **parts, value=value)
    return Message(
        "{title} i {place}: {value} {period} ({municipality} {beside}; {source}).",
        **parts,
        value=value,
        municipality=municipality,
        beside=Figure(beside.cell.number, indicator.unit),
    )


def map_sentence(distribution: Distribution, municipality: str) -> Message:
    """What the map shows, in one sentence."""
    whole = distribution.municipality
    areas = Count(len(distribution.facts))
    shown = distribution.shown
    if not shown:
        return Message("Ingen siffra visas för de {areas} områdena.", areas=areas)
    if whole is None or not whole.cell.shows_number:
        values = [fact.cell.number for fact in shown]
        unit = distribution.indicator.unit
        return Message(
            "Mellan områdena går siffran från {low} till {high}.",
            low=Figure(min(values), unit),
            high=Figure(max(values), unit, with_unit=True),
        )
    higher = sum(fact.cell.number > whole.cell.number for fact in shown)
    return Message(
        "I {higher} av {areas} områden är siffran högre än {municipality} som helhet, {whole}.",
        higher=Count(higher),
        areas=Count(len(shown)),
        municipality=municipality,
        whole=Figure(whole.cell.number, distribution.indicator.unit, with_unit=True),
    )


def better(direction: Direction) -> Message:
    """Which way is better, in words; some figures have no better."""
    return {
        Direction.HIGHER_IS_BETTER: Message("högre är bättre"),
        Direction.LOWER_IS_BETTER: Message("lägre är bättre"),
        Direction.NONE: Message("har ingen riktning"),
    }[direction]


# Internals

_ENDS = (
    Bilingual("Färre än en av tjugo", "Fewer than one in twenty"),
    Bilingual("Fler än nitton av tjugo", "More than nineteen in twenty"),
)


def _assets(sites: Sequence[Site]) -> Message | None:
    stations = [site.name for site in sites if site.kind == "station"]
    schools = sum(site.kind == "school" for site in sites)
    libraries = sum(site.kind == "library" for site in sites)
    halls = sum(site.kind == "sports" for site in sites)
    counted = [
        (_number(libraries, "bibliotek", "bibliotek"), _number(libraries, "library", "libraries")),
        (
            _number(schools, "grundskola", "grundskolor"),
            _number(schools, "compulsory school", "compulsory schools"),
        ),
        (
            _number(halls, "idrottsanläggning", "idrottsanläggningar"),
            _number(halls, "sports facility", "sports facilities"),
        ),
    ]
    things_sv = [f"{name} station" for name in stations] + [sv for sv, _ in counted if sv]
    things_en = [f"{name} station" for name in stations] + [en for _, en in counted if en]
    if not things_sv:
        return None
    return Message(
        "Här finns {things}.", things=Bilingual(_listed(things_sv, "och"), _listed(things_en, "and"))
    )


def _number(count: int, one: str, several: str) -> str:
    if count == 0:
        return ""
    swedish = {1: "en" if one.endswith(("a", "ng")) else "ett"}
    words = swedish | dict(
        enumerate(("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"), start=2)
    )
    if one in ("library", "compulsory school", "sports facility"):
        words = dict(
            enumerate(
                ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
            )
        )
    return f"{words.get(count, count)} {one if count == 1 else several}"


def _listed(things: list[str], word: str) -> str:
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} {word} {things[-1]}"


def _neither(name: str, readings: Sequence[Reading]) -> Message:
    """A place with neither assets nor earlier figures, such as an electoral district: no single figure is put first."""
    if any(one.fact.cell.shows_number for one in readings):
        return Message("Här är siffrorna om {name}.", name=name)
    return Message("{name} är ett område utan egna siffror än.", name=name)


def _population(name: str, reading: Reading) -> Message:
    last = reading.fact
    parts: dict[str, Part] = {
        "name": name,
        "after": Figure(last.cell.number, Unit.COUNT),
        "last": last.period.text,
    }
    if not reading.earlier:
        return Message("{name} hade {after} invånare {last}.", **parts)
    first = reading.earlier[0]
    parts |= {"before": Figure(first.cell.number, Unit.COUNT), "first": first.period.text}
    if last.cell.number > first.cell.number:
        return Message("Invånarna har blivit fler: {before} ({first}) till {after} ({last}).", **parts)
    if last.cell.number < first.cell.number:
        return Message("Invånarna har blivit färre: {before} ({first}) till {after} ({last}).", **parts)
    return Message("Invånarna är lika många: {after} både {first} och {last}.", **parts)


def _state_words(fact: Fact) -> Bilingual:
    return {
        "hidden": Bilingual("skyddad uppgift", "protected figure"),
        "missing": Bilingual("uppgift saknas", "figure missing"),
        "not_applicable": Bilingual("inte tillämpligt", "not applicable"),
    }[str(fact.cell.state)]
