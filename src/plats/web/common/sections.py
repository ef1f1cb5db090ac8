"""The sections of a place's page. Apps above `places` add theirs at start and say which facts they need.

The page fetches all declared facts in one batch and gives each section what it asked for::

    register_section(
        Section(40, "skolor", _("Skolor här"), "places/_schools.html", facts=("merit_points",), build=build)
    )

`build` is called with whatever the page hands every section and returns the template's context, or None when
the section has nothing to say about this place and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a place's page: order, anchor, heading, template, facts it needs, what builds its context."""

    order: int
    id: str
    title: Any  # a lazy translation
    template: str
    facts: tuple[str, ...]
    build: Callable[..., Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class LiveSection:
    """A part that follows from the site's own rows and from who reads, so that it is written for every reader.

    `build` is called with the place and the reader. These stand first: what is here for me comes before the figures.
    A goal's page has such parts too (`plats.web.goals.sections`), called with the goal.
    """

    order: int
    id: str
    title: Any  # a lazy translation
    template: str
    build: Callable[[Any, Any], Mapping[str, Any] | None]


_sections: dict[str, Section] = {}
_live: dict[str, LiveSection] = {}


def register_section(section: Section) -> None:
    """Add a section; the same anchor twice is an error: addresses would point at either."""
    known = _sections.get(section.id)
    if known is not None and known != section:
        raise ValueError(
            f"Avsnittet '{section.id}' är redan registrerat med mallen {known.template}. Välj ett annat id."
        )
    _sections[section.id] = section


def register_live_section(section: LiveSection) -> None:
    """Add a section that is written for every reader. The same anchor again replaces it."""
    _live[section.id] = section


def live_sections() -> list[LiveSection]:
    """The sections written for every reader, in order."""
    return sorted(_live.values(), key=lambda section: (section.order, section.id))


def sections() -> list[Section]:
    """All sections in the order the page shows them."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.id))


def declared_facts() -> tuple[str, ...]:
    """Every fact that some section needs, once, in the order first asked for."""
    return tuple(dict.fromkeys(fact for section in sections() for fact in section.facts))
