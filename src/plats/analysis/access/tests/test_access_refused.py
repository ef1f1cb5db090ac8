"""What cannot be is refused with a sentence, what has no answer says so, and what is given is left as it was."""

from __future__ import annotations

import numpy as np
import pytest

from plats.analysis.access.decay import Exponential, Gaussian, Power, Steps
from plats.analysis.access.equity import (
    access_by_need,
    concentration_index,
    erreygers_index,
    wagstaff_index,
)
from plats.analysis.access.floating import enhanced_two_step, three_step, two_step
from plats.analysis.access.kept import KeptWeights
from plats.analysis.access.nearest import nearest, nearest_in_a_straight_line
from plats.analysis.access.network import network_of, network_pairs
from plats.analysis.access.opportunities import cumulative, gravity
from plats.analysis.access.pairs import DistanceKind, pairs_from_list, pairs_from_matrix
from plats.analysis.access.results import Reason
from plats.analysis.access.straight_line import straight_line_pairs

HOME, SERVICE = [[674032.0, 6580822.0]], [[674332.0, 6581222.0]]
DEGREES = [[18.07, 59.33]]
INDICES = [concentration_index, wagstaff_index, erreygers_index]


def minutes(matrix=((5, 40), (10, 20)), reach=30):
    return pairs_from_matrix(matrix, kind=DistanceKind.MINUTES, reach=reach)


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[np.nan, 1]], "1 saknas och 0 är negativa"),
        ([[-1, 1]], "0 saknas och 1 är negativa"),
        ([1, 2], "matris"),
        (np.ma.masked_array([[3.0, 1.0]], mask=[[True, False]]), "1 saknas"),
    ],
)
def test_distances_that_are_none(matrix, words):
    with pytest.raises(ValueError, match=words):
        minutes(matrix)


@pytest.mark.parametrize("reach", [0, -1, np.inf, np.nan])
def test_a_reach_that_is_none(reach):
    for make in (
        lambda: minutes(reach=reach),
        lambda: straight_line_pairs(HOME, SERVICE, reach=reach),
        lambda: pairs_from_list([0], [0], [1], shape=(1, 1), kind=DistanceKind.MINUTES, reach=reach),
    ):
        with pytest.raises(ValueError, match="Räckvidden ska vara större än 0"):
            make()


@pytest.mark.parametrize(
    ("demand", "supply", "distances", "words"),
    [
        ([0, 0], [1, 1], [5, 7], "1 par står mer än en gång"),
        ([0, 2], [0, 1], [5, 7], "'efterfrågan' ska vara 0 till 1, men går från 0 till 2"),
        ([0, 1], [0, -1], [5, 7], "'utbud' ska vara 0 till 1"),
        ([0, 1], [0], [5, 7], "2, 1 och 2 rader"),
        ([0.0, 1.0], [0, 1], [5, 7], "hela tal"),
        ([0, 1], [0, 1], [5, np.nan], "1 saknas"),
    ],
)
def test_a_list_of_pairs_that_does_not_fit(demand, supply, distances, words):
    with pytest.raises(ValueError, match=words):
        pairs_from_list(demand, supply, distances, shape=(2, 2), kind=DistanceKind.MINUTES, reach=30)


def test_an_empty_list_reaches_nothing():
    empty = pairs_from_list([], [], [], shape=(2, 1), kind=DistanceKind.MINUTES, reach=30)
    assert cumulative(empty).values.tolist() == [0, 0]
    assert nearest(empty).reasons.tolist() == [Reason.NOTHING_WITHIN_REACH] * 2
    assert two_step(empty, [1, 2], [3]).values.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (DEGREES, "ser ut att vara i grader"),
        ([[np.inf, 6580822]], "oändlig koordinat"),
        ([[674032, 6580822, 3]], "två kolumner"),
        ([674032, 6580822], "två kolumner"),
    ],
)
def test_places_that_are_no_metres(points, words):
    roads = network_of([[674000, 6580800], [674300, 6581200]], [0], [1], [600])
    for measure in (
        lambda: straight_line_pairs(points, SERVICE, reach=500),
        lambda: straight_line_pairs(HOME, points, reach=500),
        lambda: nearest_in_a_straight_line(points, SERVICE),
        lambda: network_pairs(HOME, points, network=roads, reach=500),
    ):
        with pytest.raises(ValueError, match=words):
            measure()


def test_the_edges_of_the_degrees():
    with pytest.raises(ValueError, match="grader"):
        straight_line_pairs([[180, 90]], SERVICE, reach=500)
    assert straight_line_pairs([[180, 91]], [[181, 91]], reach=5).distances.tolist() == [1]


