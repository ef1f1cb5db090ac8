"""What cannot be is refused with a sentence, what has no answer is NaN, and what is given is left as it was."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import shapely

from plats.analysis.segregation.spatial import borders as border
from plats.analysis.segregation.spatial import (
    centralisation,
    distance_decay,
    distortion,
    land,
    proximity,
    proximity_profile,
    scales,
    surroundings,
)
from plats.analysis.segregation.spatial.adjacency import Borders, drawn_borders, tolerant_borders

ROW = [[661_000, 6_560_000], [662_000, 6_560_000], [663_000, 6_560_000]]
DEGREES = [[17.9, 59.2], [18.0, 59.2], [18.1, 59.3]]
LAND = [1e6, 2e6, 3e6]
GROUP, TOTAL = [10, 10, 10], [40, 20, 60]
TABLE = [[10, 30], [10, 10], [10, 50]]

GIVEN = {
    "group": GROUP,
    "total": TOTAL,
    "groups": TABLE,
    "points_m": ROW,
    "area_m2": LAND,
    "perimeter_m": [4000, 5000, 6000],
    "centres_m": [661_000, 6_560_000],
    "radii_m": [0, 1500],
    "radius_m": 1500,
    "thresholds": [0.1, 0.4],
    "nearest": 1,
    "borders": Borders.of(3, [(0, 1), (1, 2)]),
}
MODULES = (
    border,
    centralisation,
    distance_decay,
    distortion,
    land,
    proximity,
    proximity_profile,
    scales,
    surroundings,
)
MEASURES = {
    name: function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}


def asked(name, **changed):
    """The measure of what is given, with some of it changed."""
    function = MEASURES[name]
    wanted = [
        parameter.name
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty or parameter.name in changed or parameter.name == "nearest"
    ]
    answer = function(**{parameter: (GIVEN | changed)[parameter] for parameter in wanted})
    if inspect.isgenerator(answer):
        return np.concatenate([one.divergence for one in answer] or [np.array([np.nan])])
    return np.asarray(answer)


def taking(*parameters):
    """The measures that take all of these."""
    return [
        name
        for name, function in MEASURES.items()
        if set(parameters) <= set(inspect.signature(function).parameters)
    ]


@pytest.mark.parametrize("name", taking("points_m"))
@pytest.mark.parametrize(
    ("points", "words"),
    [
        (DEGREES, "grader"),
        ([[59.2, 17.9], [59.2, 18.0], [59.3, 18.1]], "grader"),
        ([*ROW[:2], [np.nan, 6_560_000]], "Koordinater saknas för 1 av 3 områden, först för område 2"),
        ([*ROW[:2], [661_000, np.inf]], "Koordinater saknas"),
        (np.ma.masked_array(ROW, mask=[[0, 0], [1, 0], [0, 0]]), "Koordinater saknas"),
        (ROW[:2], "en punkt"),
        ([1, 2, 3], "en punkt"),
    ],
)
def test_points_that_cannot_be_used_are_refused(name, points, words):
    with pytest.raises(ValueError, match=words):
        asked(name, points_m=points)


@pytest.mark.parametrize("name", taking("group", "total"))
@pytest.mark.parametrize(
    ("group", "total", "words"),
    [
        ([-1, 2, 2], [5, 5, 5], "negativ"),
        ([6, 2, 2], [5, 5, 5], "större än"),
        ([1, 2], [5, 5, 5], "samma ordning"),
        ([np.inf, 1, 1], [5, 5, 5], "oändlig"),
    ],
)
def test_people_that_cannot_be_are_refused(name, group, total, words):
    with pytest.raises(ValueError, match=words):
        asked(name, group=group, total=total)


@pytest.mark.parametrize("name", taking("group", "total"))
@pytest.mark.parametrize(
    ("group", "total"),
    [
        ([0, 0, 0], [5, 5, 5]),
        ([5, 5, 5], [5, 5, 5]),
        ([2, 0, 0], [5, 0, 0]),
        ([1, np.nan, 1], [5, 5, 5]),
        ([1, 1, 1], [5, np.nan, 5]),
    ],
)
def test_there_is_no_answer_when_there_is_nothing_to_compare(name, group, total):
    assert np.isnan(asked(name, group=group, total=total)).all()


@pytest.mark.parametrize("name", [name for name in taking("groups") if name != "local_environments"])
@pytest.mark.parametrize(
    "table", [[[1, np.nan], [1, 1], [1, 1]], [[1, 1], [0, 0], [0, 0]], [[0, 1]] * 3, [[0, 0]] * 3]
)
def test_there_is_no_answer_for_several_groups_either(name, table):
    assert np.isnan(asked(name, groups=table)).all()


@pytest.mark.parametrize("name", taking("groups"))
@pytest.mark.parametrize("table", [[[1, -1], [1, 1], [1, 1]], [[1], [1], [1]], [1, 2, 3]])
def test_tables_that_cannot_be_are_refused(name, table):
    with pytest.raises(ValueError, match=r"negativt|minst två grupper|dimensioner"):
        asked(name, groups=table)


def test_a_missing_figure_is_missing_for_those_it_is_near():
    found = scales.local_environments([[1, np.nan], [1, 1], [1, 1]], ROW, 1500)
    assert np.isnan(found).tolist() == [[False, True], [False, True], [False, False]]


@pytest.mark.parametrize("name", taking("area_m2"))
@pytest.mark.parametrize("area", [[1e6, 0, 1e6], [1e6, np.nan, 1e6], [1e6, 1e6], [-1, 1e6, 1e6]])
def test_land_that_cannot_be_is_refused(name, area):
    with pytest.raises(ValueError, match="yta"):
        asked(name, area_m2=area)


def test_a_perimeter_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="'omkrets' ska vara större än 0 men är 0 i område 1"):
        asked("perimeter_area_dissimilarity", perimeter_m=[4000, 0, 6000])


@pytest.mark.parametrize("name", taking("scale_m"))
@pytest.mark.parametrize(
    ("scale", "words"), [(0, "större än 0"), (-1, "större än 0"), (np.nan, "större än 0"), (0.1, "för litet")]
)
def test_a_scale_that_cannot_be_is_refused(name, scale, words):
    with pytest.raises(ValueError, match=words):
        asked(name, scale_m=scale)


@pytest.mark.parametrize("name", taking("radii_m"))
@pytest.mark.parametrize("radii", [[], [-1], [np.nan], [np.inf], 500])
def test_radii_that_cannot_be_are_refused(name, radii):
    with pytest.raises(ValueError, match="Radierna"):
        asked(name, radii_m=radii)


def test_an_unknown_weighting_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"'gaussian' finns inte\. Välj bland: uniform, triangular"):
        scales.local_environments(TABLE, ROW, 1000, "gaussian")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", taking("centres_m"))
@pytest.mark.parametrize("centres", [[], [1000], [[np.nan, 1]], [[[1, 2]]]])
def test_a_centre_that_is_none_is_refused(name, centres):
    with pytest.raises(ValueError, match="Mittpunkten"):
        asked(name, centres_m=centres)


@pytest.mark.parametrize("nearest", [0, 3, -1])
def test_more_areas_than_there_are_is_refused(nearest):
    with pytest.raises(ValueError, match="1 till 2"):
        asked("local_relative_centralisation", nearest=nearest)


@pytest.mark.parametrize("thresholds", [[1.5], [np.nan], [-0.1]])
def test_thresholds_that_are_no_shares_are_refused(thresholds):
    with pytest.raises(ValueError, match=r"mellan 0 och 1|negativ"):
        asked("proximity_profile", thresholds=thresholds)


@pytest.mark.parametrize("name", taking("borders"))
def test_borders_of_other_areas_are_refused(name):
    with pytest.raises(ValueError, match="4 områden men siffrorna 3"):
        asked(name, borders=Borders.of(4, [(0, 1)]), perimeter_m=[1] * 4, area_m2=[1] * 4)


@pytest.mark.parametrize(
    "name", ["spatial_dissimilarity", "boundary_dissimilarity", "perimeter_area_dissimilarity"]
)
def test_without_borders_between_people_nothing_can_be_taken_off(name):
    assert np.isnan(asked(name, borders=Borders.of(3, [])))
    assert np.isnan(
        asked(name, borders=Borders.of(3, [(0, 1)], [0.0])) if name != "spatial_dissimilarity" else np.nan
    )
    # the only borders lead to where nobody lives
    empty = {"group": [10, 0, 5], "total": [40, 0, 60]}
    assert np.isnan(asked(name, **empty))


def test_land_that_is_alike_everywhere_says_nothing_about_concentration():
    for name in ("absolute_concentration", "relative_concentration"):
        assert np.isnan(asked(name, area_m2=[0.1 + 0.2] * 3))


def test_where_a_group_is_missing_among_the_nearest_there_is_no_local_answer():
    row = [[661_000, 6_560_000], [662_000, 6_560_000], [664_000, 6_560_000]]
    found = asked("local_relative_centralisation", group=[0, 0, 10], points_m=row)
    assert np.isnan(found).tolist() == [True, True, False]
    parked = asked("local_relative_centralisation", group=[10, 0, 10], total=[40, 0, 60])
    assert np.isnan(parked).tolist() == [False, True, False]


class TestBorders:
    @pytest.mark.parametrize("pairs", [[(0, 0)], [(0, 3)], [(-1, 1)]])
    def test_a_pair_is_two_of_the_areas(self, pairs):
        with pytest.raises(ValueError, match="två olika områden med nummer 0 till 2"):
            Borders.of(3, pairs)

    def test_a_pair_stands_once(self):
        with pytest.raises(ValueError, match="två gånger"):
            Borders.of(3, [(0, 1), (1, 0)])

    @pytest.mark.parametrize("length", [[1.0], [1.0, -1], [1.0, np.nan], [1.0, np.inf]])
    def test_every_pair_has_a_length(self, length):
        with pytest.raises(ValueError, match="gränslängd"):
            Borders.of(3, [(0, 1), (1, 2)], length)

    def test_islands_are_told(self):
        assert GIVEN["borders"].told() is None
        alone = Borders.of(4, [(0, 1)])
        assert alone.islands.tolist() == [2, 3]
        assert str(alone.told()).startswith("2 av 4 områden gränsar inte till något annat.")

    def test_an_island_takes_part_in_the_dissimilarity_only(self):
        # the last of three is an island: 2/9 less the one difference, 1/4
        found = border.spatial_dissimilarity(GROUP, TOTAL, Borders.of(3, [(0, 1)]), each_area_alike=True)
        assert found == pytest.approx(2 / 9 - 1 / 4)

    def test_lists_of_neighbours_are_borders(self):
        made = Borders.from_neighbours([(1,), (0, 2), (1,)])
        assert (made.areas, made.first.tolist(), made.second.tolist()) == (3, [0, 1], [1, 2])

    @pytest.mark.parametrize("drawn", [drawn_borders, tolerant_borders])
    def test_degrees_are_refused(self, drawn):
        with pytest.raises(ValueError, match="grader"):
            drawn([shapely.box(17, 59, 18, 60), shapely.box(18, 59, 19, 60)])

    def test_a_tolerance_is_above_zero(self):
        with pytest.raises(ValueError, match="tolerance_m"):
            tolerant_borders([shapely.box(1000, 0, 2000, 1000)], tolerance_m=0)

    def test_areas_that_do_not_meet_have_no_borders(self):
        far = drawn_borders([shapely.box(x, 0, x + 1000, 1000) for x in (1000, 5000)])
        assert (far.areas, len(far.first), far.islands.tolist()) == (2, 0, [0, 1])

    def test_a_hole_and_an_area_of_two_parts_have_borders(self):
        around = shapely.box(1000, 0, 4000, 3000).difference(shapely.box(2000, 1000, 3000, 2000))
        parts = shapely.union_all([shapely.box(2000, 1000, 3000, 2000), shapely.box(4000, 0, 5000, 3000)])
        drawn = drawn_borders([around, parts])
        assert drawn.length_m.tolist() == [4000 + 3000]


@pytest.mark.parametrize("name", MEASURES)
def test_what_is_given_is_left_as_it_was(name):
    arrays = {key: np.array(value, dtype=float) for key, value in GIVEN.items() if isinstance(value, list)}
    for array in arrays.values():
        array.flags.writeable = False
    asked(
        name,
        **{
            key: value for key, value in arrays.items() if key in inspect.signature(MEASURES[name]).parameters
        },
    )
