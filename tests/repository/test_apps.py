"""Every room of the site explains itself, and its words are in the glossary."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models import Model

from plats.web.common.translations import translated_messages, used_messages
from tests.repository.tree import ROOT, SOURCE, text

APPS = sorted(path.parent for path in (SOURCE / "web").glob("*/__init__.py"))
OURS: list[AppConfig] = [config for config in apps.get_app_configs() if config.name.startswith("plats.")]
MODELS = [model for config in OURS for model in config.get_models()]
MOST_LINES = 40


def _glossary() -> dict[str, str]:
    """Identifier to Swedish term."""
    rows = re.findall(r"^\| `([a-z0-9_]+)` \| ([^|]+) \|", text(ROOT / "docs" / "glossary.md"), re.MULTILINE)
    return {identifier: term.strip().lower() for identifier, term in rows}


@cache
def _english() -> frozenset[str]:
    catalogs = sorted((SOURCE / "web").glob("*/locale/en/LC_MESSAGES/django.po"))
    return frozenset(message for path in catalogs for message in translated_messages(path))


def _untranslated(folder: Path) -> dict[str, str]:
    """Sentences without English and the file they are in; what is only made of parts, '{text}', has no words."""
    used = used_messages(folder)
    return {
        message: place
        for message, place in used.items()
        if message not in _english() and re.search(r"[^\W\d]", re.sub(r"%\(\w+\)s|{\w*}", "", message))
    }


def _identifier(model: type[Model]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


@pytest.mark.parametrize("folder", APPS, ids=lambda folder: folder.name)
def test_an_app_says_what_it_is_in_a_page(folder: Path) -> None:
    page = folder / "DOMAIN.md"
    assert page.is_file(), f"Write {folder.name}/DOMAIN.md: what, words, invariants, who."
    lines = text(page).splitlines()
    assert lines[0] == f"# {folder.name}"
    assert len(lines) <= MOST_LINES, (
        f"{folder.name}/DOMAIN.md has {len(lines)} lines; say it in {MOST_LINES}."
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_is_in_the_glossary_by_the_word_the_site_uses(model: type[Model]) -> None:
    terms = re.split(r",\s*", _glossary().get(_identifier(model), ""))
    assert str(model._meta.verbose_name) in terms, f"Add `{_identifier(model)}` to docs/glossary.md."


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_an_app_is_in_the_glossary(config: AppConfig) -> None:
    """By its name or by the one thing it is about: `places` or `place`."""
    assert {config.label, config.label.removesuffix("s")} & _glossary().keys(), (
        f"Add `{config.label}` to docs/glossary.md."
    )


@pytest.mark.parametrize("folder", APPS, ids=lambda folder: folder.name)
def test_every_sentence_of_an_app_is_in_english_too(folder: Path) -> None:
    missing = _untranslated(folder)
    assert not missing, f"{len(missing)} to translate in {folder.name}/locale/en: {missing}"


def test_the_sentences_of_page_and_report_are_in_english_too() -> None:
    """`derive` says what is true in Swedish literals, which the site translates."""
    assert len(used_messages(SOURCE / "derive")) > 20, "The extraction does not find what derive writes."
    missing = _untranslated(SOURCE / "derive")
    assert not missing, f"{len(missing)} to translate in indicators/locale/en: {missing}"


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