def test_people_without_a_place_have_no_answer_and_services_must_have_one():
    homes = [*HOME, [np.nan, 6580822]]
    lines = straight_line_pairs(homes, SERVICE, reach=500)
    for told in (
        cumulative(lines),
        gravity(lines, decay=Gaussian(300)),
        two_step(lines, [10, 20], [5]),
    ):
        assert told.reasons.tolist() == [Reason.REACHED, Reason.PLACE_UNKNOWN]
        assert np.isnan(told.values).tolist() == [False, True]
    for told in (nearest(lines), nearest_in_a_straight_line(homes, SERVICE)):
        assert told.reasons.tolist() == [Reason.REACHED, Reason.PLACE_UNKNOWN]
        assert told.distances[0] == 500
        assert told.supply.tolist() == [0, -1]
    # those with a place have all of the supply
    assert two_step(lines, [10, 20], [5]).values[0] == 0.5
    with pytest.raises(ValueError, match="1 platser i utbudet saknar läge, först nummer 1"):
        straight_line_pairs(HOME, [*SERVICE, [np.nan, np.nan]], reach=500)


def test_when_nothing_is_open_or_no_home_has_a_place():
    told = nearest_in_a_straight_line(HOME, SERVICE, [0])
    assert told.reasons.tolist() == [Reason.NOTHING_WITHIN_REACH]
    assert told.supply.tolist() == [-1]
    nowhere = [[np.nan, np.nan]]
    assert straight_line_pairs(nowhere, SERVICE, reach=5).supply.tolist() == []
    assert nearest_in_a_straight_line(nowhere, SERVICE).reasons.tolist() == [Reason.PLACE_UNKNOWN]


@pytest.mark.parametrize("amounts", [[-1, 2], [np.nan, 2], [np.inf, 2]])
def test_supply_that_cannot_be(amounts):
    for measure in (
        lambda: nearest(minutes(), amounts),
        lambda: cumulative(minutes(), amounts),
        lambda: gravity(minutes(), amounts, decay=Gaussian(3)),
        lambda: two_step(minutes(), [1, 2], amounts),
        lambda: nearest_in_a_straight_line(HOME, SERVICE * 2, amounts),
    ):
        with pytest.raises(ValueError, match="Utbudet ska vara kända tal"):
            measure()


def test_lengths_that_differ():
    with pytest.raises(ValueError, match="2 platser i utbudet men 3 mängder"):
        cumulative(minutes(), [1, 2, 3])
    with pytest.raises(ValueError, match="2 platser där folk bor men 1 folkmängder"):
        two_step(minutes(), [1], [1, 2])
    with pytest.raises(ValueError, match="negativt"):
        two_step(minutes(), [1, -1], [1, 2])
    with pytest.raises(ValueError, match="högst räckvidden 30"):
        cumulative(minutes(), within=31)
    with pytest.raises(ValueError, match="större än 0"):
        cumulative(minutes(), within=0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Steps((), ()), "0 gränser"),
        (lambda: Steps((5, 10), (1,)), "2 gränser men 1 vikter"),
        (lambda: Steps((10, 5), (1, 0.5)), "öka från 0"),
        (lambda: Steps((0, 5), (1, 0.5)), "öka från 0"),
        (lambda: Steps((5, np.inf), (1, 0.5)), "öka från 0"),
        (lambda: Steps((5, 10), (0.5, 1)), "aldrig öka"),
        (lambda: Steps((5, 10), (1.1, 1)), "aldrig öka"),
        (lambda: Steps((5, 10), (1, -0.1)), "aldrig öka"),
        (lambda: Power(0, 5), "Exponenten ska vara större än 0"),
        (lambda: Power(1, 0), "minsta avståndet"),
        (lambda: Exponential(-1), "Skalan"),
        (lambda: Gaussian(np.inf), "Skalan"),
    ],
)
def test_a_decay_that_is_none(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_three_hundred_steps_are_as_good_as_three():
    limits = tuple(range(1, 301))
    weights = tuple(1 - number / 300 for number in range(300))
    assert Steps(limits, weights)(np.array([0.5, 299.5, 300.5])).tolist() == [1, weights[-1], 0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0], [2], [400]), "nod 0 till 2, men noderna är 0 till 1"),
        (([0], [1], [0.6]), "Är längden i kilometer"),
        (([0], [1], [np.nan]), "saknas den"),
        (([0], [1], [-400]), "negativt"),
        (([0, 1], [1], [400]), "listorna har 2 och 1"),
        (([0], [1], [400, 500]), "1 kanter men 2 längder"),
        (([0], [1], [400], [True, False]), "2 riktningar"),
    ],
)
def test_a_network_that_does_not_fit(arguments, words):
    with pytest.raises(ValueError, match=words):
        network_of([[1000, 0], [1300, 0]], *arguments)


