"""Vad saknas? The themes that the seed asks about and the store cannot answer below the municipality."""

from __future__ import annotations

from plats.catalog.missing import MissingTheme, missing_themes
from plats.facts.query import Facts
from plats.vocabulary.codes import Division

_BY_AREA = (Division.DESO, Division.REGSO, Division.KOMMUNDEL, Division.ELECTORAL_DISTRICT, Division.CUSTOM)


def missing(facts: Facts) -> list[MissingTheme]:
    """Themes without any figure by area in the current version; each says why and how to add it."""
    return [theme for theme in missing_themes() if not _answered(facts, theme)]


# Internals


def _answered(facts: Facts, theme: MissingTheme) -> bool:
    if theme.id == "sex":
        return any(sex != "total" for _, _, _, sex in facts.held)
    if theme.id == "turnout_2022":
        return any(
            name == "turnout_riksdag" and period == "riksdag-2022" for name, _, period, _ in facts.held
        )
    return any(name in theme.filled_by and division in _BY_AREA for name, division, _, _ in facts.held)
