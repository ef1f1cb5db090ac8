from __future__ import annotations

import csv

import pytest

from plats.sources.files.sweref import to_sweref
from plats.sources.files.tests.helpers import shared

# Lantmäteriet, "Kontrollpunkter för SWEREF 99 TM", 2007-11-20: latitude, longitude, N, E in metres.
CONTROL_POINTS = [
    (55.0, 12.75, 6097106.672, 356083.438),
    (55.0, 14.25, 6095048.642, 452024.069),
    (57.0, 12.75, 6319636.937, 363331.554),
    (57.0, 19.5, 6326392.707, 773251.054),
    (59.0, 11.25, 6546096.724, 284626.066),
    (59.0, 19.5, 6548757.206, 758410.519),
    (69.0, 21.0, 7666089.698, 739639.195),
]


@pytest.mark.parametrize(("latitude", "longitude", "north", "east"), CONTROL_POINTS)
def test_lantmateriets_control_points_are_met_to_the_millimetre(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    x, y = to_sweref(latitude, longitude)
    assert abs(x - east) < 0.0006
    assert abs(y - north) < 0.0006


def test_the_central_meridian_is_at_500_kilometres() -> None:
    assert to_sweref(60.0, 15.0)[0] == 500_000.0


def test_points_mirrored_in_the_central_meridian_lie_as_far_from_it() -> None:
    east, west = to_sweref(60.0, 18.0), to_sweref(60.0, 12.0)
    assert east[0] - 500_000 == pytest.approx(500_000 - west[0])
    assert east[1] == pytest.approx(west[1])


def test_swapped_latitude_and_longitude_is_said() -> None:
    with pytest.raises(ValueError, match="har latitud och longitud bytt plats"):
        to_sweref(17.95, 59.24)


def test_known_places_fall_in_the_area_of_their_name() -> None:
    """Stations and schools with a known address: their area must be the one that bears the place's name."""
    import json

    import shapely

    folder = shared() / "huddinge"
    features = json.loads((folder / "regso2025.geojson").read_text(encoding="utf-8"))["features"]
    polygons = {
        feature["properties"]["regsonamn"]: shapely.geometry.shape(feature["geometry"])
        for feature in features
    }
    with (folder / "osm_fritid.csv").open(encoding="utf-8") as handle:
        places = {row["namn"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(handle)}
    expected = {
        "Skogås bibliotek": "Skogås",
        "Vårby gård": "Vårby",
        "Stuvsta": "Stuvsta",
        "Segeltorps Bibliotek": "Segeltorp",
    }
    for place, start in expected.items():
        point = shapely.Point(*to_sweref(*places[place]))
        homes = [name for name, polygon in polygons.items() if polygon.contains(point)]
        assert len(homes) == 1
        assert homes[0].startswith(start)
