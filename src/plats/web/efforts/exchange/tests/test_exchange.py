"""Files of efforts: the same in and out, told row by row, all or nothing, one's own only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import unrecorded
from plats.web.efforts.exchange.actions import ExchangeError, do_plan
from plats.web.efforts.exchange.content import columns
from plats.web.efforts.exchange.export import export_efforts
from plats.web.efforts.exchange.planning import Fate, Plan, plan_file
from plats.web.efforts.exchange.tests.making import LEAST, exported, file_of, make_effort, make_goal
from plats.web.efforts.models import (
    Effort,
    EffortGoal,
    EffortPlace,
    EffortResource,
)
from plats.web.places.models import Place


def plan(rows: bytes, by: Any) -> Plan:
    return plan_file(rows, "csv", by=by)


def least(world: World, **cells: str) -> dict[str, str]:
    return {**LEAST, "Organisation": world.committee.name, **cells}


def faults(rows: bytes, by: Any) -> dict[int, list[str]]:
    return {row.number: [fault.column for fault in row.faults] for row in plan(rows, by).of(Fate.REFUSED)}


def test_what_is_unknown_stays_empty_and_a_known_zero_is_zero(world: World) -> None:
    made = make_effort(world.committee)
    with unrecorded("an unknown amount, and known hours"):
        EffortResource.objects.create(effort=made, year=2026, amount_ore=None, hours=0)
    (row,) = exported(world.analyst)
    assert row["Resurser"] == "2026 |  |  |  | 0 |"
    assert row["Målgruppens storlek"] == ""
    assert row["Läge"] == "okänt"


def test_shares_and_amounts_are_exact(world: World) -> None:
    cells = least(
        world,
        Platser="regso/exempelgarden | 33,3333\nregso/exempelhojden | 66,6667",
        Resurser="2026 | regso/exempelgarden | Anslag | 12 345,67 | 10 |",
    )
    do_plan(by=world.analyst, plan=plan(file_of(cells), world.analyst))
    shares = EffortPlace.objects.order_by("place__slug").values_list("share_millionths", flat=True)
    assert list(shares) == [333_333, 666_667]
    # 12 345,67 kronor are 1 234 567 öre.
    assert EffortResource.objects.get().amount_ore == int(Decimal("12345.67") * 100) == 1_234_567


def test_each_row_is_told_its_fate_before_anything_is_written(world: World) -> None:
    same, other = make_effort(world.committee, "Samma"), make_effort(world.committee, "Ändras")
    rows = {row["Rubrik"]: row for row in exported(world.analyst)}
    rows["Ändras"]["Läge"] = "pågår"
    content = file_of(rows["Samma"], rows["Ändras"], least(world), least(world, Slag="båt", Från="i går"))
    found = plan(content, world.analyst)
    assert [row.fate for row in found.rows] == [Fate.UNCHANGED, Fate.CHANGED, Fate.NEW, Fate.REFUSED]
    assert [row.number for row in found.rows] == [2, 3, 4, 5]
    assert found.rows[1].changes == {"Läge": ("okänt", "pågår")}
    assert [fault.column for fault in found.rows[3].faults] == ["Slag", "Från"]
    assert all(fault.text.endswith(".") for fault in found.rows[3].faults)
    assert Effort.objects.count() == 2
    for one in (same, other):
        one.refresh_from_db()
        assert one.revision == 1


def test_a_file_that_is_half_right_writes_nothing(world: World) -> None:
    entries = AuditEntry.objects.count()
    content = file_of(least(world), least(world, Problem=""))
    with pytest.raises(ExchangeError, match="Inget är skrivet"):
        do_plan(by=world.analyst, plan=plan(content, world.analyst))
    assert Effort.objects.count() == 0
    assert AuditEntry.objects.count() == entries


def test_what_fails_in_the_middle_of_writing_writes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plats.web.efforts.exchange.actions.BATCH", 1)

    def stopped(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    content = file_of(*[least(world, Rubrik=f"Läxhjälp {letter}") for letter in "abc"])
    with pytest.raises(KeyboardInterrupt):
        do_plan(by=world.analyst, plan=plan(content, world.analyst), progress=stopped)
    assert Effort.objects.count() == 0


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Rubrik": ""}, "Rubrik"),
        ({"Rubrik": "a" * 201}, "Rubrik"),
        ({"Från": "2026-02-30"}, "Från"),
        ({"Från": "2026-05-01", "Till och med": "2026-04-30"}, "Till och med"),
        ({"Ålder från": "16", "Ålder till": "15"}, "Ålder till"),
        ({"Ålder från": "-1"}, "Ålder från"),
        ({"Platser": "regso/finns-inte | 50"}, "Platser"),
        ({"Platser": "regso/exempelgarden | 60\nregso/exempelhojden | 60"}, "Platser"),
        ({"Platser": "regso/exempelgarden\nregso/exempelgarden"}, "Platser"),
        ({"Platser": "regso/exempelgarden | 120"}, "Platser"),
        ({"Mål": "finns-inte"}, "Mål"),
        ({"Medverkande": "Ingen sådan | något"}, "Medverkande"),
        ({"Resurser": "2026 | | | -5 | |"}, "Resurser"),
        ({"Resurser": " | | | 5 | |"}, "Resurser"),
        ({"Resurser": "2026 | a | b | c | d | e | f"}, "Resurser"),
        ({"Service": "regso/finns-inte"}, "Service"),
        ({"Källans adress": "ingen adress"}, "Källans adress"),
        ({"Så följs det upp": "Ring 070-123 45 67"}, "Så följs det upp"),
        ({"Publicerad": "kanske"}, "Publicerad"),
        ({"Exempel": "ja"}, "Exempel"),
        ({"Id": "12"}, "Id"),
        ({"Id": "00000000-0000-4000-8000-000000000001"}, "Id"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_column(
    world: World, cells: dict[str, str], column: str
) -> None:
    assert column in faults(file_of(least(world, **cells)), world.analyst)[2]


def test_another_organisations_row_is_refused_and_told(world: World) -> None:
    theirs = make_effort(world.other, "Deras", is_public=True)
    (row,) = exported(world.others["analyst"])
    assert exported(world.analyst) == []
    row["Rubrik"] = "Vår nu"
    assert faults(file_of(row), world.analyst)[2] == ["Id", "Organisation"]
    row |= {"Id": "", "Rubrik": "Ny i deras namn"}
    assert faults(file_of(row), world.analyst)[2] == ["Organisation"]
    # Nor does one's own become theirs, or theirs one's own.
    row |= {"Id": str(theirs.public_id), "Organisation": world.committee.name}
    assert faults(file_of(row), world.analyst)[2] == ["Id"]
    theirs.refresh_from_db()
    assert theirs.title == "Deras"


def test_a_goal_that_one_may_not_see_is_neither_told_nor_touched(world: World) -> None:
    made, secret = make_effort(world.committee), make_goal(world.other, "Hemligt", public=False)
    with unrecorded("a goal of another's"):
        EffortGoal.objects.create(effort=made, goal=secret)
    ours = make_goal(world.committee, "Vårt")
    (row,) = exported(world.analyst)
    assert row["Mål"] == ""
    row["Mål"] = ours.slug
    do_plan(by=world.analyst, plan=plan(file_of(row), world.analyst))
    assert set(made.goals.values_list("slug", flat=True)) == {secret.slug, ours.slug}


def test_what_someone_changed_since_the_file_was_fetched_is_not_written_over(world: World) -> None:
    made = make_effort(world.committee)
    (row,) = exported(world.analyst)
    with unrecorded("someone else"):
        Effort.objects.filter(pk=made.pk).update(summary="Nyare", revision=2)
    row["Rubrik"] = "Från filen"
    assert faults(file_of(row), world.analyst)[2] == ["Ändring"]


def test_what_someone_changes_between_trying_and_writing_is_not_written_over(world: World) -> None:
    made = make_effort(world.committee)
    (row,) = exported(world.analyst)
    tried = plan(file_of(row | {"Rubrik": "Från filen"}), world.analyst)
    with unrecorded("someone else"):
        Effort.objects.filter(pk=made.pk).update(revision=2)
    with pytest.raises(ExchangeError, match="samtidigt"):
        do_plan(by=world.analyst, plan=tried)
    made.refresh_from_db()
    assert made.title == "Fritidsbank"


def test_one_who_may_not_publish_does_not_by_a_file(world: World) -> None:
    cells = least(world, Publicerad="ja")
    assert faults(file_of(cells), world.people["planner"])[2] == ["Publicerad"]
    assert faults(file_of(cells), world.analyst) == {}


def test_one_act_with_an_entry_for_each_effort_that_says_what_changed(world: World) -> None:
    made = make_effort(world.committee)
    (row,) = exported(world.analyst)
    row |= {"Läge": "pågår", "Platser": "regso/exempelgarden | 50"}
    do_plan(by=world.analyst, plan=plan(file_of(row, least(world)), world.analyst))
    entries = list(AuditEntry.objects.filter(act="effort.import").order_by("sequence"))
    assert len(entries) == 2
    changed = next(one for one in entries if one.object_id == str(made.public_id))
    assert set(changed.fields.split(",")) == {"state", "places"}
    assert {one.actor for one in entries} == {str(world.analyst.public_id)}
    made.refresh_from_db()
    assert (made.state, made.revision) == ("under_way", 2)
    assert made.states.get().state == "under_way"


def test_the_same_file_again_changes_nothing(world: World) -> None:
    content = file_of(least(world))
    do_plan(by=world.analyst, plan=plan(content, world.analyst))
    again = export_efforts(by=world.analyst, suffix="csv")
    assert plan(again, world.analyst).counts[Fate.UNCHANGED] == 1
    assert do_plan(by=world.analyst, plan=plan(again, world.analyst)) == 0


def test_no_cell_of_an_export_is_a_formula_and_all_come_back(world: World) -> None:
    make_effort(world.committee, "=HYPERLINK(1)", problem="-2+3", cause="@sum", summary="'=1")
    raw = export_efforts(by=world.analyst, suffix="csv").decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in raw
    assert ";=" not in raw
    (row,) = exported(world.analyst)
    assert (row["Rubrik"], row["Problem"], row["Orsak"], row["Vad som görs"]) == (
        "=HYPERLINK(1)",
        "-2+3",
        "@sum",
        "'=1",
    )


def test_every_column_of_an_effort_is_in_the_file_or_made_by_the_program() -> None:
    made = {"id", "public_id", "slug", "organisation", "created_at", "created_by", "changed_at", "revision"}
    told = {field.name for field in Effort._meta.concrete_fields} - made

    assert told == {column.name for column in columns()}


def test_a_place_that_the_newest_edition_lacks_is_told_and_one_that_lies_there_may_stay(world: World) -> None:
    """The older edition has a garden that the newer has not."""
    gone, here = Place.objects.get(slug="exempelgarden"), Place.objects.get(slug="exempelhojden")
    gone.versions.create(division="regso", edition="2020", code="X1")
    for edition in ("2020", "2025"):
        here.versions.create(division="regso", edition=edition, code="X2")
    new = file_of(least(world, Platser="regso/exempelgarden\nregso/exempelhojden"))
    (refused,) = plan(new, world.analyst).of(Fate.REFUSED)
    assert [(fault.column, "regso/exempelgarden" in fault.text) for fault in refused.faults] == [
        ("Platser", True)
    ]
    lying = make_effort(world.committee)
    with unrecorded("it lay there before the borders changed"):
        EffortPlace.objects.create(effort=lying, place=gone)
    (row,) = exported(world.analyst)
    changed = plan(file_of({**row, "Rubrik": "Ny rubrik"}), world.analyst)
    assert changed.counts[Fate.CHANGED] == 1
