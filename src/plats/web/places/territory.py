"""Which places a role reaches when it is held for some: those named, and those that mostly lie in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.conf import settings
from django.db.models import Q

from plats.derive.territory import Where, lying_in
from plats.facts.versions import EmptyStoreError
from plats.vocabulary.codes import Division
from plats.web.common.language import language
from plats.web.places.models import AreaVersion, Place
from plats.web.places.queries import division_definition, facts

CHOSEN_FROM = (Division.KOMMUNDEL, Division.CUSTOM, Division.REGSO)
"""The divisions that people work in; the finer ones come along with them."""


def covered_place_ids(keys: Collection[str]) -> frozenset[int]:
    """The ids of the places with these keys, and of those that mostly lie in them. Two queries.

    What lies in what is kept per version of the store; the rows are read each time, since places follow a moment after
    the figures.
    """
    versions = AreaVersion.objects.filter(_with_keys(keys)).values_list("place_id", "division", "code")
    named = list(versions)
    contents = _contents()
    inside = {one for _id, division, code in named for one in contents.get((Division(division), code), ())}
    found = Place.objects.filter(_with_codes(inside), municipality=settings.PLATS_MUNICIPALITY)
    return frozenset(found.values_list("pk", flat=True)) | {place for place, *_rest in named}


def places_around(place: Place) -> frozenset[int]:
    """The ids of the place, of those that mostly lie in it, and of those that it mostly lies in. Two queries: what is
    done in a kommundel is done for all its areas, and what is done in one of them is done in the kommundel."""
    codes = set(place.versions.values_list("division", "code"))
    contents = _contents()
    own = {(Division(division), code) for division, code in codes}
    inside = {one for where in own for one in contents.get(where, ())}
    outside = {where for where, held in contents.items() if own & held}
    found = Place.objects.filter(_with_codes(inside | outside), municipality=settings.PLATS_MUNICIPALITY)
    return frozenset(found.values_list("pk", flat=True)) | {place.pk}


def all_around(division: Division) -> dict[Place, frozenset[int]]:
    """Each place of a division with the ids that `places_around` gives of it, by name. Two queries in all."""
    rows = AreaVersion.objects.filter(place__municipality=settings.PLATS_MUNICIPALITY)
    by_code: dict[Where, set[int]] = {}
    own: dict[int, set[Where]] = {}
    for pk, where, code in rows.values_list("place_id", "division", "code"):
        key = (Division(where), code)
        by_code.setdefault(key, set()).add(pk)
        own.setdefault(pk, set()).add(key)
    contents = _contents()
    above: dict[Where, set[Where]] = {}
    for outer, held in contents.items():
        for one in held:
            above.setdefault(one, set()).add(outer)
    found = {}
    for place in Place.objects.filter(municipality=settings.PLATS_MUNICIPALITY, division=str(division)):
        codes = own.get(place.pk, set())
        near = {one for code in codes for one in (*contents.get(code, ()), *above.get(code, ()))}
        found[place] = frozenset({place.pk, *(pk for one in near for pk in by_code.get(one, ()))})
    return dict(sorted(found.items(), key=lambda pair: (pair[0].name, pair[0].pk)))


def gone_places() -> frozenset[int]:
    """The ids of the places that are no area in the newest edition of their division that is loaded. One query.

    Their pages stay, and so does what points to them; nothing new is put there.
    """
    rows = AreaVersion.objects.filter(place__municipality=settings.PLATS_MUNICIPALITY)
    editions: dict[int, set[str]] = {}
    newest: dict[str, str] = {}
    lying: dict[int, str] = {}
    for place, division, edition in rows.values_list("place_id", "division", "edition"):
        editions.setdefault(place, set()).add(edition)
        newest[division] = max(edition, newest.get(division, ""))
        lying[place] = division
    return frozenset(place for place, found in editions.items() if newest[lying[place]] not in found)


def place_choices() -> list[tuple[str, str]]:
    """Keys and names of the places a role can be held for, by division and name. One query."""
    rows = Place.objects.filter(
        municipality=settings.PLATS_MUNICIPALITY, division__in=[str(one) for one in CHOSEN_FROM]
    )
    order = {str(division): at for at, division in enumerate(CHOSEN_FROM)}
    found = sorted(rows.values_list("division", "slug", "name"), key=lambda row: (order[row[0]], row[1]))
    return [(f"{division}/{slug}", _label(division, name)) for division, slug, name in found]


def place_label(place: Place) -> str:
    """A place's name with the kind of area it is."""
    return _label(place.division, place.name)


# Internals


def _label(division: str, name: str) -> str:
    return f"{name} ({division_definition(Division(division)).title.write(language())})"


def _with_keys(keys: Collection[str]) -> Q:
    wanted = Q(pk__in=[])
    for key in keys:
        division, _slash, slug = key.partition("/")
        wanted |= Q(
            place__municipality=settings.PLATS_MUNICIPALITY, place__division=division, place__slug=slug
        )
    return wanted


def _with_codes(wanted: Collection[Where]) -> Q:
    by_division: dict[Division, list[str]] = {}
    for division, code in sorted(wanted):
        by_division.setdefault(division, []).append(code)
    found = Q(pk__in=[])
    for division, codes in by_division.items():
        found |= Q(division=str(division), versions__code__in=codes)
    return found


def _contents() -> Mapping[Where, frozenset[Where]]:
    try:
        return lying_in(facts())
    except EmptyStoreError:
        return {}
