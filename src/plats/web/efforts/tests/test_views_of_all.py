"""All efforts together: on the map, against need, in time, and before and after harm."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plats.vocabulary.codes import Division
from plats.web.accounts.tests.world import World
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.tests.making import make_effort
from plats.web.efforts.kinds import EffortKind
from plats.web.efforts.models import Effort, EffortPlace, EffortResource
from plats.web.efforts.needs import MEASURED_BY, NeedRow, white_spots
from plats.web.efforts.preventing import prevention_of
from plats.web.efforts.timeline import Bar, timeline_of
from plats.web.efforts.where import living, reach_map, where_efforts_are
from plats.web.places.models import Place
from plats.web.places.territory import all_around, places_around


def place(slug: str, division: str = "kommundel") -> Place:
    found: Place = Place.objects.get(division=division, slug=slug)
    return found


def put(effort: Effort, where: Place, share: int | None = None) -> None:
    with unrecorded("where it is"):
        EffortPlace.objects.create(effort=effort, place=where, share_millionths=share)


def takes(effort: Effort, year: int, ore: int | None, where: Place | None = None) -> None:
    with unrecorded("what it takes"):
        EffortResource.objects.create(effort=effort, year=year, amount_ore=ore, place=where)


def row_of(rows: list[NeedRow], kind: EffortKind) -> NeedRow:
    return next(row for row in rows if row.kind is kind)


# Where, and against need


def test_what_lies_around_all_places_is_what_lies_around_each(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for division in (Division.KOMMUNDEL, Division.REGSO):
        all_around(division)
        with django_assert_num_queries(2):
            found = all_around(division)
        assert found == {one: places_around(one) for one in found}
        assert len(found) == Place.objects.filter(division=str(division)).count()


def test_a_spot_is_an_area_of_great_need_that_no_effort_of_the_kind_reaches(world: World) -> None:
    """22 RegSO: a quarter is 5,5, six areas. Vårby has three of those with most low economic standard."""
    empty = row_of(white_spots(living(world.stranger)), EffortKind.LEISURE)
    assert [spot.place.slug for spot in empty.spots] == [
        "flemingsberg-vastra",
        "varby-gard",
        "flemingsberg-ostra",
        "varby-haga-masmo",
        "skogas-vastra",
        "varby-udde-duvberget",
    ]
    assert empty.areas == 6
    assert re.sub(r"\s", " ", empty.spots[0].figure) == "35,4 %"
    put(make_effort(world.housing, is_public=True), place("varby"))
    rows = white_spots(living(world.stranger))
    left = row_of(rows, EffortKind.LEISURE)
    assert [spot.place.slug for spot in left.spots] == [
        "flemingsberg-vastra",
        "flemingsberg-ostra",
        "skogas-vastra",
    ]
    # One of another kind answers nothing.
    assert len(row_of(rows, EffortKind.CULTURE).spots) == 6


@pytest.mark.parametrize(
    "said", [{"is_public": False}, {"is_example": True}, {"state": "ended"}, {"state": "cancelled"}]
)
def test_what_one_does_not_see_examples_and_what_is_over_fill_no_spot(
    world: World, said: dict[str, Any]
) -> None:
    put(make_effort(world.housing, **{"is_public": True} | said), place("varby"))
    there = living(world.stranger)
    assert len(row_of(white_spots(there), EffortKind.LEISURE).spots) == 6
    assert all(count == 0 for row in where_efforts_are(there).rows for count in row.counts)


def test_a_kind_without_an_indicator_and_one_without_figures_say_so(world: World, client: Client) -> None:
    make_effort(world.housing, kind="gvi", is_public=True)
    row = row_of(white_spots(living(world.stranger)), EffortKind.GVI)
    assert (row.indicator, row.areas, row.unplaced) == (None, 0, 1)
    shown = client.get("/insatser/var/").content.decode()
    assert "ingen siffra per område mäter behovet" in shown
    assert "siffror saknas" in shown  # the safety survey is not embedded


def test_every_indicator_of_need_is_in_the_catalog_by_regso_with_a_direction() -> None:
    from plats.catalog.load import catalog

    for name in MEASURED_BY.values():
        indicator = catalog().indicators[name]
        assert Division.REGSO in indicator.divisions
        assert indicator.direction != "none"


def test_the_map_colours_what_is_reached_and_hatches_the_rest(world: World) -> None:
    put(make_effort(world.housing, is_public=True), place("varby"))
    put(make_effort(world.housing, "En till", is_public=True), place("varby-gard", "regso"))
    drawn = reach_map(living(world.stranger))
    assert drawn is not None
    written = {key.name: key.written for key in drawn.keys}
    assert len(written) == 22
    assert {name: said for name, said in written.items() if said != "ingen känd"} == {
        "Vårby gård": "2",
        "Vårby Haga-Masmo": "1",
        "Vårby Udde-Duvberget": "1",
    }


# In time


@time_machine.travel("2026-11-27T12:00:00Z", tick=False)
def test_what_ends_within_a_year_leaves_a_gap_unless_another_of_the_kind_goes_on_there(world: World) -> None:
    varby, skogas = place("varby"), place("skogas")
    ends = make_effort(world.housing, "Slutar", is_public=True, ends_on="2027-06-30")
    put(ends, varby)

    def gaps() -> list[str]:
        return [bar.effort.title for bar in timeline_of(world.stranger).bars if bar.leaves_gap]

    assert gaps() == ["Slutar"]
    elsewhere = make_effort(world.housing, "Annan plats", is_public=True)
    put(elsewhere, skogas)
    make_effort(world.housing, "Annat slag", is_public=True, kind="culture")
    assert gaps() == ["Slutar"]
    put(elsewhere, varby)
    assert gaps() == []
    with unrecorded("it ends the same day"):
        Effort.objects.filter(pk=elsewhere.pk).update(ends_on="2027-06-30")
    assert gaps() == ["Annan plats", "Slutar"]
    with unrecorded("later than a year"):
        Effort.objects.update(ends_on="2027-11-28")
    assert gaps() == []


@time_machine.travel("2026-11-27T12:00:00Z", tick=False)
def test_a_bar_lies_where_its_days_lie(world: World) -> None:
    """Two years, 2026 and 2027: 730 days. 2026-07-02 is day 182, and to the last of 2027 it is 548 days."""
    make_effort(world.housing, "Hela", is_public=True, starts_on="2026-07-02", ends_on="2027-12-31")
    make_effort(world.housing, "Öppen", is_public=True, starts_on="2027-01-01")
    make_effort(world.housing, "Utan dag", is_public=True)
    make_effort(world.housing, "Inställd", is_public=True, starts_on="2020-01-01", state="cancelled")
    shown = timeline_of(world.stranger)
    assert [year for year, _x in shown.years] == [2026, 2027]
    whole, opened = shown.bars
    assert (whole.x, whole.width) == (f"{18200 / 730:.2f}", f"{54800 / 730:.2f}")
    assert _ends(whole) == (False, False)
    assert (opened.x, opened.width) == ("50.00", "50.00")
    assert _ends(opened) == (False, True)
    assert (shown.undated, shown.more) == (1, 0)


@time_machine.travel("2026-11-27T12:00:00Z", tick=False)
def test_days_far_away_neither_break_the_axis_nor_stretch_it(world: World, client: Client) -> None:
    """The axis is thirty years to each side at most, and a bar beyond it ends where it ends."""
    make_effort(world.housing, "Alltid", is_public=True, starts_on="0001-01-01", ends_on="9999-12-31")
    make_effort(world.housing, "Förr", is_public=True, starts_on="1900-01-01", ends_on="1901-01-01")
    make_effort(world.housing, "Sedan", is_public=True, starts_on="2100-01-01")
    assert client.get("/insatser/tidslinje/").status_code == 200
    shown = timeline_of(world.stranger)
    assert (shown.first, shown.last) == (1996, 2056)
    bars = {bar.effort.title: (bar.x, bar.width) for bar in shown.bars}
    assert bars == {"Alltid": ("0.00", "100.00"), "Förr": ("0.00", "0.00"), "Sedan": ("100.00", "0.00")}


def _ends(bar: Bar) -> tuple[bool, bool]:
    return bar.open_start, bar.open_end


# Before and after harm


def test_money_goes_by_year_and_where_its_shares_say(world: World) -> None:
    """1 001 öre, a third in Vårby and the rest unsaid: 333 there, 668 unknown. 500 said of Skogås is Skogås'."""
    before = make_effort(world.housing, "Före", is_public=True, moment="before")
    after = make_effort(world.housing, "Efter", is_public=True, moment="after")
    put(before, place("varby"), 333_333)
    put(before, place("trangsund"))
    put(after, place("skogas"))
    takes(before, 2025, 1001)
    takes(after, 2026, 500, place("skogas"))
    takes(after, 2026, None)
    found = prevention_of(world.stranger)
    assert [(year, money.before_ore, money.after_ore, money.unknown) for year, money in found.years] == [
        (2025, 1001, 0, 0),
        (2026, 0, 500, 1),
    ]
    rows = {row.place.slug if row.place else "": row for row in found.places}
    assert (rows["varby"].before, rows["varby"].money.before_ore) == (1, 333)
    assert (rows["trangsund"].before, rows["trangsund"].money.is_known) == (1, False)
    assert (rows["skogas"].after, rows["skogas"].money.after_ore) == (1, 500)
    assert rows[""].money.before_ore == 668
    assert rows[""].before == 0
    assert sum(row.money.before_ore for row in rows.values()) == 1001


