"""Telling people: whom, in which language, and never more than may be told."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import translation

from plats.vocabulary.messages import Bilingual, Count, Figure, Message
from plats.vocabulary.units import Unit
from plats.web.accounts.tests.world import World
from plats.web.common.templatetags.plats import say
from plats.web.notices.links import absolute, localised, neutral
from plats.web.notices.messages import (
    PersonalPartError,
    as_json,
    both_languages,
    from_json,
    in_both_languages,
)
from plats.web.notices.models import Letter, Notice
from plats.web.notices.tests.telling import page, signed_in, tell

pytestmark = pytest.mark.usefixtures("told")


def test_each_recipient_is_told_once_and_whoever_did_it_is_not(world: World) -> None:
    tell(world.analyst, world.coordinator, world.analyst, by=world.coordinator)
    assert [one.recipient for one in Notice.objects.all()] == [world.analyst]


def test_nobody_sees_anothers_notices(world: World) -> None:
    tell(world.analyst)
    assert Notice.objects.visible_to(world.analyst).count() == 1
    for other in (world.coordinator, world.administrator, world.stranger):
        assert not Notice.objects.visible_to(other).exists()
    assert "Prov 1." in page(signed_in(world.analyst), "/mitt/meddelanden/")
    assert "Prov 1." not in page(signed_in(world.administrator), "/mitt/meddelanden/")


def test_a_notice_goes_with_the_act_it_is_about(world: World) -> None:
    def fail() -> None:
        with transaction.atomic():
            tell(world.analyst, kind="loud")
            raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError):
        fail()
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()


def test_an_unknown_kind_is_an_error_of_the_program(world: World) -> None:
    with pytest.raises(KeyError):
        tell(world.analyst, kind="finns inte")


@pytest.mark.parametrize("part", ["19121212-1212", "anna@exempel.se", "070-174 06 35"])
def test_a_text_that_points_out_a_person_is_not_told(world: World, part: str) -> None:
    with pytest.raises(PersonalPartError) as error:
        tell(world.analyst, message=Message("Om {who}.", who=part))
    assert part not in str(error.value)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "mitt/", "/a\nb/", "javascript:x"]
)
def test_an_address_that_leads_elsewhere_is_not_told(world: World, url: str) -> None:
    with pytest.raises(ValueError, match="ingen adress på webbplatsen"):
        tell(world.analyst, url=url)


def test_an_address_is_kept_without_language_and_read_in_the_readers(world: World) -> None:
    assert neutral("/en/jobb/1/") == neutral("/jobb/1/") == "/jobb/1/"
    assert neutral("/energi/") == "/energi/"
    tell(world.analyst, url="/en/omraden/")
    (notice,) = Notice.objects.all()
    assert notice.address == "/omraden/"
    with translation.override("en"):
        assert notice.address == "/en/omraden/"
        assert localised("") == ""


def test_a_letters_address_is_the_installations_own(settings: object) -> None:
    settings.PLATS_SITE_URL = "https://platser.exempel.se"  # type: ignore[attr-defined]
    assert absolute("/mitt/") == "https://platser.exempel.se/mitt/"


def test_a_sentence_is_kept_with_its_parts_apart() -> None:
    message = Message("{name}: {n} {unit}", name=Bilingual(sv="plats", en="place"), n=Count(1234), unit="st")
    kept = from_json(as_json(message))
    assert kept == message
    assert kept.say() == "plats: 1\u00a0234 st"
    assert kept.say(str, "en") == "place: 1,234 st"


def test_a_figure_with_a_state_is_not_kept_in_a_sentence() -> None:
    with pytest.raises(TypeError, match="Figure"):
        as_json(Message("{n}", n=Figure(1.0, Unit.COUNT)))


def test_a_sentence_within_a_sentence_is_read_in_either_language() -> None:
    job = both_languages(Message("Rapport för hela kommunen"))
    assert (job.sv, job.en) == ("Rapport för hela kommunen", "Report of the whole municipality")
    from plats.web.accounts.roles import Analyst

    assert in_both_languages(Analyst.display_name) == Bilingual(sv="Utredare", en="Analyst")


def test_the_list_shows_what_is_new_and_what_is_read(world: World) -> None:
    tell(world.analyst)
    shown = page(signed_in(world.analyst), "/mitt/meddelanden/")
    assert "Tyst" in shown
    assert "<b>nytt</b>" in shown
    Notice.objects.update(read_at=Notice.objects.get().created_at)
    assert "<b>nytt</b>" not in page(signed_in(world.analyst), "/mitt/meddelanden/")


def test_a_kind_that_is_gone_is_called_by_its_id(world: World) -> None:
    (notice,) = tell(world.analyst)
    notice.kind = "gone"
    assert notice.kind_label == "gone"
    assert say(notice.sentence) == "Prov 1."
