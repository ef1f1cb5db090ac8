"""The efforts that come with the program, all published: what the answer of 2023-02-13 names. No amount is invented.

Loaded again and again without harm: an effort that is there already is left as it is.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from plats.web.accounts.models import Organisation
from plats.web.efforts.actions import Belonging, create_effort
from plats.web.efforts.models import Effort
from plats.web.places.models import Place

SAID_ON = date(2023, 2, 13)
SOURCE = "Interpellationssvar 2023-02-13, kommunfullmäktige i Huddinge"
_BELONGING = {"owner", "places", "partners"}


class UnknownNameError(Exception):
    """A row of efforts.yaml that points at a place or an organisation that is not there."""


def load_efforts(rows: list[dict[str, Any]]) -> int:
    """Write down the efforts that are not there. Returns how many were new."""
    new = 0
    for row in rows:
        owner = _organisation(row, row["owner"])
        if Effort.objects.filter(title=row["title"], organisation=owner, is_example=False).exists():
            continue
        said = {name: value for name, value in row.items() if name not in _BELONGING}
        create_effort(
            by=None,
            organisation=owner,
            values={"as_of": SAID_ON, "source_title": SOURCE, "is_public": True, **said},
            belonging=Belonging(
                places={_place(row, key): None for key in row.get("places", ())},
                partners=[_organisation(row, name) for name in row.get("partners", ())],
            ),
        )
        new += 1
    return new


# Internals


def _organisation(row: dict[str, Any], name: str) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(name=name, is_example=False).first()
    if found is None:
        raise UnknownNameError(
            f"efforts.yaml: {row['title']}: organisationen {name} finns inte. Lägg den i organisations.yaml."
        )
    return found


def _place(row: dict[str, Any], key: str) -> Place:
    division, _slash, slug = key.partition("/")
    wanted = {"municipality": settings.PLATS_MUNICIPALITY, "division": division, "slug": slug}
    found = Place.objects.filter(**wanted).first()
    if found is None:
        raise UnknownNameError(
            f"efforts.yaml: {row['title']}: platsen {key} finns inte. Skriv en plats som är inläst."
        )
    return found