def test_whole_shares_lose_no_ore(world: World) -> None:
    one = make_effort(world.housing, is_public=True, moment="before")
    for slug, share in (("varby", 333_333), ("skogas", 333_333), ("trangsund", 333_334)):
        put(one, place(slug), share)
    takes(one, 2026, 100)
    rows = {
        row.place.slug if row.place else "": row.money.before_ore
        for row in prevention_of(world.stranger).places
    }
    assert (rows["varby"], rows["skogas"], rows["trangsund"], rows[""]) == (33, 33, 34, 0)


def test_the_answer_of_2023_has_no_amount_and_the_page_says_so(loaded: World, client: Client) -> None:
    shown = client.get("/insatser/fore-och-efter/").content.decode()
    assert "Inget belopp är inskrivet för något år" in shown
    assert "0 kr" not in re.sub(r"\s", " ", shown)
    rows = {row.place.slug if row.place else "": row for row in prevention_of(loaded.stranger).places}
    assert (rows["skogas"].before, rows["skogas"].after) == (0, 4)
    assert (rows[""].before, rows[""].after, rows[""].money.unknown) == (21, 1, 22)


def test_the_views_ask_a_few_questions(
    loaded: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for page in ("var", "tidslinje", "fore-och-efter"):
        client.get(f"/insatser/{page}/")
        with django_assert_max_num_queries(12):
            assert client.get(f"/insatser/{page}/").status_code == 200
