"""The sections of a partner's page. Apps above add theirs at start: what the partner does, which goals it has::

    register_partner_section(
        PartnerSection(10, "insatser", _("Insatser"), "efforts/_partner.html", build_for_partner)
    )

`build` is called with the organisation and the reader, and returns the template's context, or None when the section has
nothing to say about this partner and is left out. In the template they are `section` and `content`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PartnerSection:
    """A part of a partner's page: order, anchor, heading, template, and what builds its context."""

    order: int
    id: str
    title: Any  # a lazy translation
    template: str
    build: Callable[[Any, Any], Mapping[str, Any] | None]


_sections: dict[str, PartnerSection] = {}


def register_partner_section(section: PartnerSection) -> None:
    """Add a section. The same anchor again replaces it."""
    _sections[section.id] = section


def forget_partner_section(anchor: str) -> None:
    """Take a section away again: for tests that have put one there."""
    _sections.pop(anchor, None)


def built_sections(organisation: Any, user: Any) -> list[tuple[PartnerSection, Mapping[str, Any]]]:
    """The sections that have something to say about the partner to this reader, in order."""
    ordered = sorted(_sections.values(), key=lambda one: (one.order, one.id))
    built = [(one, one.build(organisation, user)) for one in ordered]
    return [(section, content) for section, content in built if content is not None]
