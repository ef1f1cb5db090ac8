"""Laws of access: what must hold whatever the people, the services and the distances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from plats.analysis.access.decay import Exponential, Gaussian, Power, Steps
from plats.analysis.access.floating import enhanced_two_step, three_step, two_step
from plats.analysis.access.kept import KeptWeights
from plats.analysis.access.nearest import nearest, nearest_in_a_straight_line
from plats.analysis.access.network import network_of, network_pairs
from plats.analysis.access.opportunities import cumulative, gravity
from plats.analysis.access.pairs import DistanceKind, pairs_from_list, pairs_from_matrix
from plats.analysis.access.results import Reason
from plats.analysis.access.straight_line import straight_line_pairs

laws = settings(deadline=None, max_examples=20)
DECAY = st.sampled_from([Steps((5, 15, 30), (1, 0.5, 0.2)), Power(2, 3), Exponential(8), Gaussian(10)])
SHARED = {
    "two_step": lambda pairs, people, amounts, decay: two_step(pairs, people, amounts),
    "enhanced_two_step": lambda pairs, people, amounts, decay: enhanced_two_step(
        pairs, people, amounts, decay=decay
    ),
    "three_step": lambda pairs, people, amounts, decay: three_step(pairs, people, amounts, decay=decay),
}
REACH = 30


@st.composite
def towns(draw):
    """Minutes from homes to services, people, and amounts: some of each 0, and some pairs out of reach."""
    homes, services = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    minutes = draw(arrays.arrays(float, (homes, services), elements=st.integers(0, 45)))
    minutes[minutes > 40] = np.inf
    people = draw(arrays.arrays(float, homes, elements=st.integers(0, 400)))
    amounts = draw(arrays.arrays(float, services, elements=st.integers(0, 30)))
    return minutes, people, amounts


def pairs_of(minutes, reach=REACH):
    return pairs_from_matrix(minutes, kind=DistanceKind.MINUTES, reach=reach)


def same(one, other):
    return np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True)


@laws
@given(towns(), DECAY, st.sampled_from([*SHARED]))
def test_the_access_of_all_people_is_the_supply_that_anybody_reaches(town, decay, name):
    minutes, people, amounts = town
    told = SHARED[name](pairs_of(minutes), people, amounts, decay)
    weights = np.where(minutes <= REACH, decay(minutes), 0)
    reached = ((people[:, None] > 0) & (weights > 0)).any(axis=0)
    assert np.nansum(people * told.values) == pytest.approx(amounts[reached].sum(), rel=1e-12)
    assert told.supply_reached == amounts[reached].sum()


@laws
@given(towns(), DECAY, st.sampled_from([*SHARED]))
def test_every_place_has_a_number_or_a_reason(town, decay, name):
    minutes, people, amounts = town
    told = SHARED[name](pairs_of(minutes), people, amounts, decay)
    weights = np.where(minutes <= REACH, 1 if name == "two_step" else decay(minutes), 0)
    something = (weights * amounts > 0).any(axis=1)
    shared = (weights * amounts * ((weights > 0) * people[:, None]).sum(axis=0) > 0).any(axis=1)
    assert ((told.reasons == Reason.REACHED) == shared).all()
    assert ((told.reasons == Reason.NOTHING_WITHIN_REACH) == ~something).all()
    assert ((told.reasons == Reason.NOBODY_TO_SHARE) == (something & ~shared)).all()
    assert (np.isnan(told.values) == (something & ~shared)).all()
    assert (told.values[shared] > 0).all()
    assert (people[something & ~shared] == 0).all()


@laws
@given(towns(), DECAY)
def test_enhanced_two_step_is_what_its_formula_says(town, decay):
    minutes, people, amounts = town
    weights = np.where(minutes <= REACH, decay(minutes), 0)
    crowd = people @ weights
    ratios = np.array([s / c if c > 0 else 0 for s, c in zip(amounts, crowd, strict=True)])
    told = enhanced_two_step(pairs_of(minutes), people, amounts, decay=decay)
    assert same(np.nan_to_num(told.values), weights @ ratios)


@laws
@given(towns(), DECAY)
def test_three_step_is_what_its_formula_says(town, decay):
    minutes, people, amounts = town
    weights = np.where(minutes <= REACH, decay(minutes), 0)
    drawn = (weights * (amounts > 0)).sum(axis=1, keepdims=True)
    chosen = weights * np.divide(weights, drawn, out=np.zeros_like(weights), where=drawn > 0)
    crowd = people @ chosen
    ratios = np.array([s / c if c > 0 else 0 for s, c in zip(amounts, crowd, strict=True)])
    told = three_step(pairs_of(minutes), people, amounts, decay=decay)
    assert same(np.nan_to_num(told.values), chosen @ ratios)


@laws
@given(towns(), st.sampled_from([*SHARED]), st.integers(2, 5))
def test_twice_the_supply_is_twice_the_access_and_twice_the_people_half(town, name, times):
    minutes, people, amounts = town
    decay = Gaussian(10)
    before = SHARED[name](pairs_of(minutes), people, amounts, decay).values
    assert same(SHARED[name](pairs_of(minutes), people, amounts * times, decay).values, before * times)
    assert same(SHARED[name](pairs_of(minutes), people * times, amounts, decay).values, before / times)


@laws
@given(towns(), st.sampled_from([*SHARED]), st.randoms(use_true_random=False))
def test_the_order_of_homes_and_services_does_not_matter(town, name, random):
    minutes, people, amounts = town
    homes = random.sample(range(len(people)), len(people))
    services = random.sample(range(len(amounts)), len(amounts))
    before = SHARED[name](pairs_of(minutes), people, amounts, Gaussian(10)).values
    after = SHARED[name](
        pairs_of(minutes[homes][:, services]), people[homes], amounts[services], Gaussian(10)
    ).values
    assert same(after, before[homes])


@laws
@given(towns(), st.sampled_from([*SHARED]), st.integers(0, 4))
def test_a_place_in_two_parts_has_the_access_it_had(town, name, part):
    minutes, people, amounts = town
    place = part % len(people)
    before = SHARED[name](pairs_of(minutes), people, amounts, Gaussian(10)).values
    halves = np.append(people, people[place] / 4)
    halves[place] *= 3 / 4
    after = SHARED[name](pairs_of(np.vstack([minutes, minutes[place]])), halves, amounts, Gaussian(10)).values
    assert same(after, np.append(before, before[place]))


@laws
@given(towns(), st.sampled_from(["two_step", "enhanced_two_step"]), st.integers(0, 4))
def test_more_supply_never_lowers_the_access_of_anyone(town, name, which):
    minutes, people, amounts = town
    more = amounts.copy()
    more[which % len(amounts)] += 7
    before = SHARED[name](pairs_of(minutes), people, amounts, Exponential(8)).values
    after = SHARED[name](pairs_of(minutes), people, more, Exponential(8)).values
    assert (np.nan_to_num(after) >= np.nan_to_num(before) - 1e-12).all()


@laws
@given(towns(), DECAY, st.booleans(), st.integers(0, 4))
def test_closing_a_service_is_the_same_as_leaving_it_out(town, decay, choosing, which):
    minutes, people, amounts = town
    closed = which % len(amounts)
    kept = KeptWeights(pairs_of(minutes), people, decay=decay, choosing=choosing)
    changed = amounts.copy()
    changed[closed] = 0
    rest = np.delete(minutes, closed, axis=1)
    assume(rest.shape[1])
    without = KeptWeights(pairs_of(rest), people, decay=decay, choosing=choosing).with_supply(
        np.delete(amounts, closed)
    )
    told = kept.with_supply(changed)
    assert same(told.values, without.values)
    assert told.reasons.tolist() == without.reasons.tolist()


@laws
@given(towns(), st.booleans())
def test_other_people_with_kept_weights_are_as_other_people_from_the_start(town, choosing):
    minutes, people, amounts = town
    kept = KeptWeights(pairs_of(minutes), people, decay=Gaussian(10), choosing=choosing)
    other = kept.with_people(people[::-1])
    fresh = KeptWeights(pairs_of(minutes), people[::-1], decay=Gaussian(10), choosing=choosing)
    assert same(other.with_supply(amounts).values, fresh.with_supply(amounts).values)
    assert kept.people.tolist() == people.tolist()


@laws
@given(towns(), st.booleans(), st.integers(1, 4))
def test_blocks_of_homes_added_up_are_the_whole(town, choosing, size):
    minutes, people, amounts = town
    whole = KeptWeights(pairs_of(minutes), people, decay=Gaussian(10), choosing=choosing)
    blocks = [
        KeptWeights(
            pairs_of(minutes[i : i + size]), people[i : i + size], decay=Gaussian(10), choosing=choosing
        )
        for i in range(0, len(people), size)
    ]
    crowd = sum(block.crowd(amounts) for block in blocks)
    assert same(crowd, whole.crowd(amounts))
    parts = np.concatenate([block.shared(amounts, crowd).values for block in blocks])
    assert same(np.nan_to_num(parts), np.nan_to_num(whole.with_supply(amounts).values))


@laws
@given(towns())
def test_nearest_and_cumulative_are_what_a_look_at_every_pair_gives(town):
    minutes, _, amounts = town
    away = np.where((minutes <= REACH) & (amounts > 0), minutes, np.inf)
    told = nearest(pairs_of(minutes), amounts)
    assert same(np.nan_to_num(told.distances, nan=np.inf), away.min(axis=1))
    assert told.supply.tolist() == [int(row.argmin()) if row.min() < np.inf else -1 for row in away]
    for within in (10, REACH):
        counted = cumulative(pairs_of(minutes), amounts, within=within)
        assert counted.values.tolist() == ((minutes <= within) * amounts).sum(axis=1).tolist()
        assert ((counted.reasons == Reason.REACHED) == (counted.values > 0)).all()


@laws
@given(towns(), DECAY)
def test_gravity_is_never_more_than_cumulative_and_grows_with_reach(town, decay):
    minutes, _, amounts = town
    most = cumulative(pairs_of(minutes), amounts).values
    assert (gravity(pairs_of(minutes), amounts, decay=decay).values <= most + 1e-12).all()
    nearer = gravity(pairs_of(minutes, 20), amounts, decay=decay).values
    assert (nearer <= gravity(pairs_of(minutes), amounts, decay=decay).values + 1e-12).all()


@laws
@given(towns(), st.randoms(use_true_random=False))
def test_a_list_in_any_order_and_a_matrix_give_the_same_pairs(town, random):
    minutes, _, _ = town
    demand, supply = np.nonzero(np.isfinite(minutes))
    order = random.sample(range(len(demand)), len(demand))
    listed = pairs_from_list(
        demand[order],
        supply[order],
        minutes[demand, supply][order],
        shape=minutes.shape,
        kind=DistanceKind.MINUTES,
        reach=REACH,
    )
    whole = pairs_of(minutes)
    assert listed.starts.tolist() == whole.starts.tolist()
    assert listed.supply.tolist() == whole.supply.tolist()
    assert listed.distances.tolist() == whole.distances.tolist()


POINTS = arrays.arrays(
    float, st.tuples(st.integers(1, 8), st.just(2)), elements=st.integers(1000, 3000).map(float)
)


@laws
@given(POINTS, POINTS, st.integers(100, 2500))
def test_straight_lines_are_those_that_a_look_at_every_pair_gives(homes, services, reach):
    found = straight_line_pairs(homes, services, reach=reach)
    away = np.hypot(*(homes[:, None] - services[None]).transpose(2, 0, 1))
    assume((abs(away - reach) > 1e-9).all())
    demand, supply = np.nonzero(away <= reach)
    assert found.origins().tolist() == demand.tolist()
    assert found.supply.tolist() == supply.tolist()
    assert same(found.distances, away[demand, supply])
    assert same(nearest_in_a_straight_line(homes, services).distances, away.min(axis=1))


@laws
@given(POINTS, POINTS, POINTS, st.integers(500, 4000), st.integers(1, 4))
def test_a_network_never_brings_anyone_nearer_than_the_straight_line(homes, services, nodes, reach, step):
    edges = [(i, (i + step) % len(nodes)) for i in range(len(nodes))]
    starts, stops = np.array(edges).T
    metres = np.hypot(*(nodes[starts] - nodes[stops]).T)
    roads = network_of(nodes, starts, stops, metres)
    found = network_pairs(homes, services, network=roads, reach=reach)
    away = np.hypot(*(homes[:, None] - services[None]).transpose(2, 0, 1))
    assert (found.distances >= away[found.origins(), found.supply] - 1e-9).all()
    back = network_pairs(services, homes, network=roads, reach=reach)
    one_way = {(i, j): d for i, j, d in zip(found.origins(), found.supply, found.distances, strict=True)}
    other = {(j, i): d for i, j, d in zip(back.origins(), back.supply, back.distances, strict=True)}
    assert one_way == pytest.approx(other)
