"""What the interpellation answer of 2023-02-13 names as done, as rows."""

from __future__ import annotations

from datetime import date

import pytest

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.efforts.embedded import SOURCE, UnknownNameError, load_efforts
from plats.web.efforts.models import Effort, EffortResource, ServiceReach
from plats.web.partners.tests.promising import rows_of

NAMED = (
    "Trygghetsvärdar, ordningsvakter, nattvandrare och väktare",
    "fritidsgård med elevhälsoteam",
    "Kontakter med föreningar",
    "Platsperspektivet",
    "Kartläggning och analys",
    "Områdesutveckling",
    "inflyttning och kvarboende",
    "förebyggande arbete",
    "Lättillgänglig socialtjänst",
    "Familjecentraler",
    "Föräldrarådgivning",
    "Fler lärare",
    "Resurser till skolorna efter behov",
    "kultur, idrott och fritid",
    "Fritidsbank",
    "Kamerabevakning",
    "överenskommelsen 2023–2024",
    "GVI",
    "Nattvandringar",
    "Unga för orten",
    "Operativ samverkansgrupp",
    "Föreningen Samverkan i Huddinge",
    "Fysisk planering",
)


def test_every_effort_the_answer_names_is_there_with_source_moment_and_state(loaded: World) -> None:
    titles = list(Effort.objects.values_list("title", flat=True))
    for words in NAMED:
        assert [title for title in titles if words in title], words
    for one in Effort.objects.all():
        assert (one.as_of, one.source_title) == (date(2023, 2, 13), SOURCE)
        assert one.is_public
        assert not one.is_example
        assert one.states.count() == 1


def test_nothing_is_invented(loaded: World) -> None:
    assert not EffortResource.objects.exists()
    assert not ServiceReach.objects.exists()
    assert not Effort.objects.exclude(effect="", group_size=None, effect_size=None).exists()


def test_gvi_was_being_introduced_and_the_lending_of_gear_was_to_come(loaded: World) -> None:
    assert Effort.objects.get(title__startswith="GVI").state == "introduced"
    assert Effort.objects.get(title="Fritidsbank").state == "planned"


def test_loading_again_changes_nothing(loaded: World) -> None:
    before = AuditEntry.objects.count(), Effort.objects.count()
    assert load_efforts(rows_of("efforts")) == 0
    assert (AuditEntry.objects.count(), Effort.objects.count()) == before


def test_a_place_that_no_longer_exists_is_told_by_name(loaded: World) -> None:
    row = {**rows_of("efforts")[0], "title": "Ny", "places": ["regso/finns-inte"]}
    with pytest.raises(UnknownNameError, match="regso/finns-inte"):
        load_efforts([row])
    assert not Effort.objects.filter(title="Ny").exists()
