"""Which areas lie in which, worked by hand on a municipality that fits on a napkin."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from shapely.geometry import box

from plats.derive.territory import Where, lying_in
from plats.facts.query import Area, Overlap
from plats.vocabulary.codes import AreaKey, Division

K, R, D, E, C = (
    Division.KOMMUNDEL,
    Division.REGSO,
    Division.DESO,
    Division.ELECTORAL_DISTRICT,
    Division.CUSTOM,
)
_EDITIONS = {K: "", R: "2025", D: "2018", E: "2022", C: ""}


@dataclass(eq=False)
class Napkin:
    """What `lying_in` reads of a store."""

    areas: dict[AreaKey, Area] = field(default_factory=dict)
    geometries: dict[AreaKey, bytes] = field(default_factory=dict)
    overlaps: list[Overlap] = field(default_factory=list)
    sites: tuple[()] = ()
    municipality: str = "0126"
    version: Any = field(default_factory=lambda: SimpleNamespace(manifest={"tables": {}}))

    def area(
        self, division: Division, code: str, shape: Any = None, point: tuple[float, float] | None = None
    ) -> None:
        key = AreaKey(division, _EDITIONS[division], code)
        x, y = point or (None, None)
        self.areas[key] = Area(key, code, "0126", "2018-01-01", None, x, y, "", False, "", "")
        if shape is not None:
            self.geometries[key] = shapely.to_wkb(shape)

    def lies(
        self, one: tuple[Division, str], parts: dict[tuple[Division, str], float], edition: str = ""
    ) -> None:
        for target, share in parts.items():
            source = AreaKey(one[0], edition or _EDITIONS[one[0]], one[1])
            goal = AreaKey(target[0], _EDITIONS[target[0]], target[1])
            self.overlaps.append(Overlap(source, goal, round(share * 1_000_000), "population"))


@pytest.fixture
def napkin() -> Napkin:
    """Kommundel K and L; RegSO R1 in K, R2 three fifths in K and the rest in L, R3 in L."""
    made = Napkin()
    for code in ("K", "L"):
        made.area(K, code)
    for code in ("R1", "R2", "R3"):
        made.area(R, code)
    made.lies((R, "R1"), {(K, "K"): 1})
    made.lies((R, "R2"), {(K, "K"): 0.6, (K, "L"): 0.4})
    made.lies((R, "R3"), {(K, "L"): 1})
    return made


def inside(napkin: Napkin, where: Where) -> set[str]:
    return {code for _division, code in lying_in(napkin).get(where, ())}  # type: ignore[arg-type]


def test_an_area_lies_where_more_than_half_of_it_does(napkin: Napkin) -> None:
    assert inside(napkin, (K, "K")) == {"R1", "R2"}
    assert inside(napkin, (K, "L")) == {"R3"}


def test_exactly_half_is_not_mostly(napkin: Napkin) -> None:
    napkin.area(D, "D")
    napkin.lies((D, "D"), {(R, "R1"): 0.5, (R, "R3"): 0.5})
    # In K 0.5 × 1, in L 0.5 × 1.
    assert all("D" not in inside(napkin, where) for where in ((R, "R1"), (R, "R3"), (K, "K"), (K, "L")))


def test_a_chain_of_parts_is_multiplied_and_added(napkin: Napkin) -> None:
    napkin.area(E, "E")
    napkin.lies((E, "E"), {(R, "R1"): 0.4, (R, "R2"): 0.4, (R, "R3"): 0.2})
    # In K 0.4 × 1 + 0.4 × 0.6 = 0.64; in L 0.4 × 0.4 + 0.2 × 1 = 0.36; in no RegSO more than 0.4.
    assert "E" in inside(napkin, (K, "K"))
    assert "E" not in inside(napkin, (K, "L"))
    assert all("E" not in inside(napkin, (R, code)) for code in ("R1", "R2", "R3"))


def test_what_is_said_directly_stands_before_a_chain(napkin: Napkin) -> None:
    napkin.area(D, "D")
    napkin.lies((D, "D"), {(R, "R1"): 1})
    napkin.lies((D, "D"), {(K, "L"): 1})
    assert "D" in inside(napkin, (R, "R1"))
    assert "D" in inside(napkin, (K, "L"))
    assert "D" not in inside(napkin, (K, "K"))


def test_the_newest_edition_of_an_area_decides(napkin: Napkin) -> None:
    napkin.area(E, "E")
    napkin.lies((E, "E"), {(R, "R3"): 1}, edition="2018")
    napkin.lies((E, "E"), {(R, "R1"): 1}, edition="2022")
    assert "E" in inside(napkin, (R, "R1"))
    assert "E" not in inside(napkin, (R, "R3"))


def test_without_a_crosswalk_the_borders_decide() -> None:
    made = Napkin()
    made.area(K, "K", box(0, 0, 10, 10))
    made.area(K, "L", box(10, 0, 20, 10))
    made.area(C, "C", box(4, 0, 14, 10))  # 6 of 10 in K
    made.area(C, "half", box(5, 0, 15, 10))
    assert inside(made, (K, "K")) == {"C"}
    assert inside(made, (K, "L")) == set()


def test_without_borders_of_its_own_the_point_decides() -> None:
    made = Napkin()
    made.area(K, "K", box(0, 0, 10, 10))
    made.area(E, "E", point=(3, 3))
    made.area(E, "outside", point=(30, 3))
    made.area(E, "nowhere")
    assert inside(made, (K, "K")) == {"E"}


def test_nothing_coarser_lies_in_what_is_finer(napkin: Napkin) -> None:
    napkin.area(E, "E")
    napkin.lies((R, "R1"), {(E, "E"): 1})
    assert inside(napkin, (E, "E")) == set()
