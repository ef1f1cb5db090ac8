"""Deriving when someone asks for it, by the command or by a job of the site: today, for a known municipality."""

from __future__ import annotations

from datetime import date

from plats.derive.run import DeriveResult, Progress, derive
from plats.facts.versions import FactStore


class UnknownMunicipalityError(ValueError):
    """The store has no areas in the municipality; the message says which it has."""


def derive_as_asked(store: FactStore, municipality: str, *, progress: Progress) -> DeriveResult:
    """Derive every indicator and commit a new version. Raises UnknownMunicipalityError before anything is written."""
    _check_that_areas_are_known(store, municipality)
    return derive(store, municipality, on=date.today(), progress=progress)  # noqa: DTZ011 - the calendar day here


# Internals


def _check_that_areas_are_known(store: FactStore, municipality: str) -> None:
    """A mistyped code would give a version without ranks, and a site without a municipality."""
    known = {code for code in store.current().table("areas").column("municipality").to_pylist() if code}
    if municipality not in known:
        raise UnknownMunicipalityError(
            f"Kommun {municipality} har inga områden i lagret; där finns {', '.join(sorted(known)[:5])}. "
            "Rätta PLATS_MUNICIPALITY, eller läs in kommunens områden med plats import."
        )
