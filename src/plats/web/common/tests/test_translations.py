from __future__ import annotations

import re

import pytest

from plats.web.common.translations import WEB, catalog_files, translated_messages, used_messages


def _english() -> dict[str, str]:
    return {id_: text for path in catalog_files() for id_, text in translated_messages(path).items()}


@pytest.mark.parametrize("app", ["config", "common", "accounts"])
def test_every_message_has_an_english_translation(app: str) -> None:
    used = used_messages(WEB / app)
    assert used, "The extraction finds no messages, so the test would pass on anything."
    missing = {message: place for message, place in used.items() if message not in _english()}
    assert not missing, f"Translate in locale/en/LC_MESSAGES/django.po: {missing}"


def test_a_translation_has_the_same_figures_as_its_sentence() -> None:
    named = re.compile(r"%\(\w+\)s|{\w*}")
    for message, english in _english().items():
        assert sorted(named.findall(message)) == sorted(named.findall(english)), message
