"""Every kernel that draws: moments and law beside numpy's generator, and streams that know nothing of each other."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from plats.analysis.kernels import randoms

MEMBERS, CHANCES = np.array([4000.0, 9.0]), np.array([0.0004, 0.0196, 0.08, 0.2, 0.3, 0.4])
DRAWS = 6000


def spread(seed, draws=DRAWS, members=MEMBERS, chances=CHANCES):
    drawn = np.zeros((len(members), draws, len(chances)))
    start = randoms.states(np.random.default_rng(seed), 1)[0]
    randoms.spread_over_areas(start, members, chances, drawn)
    return drawn


@pytest.fixture(scope="module")
def drawn():
    return spread(1)


def test_everybody_is_somewhere(drawn):
    assert (drawn.sum(axis=2) == MEMBERS[:, None]).all()
    assert (drawn >= 0).all()
    assert (drawn == np.rint(drawn)).all()


@pytest.mark.parametrize("group", [0, 1])
def test_mean_and_covariance_are_those_of_the_law_and_of_numpy(drawn, group):
    people = MEMBERS[group]
    expected = people * (np.diag(CHANCES) - np.outer(CHANCES, CHANCES))
    numpys = np.random.default_rng(2).multinomial(int(people), CHANCES, size=DRAWS)
    deviations = np.sqrt(np.diag(expected))
    scale = np.outer(deviations, deviations)
    for found in (drawn[group], numpys):
        away = (found.mean(axis=0) - people * CHANCES) / (deviations / np.sqrt(DRAWS))
        assert (np.abs(away) < 4).all()
        # A variance of a nearly Poisson number with mean m varies by sqrt((2 + 1/m) / R).
        slack = 4.5 * np.sqrt((2 + 1 / np.diag(expected)) / DRAWS)
        assert (np.abs(np.cov(found.T) - expected) / scale < np.maximum.outer(slack, slack)).all()


@pytest.mark.parametrize("group", [0, 1])
def test_each_area_is_binomial(drawn, group):
    people = MEMBERS[group]
    for area, chance in enumerate(CHANCES):
        numbers, seen = np.unique(drawn[group, :, area], return_counts=True)
        due = stats.binom.pmf(np.arange(people + 1), people, chance) * DRAWS
        whole = np.zeros(int(people) + 1)
        whole[numbers.astype(int)] = seen
        assert stats.chisquare(*_classes(whole, due)).pvalue > 1e-4, area


def _classes(seen, due):
    """Numbers beside each other together, until each class is due ten."""
    classes = np.minimum(np.cumsum(due) // 10, due.sum() // 10 - 1).astype(int)
    _, classes = np.unique(classes, return_inverse=True)
    return np.bincount(classes, seen), np.bincount(classes, due) * seen.sum() / due.sum()


def test_a_draw_tells_nothing_of_the_next_nor_one_stream_of_another(drawn):
    first, other = drawn[0, :, 4], spread(3)[0, :, 4]
    for one, two in ((first[:-1], first[1:]), (first, other), (first, drawn[1, :, 4])):
        assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(DRAWS)


def test_streams_that_start_beside_each_other_spread_as_one_stream_does():
    # The trap: streams started a fixed step apart overlap, and their mean varies far too little or too much.
    streams = randoms.states(np.random.default_rng(4), 3000)
    means = np.empty(len(streams))
    for number, start in enumerate(streams):
        drawn = np.zeros((1, 4, 2))
        randoms.spread_over_areas(start, np.array([100.0]), np.array([0.5, 0.5]), drawn)
        means[number] = drawn[0, :, 0].mean()
    # four draws of variance 25: the mean's is 25 / 4
    assert means.var() == pytest.approx(25 / 4, rel=4.5 * np.sqrt(2 / len(streams)))
    assert means.mean() == pytest.approx(50, abs=4 * 2.5 / np.sqrt(len(streams)))


def test_few_people_in_areas_that_are_hardly_expected():
    # so few that those who are too many must be looked for through everybody
    drawn = spread(6, 4000, np.array([3.0]), np.array([1e-7, 1 - 1e-7]))
    assert (drawn.sum(axis=2) == 3).all()
    assert drawn[0, :, 0].sum() <= 1


def test_an_area_without_chance_gets_nobody_and_a_group_of_nobody_is_nowhere():
    drawn = spread(7, 50, np.array([0.0, 40.0]), np.array([0.0, 1.0]))
    assert drawn[:, :, 0].sum() == 0
    assert drawn[0].sum() == 0
    assert (drawn[1, :, 1] == 40).all()


def test_a_table_of_a_poisson_law_is_the_law():
    for mean in (0.01, 0.7, 9.0, 30.5, 4000.0):
        law, inverse = np.zeros(40 + int(20 * mean**0.5)), 1 / np.maximum(1.0, np.arange(10_000.0))
        first, length = randoms._poisson_law(mean, inverse, law)
        assert length <= len(law)
        assert law[:length] == pytest.approx(
            stats.poisson.pmf(np.arange(first, first + length), mean), rel=1e-9
        )
        assert law[:length].sum() == pytest.approx(1, abs=1e-12)


def test_uniform_numbers_are_uniform():
    numbers = _uniforms(randoms.states(np.random.default_rng(8), 1)[0], 20_000)
    assert stats.kstest(numbers, "uniform").pvalue > 1e-3
    assert numbers.mean() == pytest.approx(0.5, abs=4 / np.sqrt(12 * len(numbers)))
    assert numbers.var() == pytest.approx(1 / 12, rel=0.03)
    assert 0 < numbers.min() < numbers.max() < 1


def _uniforms(state, number):
    return np.array([randoms._uniform(state) for _ in range(number)])


def test_bits_are_those_of_the_published_generator():
    # The reference code of xoshiro256++ started at 1, 2, 3, 4 gives these first numbers (the crate rand_xoshiro too).
    state = np.array([1, 2, 3, 4], dtype=np.uint64)
    expected = [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205]
    assert [int(randoms._next(state)) for _ in expected] == expected


TOWN = np.random.default_rng(9).integers(1, 90, (3, 37)).astype(float)


def dissimilarity_of_rows(chosen):
    tables = TOWN[:, chosen]
    sizes = tables.sum(axis=0)
    shares = tables.sum(axis=2) / sizes.sum(axis=1)
    apart = np.abs(tables - sizes * shares[:, :, None]).sum(axis=(0, 2))
    return apart / (2 * sizes.sum(axis=1) * (shares * (1 - shares)).sum(axis=0))


def test_resampled_dissimilarity_has_the_law_that_numpys_choice_gives():
    random = np.random.default_rng(10)
    numpys = dissimilarity_of_rows(random.integers(37, size=(DRAWS, 37)))
    found = randoms.resampled_dissimilarity(randoms.states(random, DRAWS), TOWN)
    assert stats.ks_2samp(found, numpys).pvalue > 1e-3
    assert found.mean() == pytest.approx(numpys.mean(), abs=4 * numpys.std() * np.sqrt(2 / DRAWS))
    assert found.std() == pytest.approx(numpys.std(), rel=4 * np.sqrt(1 / DRAWS))
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 4 / np.sqrt(DRAWS)


def test_every_area_is_chosen_as_often():
    # One group lives in one area: a table without it has no answer, which happens (1 - 1/5)^5 of the time.
    town = np.array([[7.0, 0, 0, 0, 0], [5.0, 5, 5, 5, 5]])
    for area in range(5):
        rolled = np.roll(town, area, axis=1)
        found = randoms.resampled_dissimilarity(randoms.states(np.random.default_rng(area), DRAWS), rolled)
        assert np.isnan(found).mean() == pytest.approx(0.8**5, abs=4 * np.sqrt(0.8**5 * (1 - 0.8**5) / DRAWS))


def test_every_kernel_is_compiled_by_warm():
    randoms.warm()
    for kernel in (randoms.spread_over_areas, randoms.resampled_dissimilarity):
        assert kernel.signatures
