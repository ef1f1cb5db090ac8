from __future__ import annotations

import re
from pathlib import Path

import pytest

from plats.catalog.formulas import Unavailable
from plats.catalog.load import catalog
from plats.web.common.translations import (
    WEB,
    catalog_files,
    stored_reasons,
    translated_messages,
    used_messages,
)

PLATS = WEB.parent
_PLACEHOLDER = re.compile(r"%\(\w+\)s|{\w*}")


def _english() -> dict[str, str]:
    return {id_: text for path in catalog_files() for id_, text in translated_messages(path).items()}


def _untranslated(used: dict[str, str]) -> dict[str, str]:
    assert used, "The extraction finds no messages, so the test would pass on anything."
    english = _english()
    return {message: place for message, place in used.items() if message not in english}


@pytest.mark.parametrize(
    "folder",
    [
        *(
            WEB / app
            for app in (
                "config",
                "common",
                "accounts",
                "places",
                "indicators",
                "documents",
                "jobs",
                "notices",
                "audit",
                "retention",
                "registers",
                "operations",
                "partners",
                "api",
                "goals",
                "efforts",
            )
        ),
        PLATS / "derive",
        PLATS / "reports" / "charts",
    ],
    ids=lambda folder: folder.name,
)
def test_every_message_has_an_english_translation(folder: Path) -> None:
    missing = _untranslated(used_messages(folder))
    assert not missing, f"Translate in locale/en/LC_MESSAGES/django.po: {missing}"


def test_every_reason_that_is_stored_with_a_figure_has_an_english_translation() -> None:
    stored = stored_reasons(PLATS / "derive") | {
        reason: place for reason, place in stored_reasons(PLATS / "facts").items() if place == "query.py"
    }
    missing = _untranslated(stored)
    assert not missing, f"Translate in indicators/locale/en/LC_MESSAGES/django.po: {missing}"


def test_what_the_catalog_says_in_swedish_alone_has_an_english_translation() -> None:
    said = {one.owner: one.id for one in catalog().indicators.values()}
    for indicator in catalog().indicators.values():
        if isinstance(indicator.formula, Unavailable):
            said[indicator.formula.reason] = indicator.id
    assert not _untranslated(said)


def test_the_extraction_finds_plurals_and_reasons_with_numbers() -> None:
    assert {"%(n)s träff", "%(n)s träffar"} <= set(used_messages(WEB / "places"))
    assert "Siffran bygger på {number} procent av områdets invånare." in stored_reasons(PLATS / "derive")


def test_a_translation_has_the_same_figures_as_its_sentence() -> None:
    for message, english in _english().items():
        assert sorted(_PLACEHOLDER.findall(message)) == sorted(_PLACEHOLDER.findall(english)), message


def test_two_catalogs_never_translate_a_message_differently() -> None:
    english = _english()
    for path in catalog_files():
        for message, text in translated_messages(path).items():
            assert english[message] == text, f"'{message}' in {path}"