def test_a_network_whose_nodes_have_no_place_or_that_has_none():
    with pytest.raises(ValueError, match="Alla noder i nätet måste ha ett läge"):
        network_of([[1000, 0], [np.nan, 0]], [0], [1], [400])
    with pytest.raises(ValueError, match="inga noder"):
        network_pairs(HOME, SERVICE, network=network_of(np.empty((0, 2)), [], [], []), reach=5)


def test_ends_that_no_way_joins_are_out_of_reach():
    roads = network_of([[1000, 0], [1300, 0], [5000, 0]], [0], [1], [300])
    found = network_pairs([[1000, 0], [np.nan, 0]], [[5000, 0]], network=roads, reach=50000)
    assert found.supply.tolist() == []
    assert found.placed.tolist() == [True, False]


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize(
    ("access", "need", "people"),
    [
        ([1, np.nan], [1, 2], [5, 5]),
        ([1, 1], [1, np.nan], [5, 5]),
        ([1, 1], [1, 2], [5, np.nan]),
        ([1, 0], [2, 2], [5, 5]),
        ([1, 0], [1, 2], [0, 0]),
        ([0, 0], [1, 2], [5, 5]),
        ([1, 0], [1, 2], [5, 0]),
        ([], [], []),
    ],
)
def test_no_index_when_a_figure_is_missing_or_nothing_can_be_compared(index, access, need, people):
    assert np.isnan(index(access, need, people))
    if sum(access) > 0 or not access:
        assert np.isnan(access_by_need(access, need, people).means).all()


def test_no_index_over_the_room_when_all_have_the_most():
    assert np.isnan(wagstaff_index([1, 1], [1, 2], [5, 5]))
    assert erreygers_index([1, 1], [1, 2], [5, 5]) == 0


@pytest.mark.parametrize("index", [*INDICES, access_by_need])
def test_figures_of_equity_that_cannot_be(index):
    with pytest.raises(ValueError, match=r"negativt|mellan 0 och 1"):
        index([-1, 1], [1, 2], [5, 5])
    with pytest.raises(ValueError, match="negativt"):
        index([1, 1], [1, 2], [5, -5])
    with pytest.raises(ValueError, match="samma ordning"):
        index([1, 1], [1, 2, 3], [5, 5])


def test_bounds_and_parts_that_cannot_be():
    for index in (wagstaff_index, erreygers_index):
        with pytest.raises(ValueError, match="ska ligga mellan 0 och 1"):
            index([1.5, 1], [1, 2], [5, 5])
        with pytest.raises(ValueError, match="lägre än det högsta"):
            index([1, 1], [1, 2], [5, 5], lowest=1, highest=1)
    with pytest.raises(ValueError, match="minst 2"):
        access_by_need([1, 1], [1, 2], [5, 5], parts=1)


def frozen(values):
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array


def test_what_is_given_is_left_as_it_was():
    people, amounts, matrix = frozen([10, 20]), frozen([3, 4]), frozen([[5, 40], [10, 20]])
    pairs = minutes(matrix)
    pairs.distances.flags.writeable = False
    decay = Steps((15, 30), (1, 0.5))
    two_step(pairs, people, amounts)
    enhanced_two_step(pairs, people, amounts, decay=decay)
    three_step(pairs, people, amounts, decay=decay)
    nearest(pairs, amounts)
    cumulative(pairs, amounts)
    gravity(pairs, amounts, decay=lambda distances: distances)
    KeptWeights(pairs, frozen([np.nan, 20]), hidden="exclude").with_supply(amounts)
    homes, services = frozen(HOME), frozen(SERVICE)
    nodes = frozen([[674000, 6580800], [674300, 6581200]])
    straight_line_pairs(homes, services, reach=600)
    nearest_in_a_straight_line(homes, services)
    network_pairs(homes, services, network=network_of(nodes, [0], [1], frozen([600])), reach=900)
    concentration_index(people, amounts, people)
    access_by_need(people, amounts, people)
    # a list that is in order is not copied, and one that is not is put in order beside it
    demand, order = np.array([1, 0]), np.array([0, 0])
    demand.flags.writeable = order.flags.writeable = False
    pairs_from_list(demand, order, people, shape=(2, 1), kind=DistanceKind.MINUTES, reach=30)
    assert demand.tolist() == [1, 0]
