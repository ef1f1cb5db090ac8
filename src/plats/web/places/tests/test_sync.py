"""Places follow the store, and nothing that points to a place is ever orphaned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plats.facts.query import Facts
from plats.facts.tests.stores import put, rows
from plats.facts.versions import FactStore
from plats.vocabulary.codes import Division
from plats.web.places.actions import sync_places
from plats.web.places.models import AreaVersion, Place
from plats.web.places.rules import PLACE_DIVISIONS

pytestmark = pytest.mark.django_db

ELSEWHERE = "0999"


def area(code: str, name: str, edition: str = "2020", **more: Any) -> dict[str, Any]:
    return {
        "division": "regso",
        "edition": edition,
        "code": code,
        "name": name,
        "municipality": ELSEWHERE,
        "valid_from": f"{edition}-01-01",
        "approximate": False,
        "dataset": "made",
        "snapshot": "made",
    } | more


def sync(folder: Path, *areas: dict[str, Any]) -> dict[str, str]:
    """Put these areas in the store and sync; then each place's name by its address."""
    store = FactStore(folder)
    put(store, areas=rows("areas", *areas))
    sync_places(store=store, municipality=ELSEWHERE)
    return dict(Place.objects.filter(municipality=ELSEWHERE).values_list("slug", "name"))


def test_every_area_of_the_store_that_can_be_a_place_has_one(site: Facts) -> None:
    for division in PLACE_DIVISIONS:
        codes = {key.code for key in site.areas if key.division == division}
        assert Place.objects.filter(division=str(division), municipality="0126").count() == len(codes)
    versions = {(one.division, one.edition, one.code) for one in AreaVersion.objects.all()}
    expected = {
        (str(key.division), key.edition, key.code) for key in site.areas if key.division in PLACE_DIVISIONS
    }
    assert versions == expected


def test_the_polices_areas_are_in_the_store_and_are_no_places(site: Facts) -> None:
    assert any(key.division is Division.POLICE_AREA for key in site.areas)
    assert not Place.objects.filter(division="police_area").exists()


def test_syncing_again_changes_nothing(site: Facts) -> None:
    before = (list(Place.objects.order_by("pk").values()), list(AreaVersion.objects.order_by("pk").values()))
    sync_places(store=site.store, municipality="0126")
    after = (list(Place.objects.order_by("pk").values()), list(AreaVersion.objects.order_by("pk").values()))
    assert after == before


def test_an_area_that_leaves_the_store_leaves_its_place_behind(tmp_path: Path) -> None:
    sync(tmp_path, area("0999R001", "Vik"), area("0999R002", "Sund"))
    assert sync(tmp_path, area("0999R001", "Vik")) == {"vik": "Vik", "sund": "Sund"}
    assert AreaVersion.objects.filter(code="0999R002").exists()


def test_a_renamed_area_keeps_its_address(tmp_path: Path) -> None:
    sync(tmp_path, area("0999R001", "Vik"))
    named = sync(tmp_path, area("0999R001", "Vik"), area("0999R001", "Nya Vik", "2025"))
    assert named == {"vik": "Nya Vik"}
    place = Place.objects.get(municipality=ELSEWHERE)
    assert [one.edition for one in place.versions.order_by("edition")] == ["2020", "2025"]


def test_a_new_area_with_an_old_places_name_gets_an_address_of_its_own(tmp_path: Path) -> None:
    """The old place was renamed but kept its address, so the address is taken although no area has the name."""
    sync(tmp_path, area("0999R001", "Vik"))
    sync(tmp_path, area("0999R001", "Bro"))
    named = sync(tmp_path, area("0999R001", "Bro"), area("0999R002", "Vik"))
    assert named == {"vik": "Bro", "vik-0999r002": "Vik"}


def test_a_namesake_that_arrives_later_does_not_move_the_first(tmp_path: Path) -> None:
    sync(tmp_path, area("0999R001", "Vik"))
    assert sync(tmp_path, area("0999R001", "Vik"), area("0999R002", "Vik")) == {
        "vik": "Vik",
        "vik-0999r002": "Vik",
    }


def test_a_version_keeps_from_when_to_when_its_border_holds(tmp_path: Path) -> None:
    sync(tmp_path, area("0999R001", "Vik", valid_to="2024-12-31", geometry_hash="abc"))
    version = AreaVersion.objects.get(code="0999R001")
    assert (str(version.valid_from), str(version.valid_to)) == ("2020-01-01", "2024-12-31")
    assert version.geometry_hash == "abc"
    assert str(version) == "regso:2020:0999R001"
