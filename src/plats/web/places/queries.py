"""Reads: what the pages of places show. Figures come from the store, names and addresses from the site's database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.catalog.load import Catalog, catalog
from plats.catalog.models import DivisionDefinition
from plats.derive.findings import place_opening
from plats.derive.geography import Geography, geography
from plats.derive.readings import Reading, municipality_key, place_readings
from plats.facts.query import Facts, Site, open_facts
from plats.facts.versions import EmptyStoreError, FactStore
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.messages import Message
from plats.web.common.language import language
from plats.web.places.models import Place
from plats.web.places.rules import PLACE_DIVISIONS, fold


@dataclass
class PlacePage:
    """What every section of a place's page may use."""

    place: Place
    keys: list[AreaKey]
    facts: Facts
    definitions: Catalog
    readings: list[Reading]
    links: dict[str, str]  # address of each place in the same division, by area code

    @property
    def division(self) -> Division:
        return Division(self.place.division)

    @property
    def code(self) -> str:
        return self.keys[-1].code

    @property
    def geography(self) -> Geography:
        return geography(self.facts)

    @cached_property
    def sites(self) -> list[Site]:
        """What stands here."""
        return self.geography.sites_in(self.division, self.code)

    @property
    def has_boundary(self) -> bool:
        return self.code in self.geography.shapes(self.division)


@dataclass(frozen=True)
class Hit:
    """One result of a search."""

    label: str
    kind: str
    url: str


Searcher = Callable[[], Iterable[Hit]]
_searchers: list[Searcher] = []

SITE_KINDS = {
    "school": _("grundskola"),
    "library": _("bibliotek"),
    "sports": _("idrott"),
    "culture": _("kultur"),
    "station": _("station"),
}


def facts() -> Facts:
    """The reader of the store's current version, for the municipality of this installation."""
    return open_facts(FactStore(settings.PLATS_HOME), settings.PLATS_MUNICIPALITY)


def municipality_name(code: str) -> str:
    """What the municipality is called in the store; '' before anything is loaded."""
    try:
        found = facts().areas.get(municipality_key(code))
    except EmptyStoreError:
        return ""
    return found.name if found else ""


def find_place(division: str, slug: str) -> Place | None:
    """The place at this address. One query."""
    wanted = {"municipality": settings.PLATS_MUNICIPALITY, "division": division, "slug": slug}
    return Place.objects.filter(**wanted).first()


def place_page(place: Place) -> PlacePage:
    """Everything the page of a place starts from: two SQL queries (versions, addresses), one question to the store."""
    keys = [version.key for version in place.versions.order_by("edition")]
    reader = facts()
    return PlacePage(
        place=place,
        keys=keys,
        facts=reader,
        definitions=catalog(),
        readings=place_readings(reader, catalog(), keys),
        links=links(Division(place.division)),
    )


def opening(page: PlacePage) -> list[Message]:
    """What the page opens with: what is there, then how the population has changed. The report says the same."""
    return place_opening(page.place.name, page.sites, page.readings)


def division_definition(division: Division) -> DivisionDefinition:
    """What a division is called and what it is."""
    return catalog().divisions[str(division)]


def links(division: Division) -> dict[str, str]:
    """The address of each place of a division, by area code. One query."""
    found = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY, division=str(division))
    # One look-up of the address, not one per place: a page asks for some sixty.
    start = reverse("places:place", args=[str(division), "plats"]).removesuffix("plats/")
    pairs = found.values_list("versions__code", "slug")
    return {code: f"{start}{slug}/" for code, slug in pairs if code}


def divisions_with_places() -> list[Division]:
    """Divisions that the municipality has areas in, in the catalog's order."""
    codes = geography(facts()).codes
    order = [Division(one) for one in catalog().divisions]
    return [division for division in order if division in PLACE_DIVISIONS and codes(division)]


def list_places(division: Division) -> list[tuple[str, str, float | None]]:
    """(name, address, inhabitants) of a division's places, from north-west to south-east."""
    reader = facts()
    addresses = links(division)
    where = geography(reader)
    keys = [key for key in reader.areas if key.division == division]
    people = {
        fact.area.code: fact.cell.value
        for fact in reader.select(areas=keys, indicators=["population"])
        if fact.cell.shows_number
    }
    return [
        (where.name(division, code), addresses[code], people.get(code))
        for code in where.codes(division)
        if code in addresses
    ]


def register_searcher(searcher: Searcher) -> None:
    """Let an app above add what it has to find, such as indicators."""
    if searcher not in _searchers:
        _searchers.append(searcher)


def search(text: str) -> list[Hit]:
    """Places, schools and other sites, and indicators whose name, kind or code holds every word searched for; å and a
    are alike."""
    words = fold(text).split()
    if not words:
        return []
    found = ((hit, fold(f"{hit.label} {hit.kind}")) for hit in _everything())
    return [hit for hit, held in found if all(word in held for word in words)][:50]


# Internals


def _everything() -> Iterable[Hit]:
    definitions = catalog().divisions
    places = Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY).prefetch_related("versions")
    for place in sorted(places, key=lambda place: (definitions[place.division].order, place.slug)):
        code = next((version.code for version in place.versions.all()), "")
        kind = definitions[place.division].title.write(language())
        yield Hit(place.name, f"{kind} {code}".strip(), place.get_absolute_url())
    yield from _sites()
    for searcher in _searchers:
        yield from searcher()


def _sites() -> Iterable[Hit]:
    where = geography(facts())
    for code, address in links(Division.REGSO).items():
        for site in where.sites_in(Division.REGSO, code):
            area = where.name(Division.REGSO, code)
            yield Hit(
                site.name,
                gettext("%(kind)s i %(area)s") % {"kind": SITE_KINDS[site.kind], "area": area},
                address,
            )
