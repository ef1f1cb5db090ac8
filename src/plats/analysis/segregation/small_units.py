"""One group against the rest in small areas: what chance alone gives, and the measure when that is taken off.

With few people in each area a group is never exactly the same share everywhere, even where nothing but chance decides.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.pairs import TwoGroups
from plats.analysis.segregation.tables import NO_ANSWER, whole_people


def expected_dissimilarity(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""The dissimilarity that a place of these sizes has on average when only chance decides who lives where.

    .. math::

        E = \frac{T}{2 G R} \sum_i E|X_i - \mu_i|, \quad
        E|X_i - \mu_i| = \frac{2 k (T - G - t_i + k)}{T} \Pr(X_i = k), \quad k = \lfloor \mu_i \rfloor + 1

    where :math:`X_i` is hypergeometric: :math:`t_i` drawn from T people of whom G are of the group, and
    :math:`\mu_i = t_i G / T`.

    Parameters
    ----------
    group
        (areas,) whole persons in the group.
    total
        (areas,) whole persons in all, the group included.

    Returns
    -------
    Unitless, 0 to 1. NaN as for `dissimilarity`.

    Raises
    ------
    ValueError
        If a count is negative, infinite or not whole, a group is larger than its total, or the lengths differ.

    Notes
    -----
    The mean of `dissimilarity` over every way of placing the people in the homes: exact, nothing is drawn.

    References
    ----------
    Carrington & Troske (1997), see `modified_dissimilarity`; the mean distance as De Moivre's for the binomial law:
    Diaconis, P. & Zabell, S. (1991). Closed form summation for classical distributions. Statistical Science 6(3),
    284-302. https://doi.org/10.1214/ss/1177011699

    Examples
    --------
    >>> round(expected_dissimilarity(group=[1, 2, 0], total=[2, 2, 1]), 4)
    0.6
    """
    pair = TwoGroups.of(group, total)
    if pair is None:
        return NO_ANSWER
    members, people = float(whole_people(pair.group).sum()), float(whole_people(pair.total).sum())
    apart = _mean_distances(pair.total, members, people).sum()
    return float(people * apart / (2 * members * (people - members)))


def modified_dissimilarity(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""How far the dissimilarity is from what chance alone gives, on the way to complete segregation.

    .. math:: D' = \frac{D - E}{1 - E} \text{ if } D \ge E, \text{ else } \frac{D - E}{E}

    Parameters
    ----------
    group
        (areas,) whole persons in the group.
    total
        (areas,) whole persons in all, the group included.

    Returns
    -------
    Unitless, -1 (as even as can be) through 0 (as by chance) to 1 (never in the same area). NaN as for
    `dissimilarity`, and when chance gives complete segregation.

    Raises
    ------
    ValueError
        As `expected_dissimilarity`.

    Notes
    -----
    E is `expected_dissimilarity`, exact. PySAL 2.5.4 draws it, and starts every draw from the same seed, so its E is
    that of a single draw.

    References
    ----------
    Carrington, W. J. & Troske, K. R. (1997). On measuring segregation in samples with small units. Journal of
    Business & Economic Statistics 15(4), 402-409. https://doi.org/10.1080/07350015.1997.10524718; Winship (1977),
    see `evenness`.

    Examples
    --------
    >>> round(modified_dissimilarity(group=[1, 2, 0], total=[2, 2, 1]), 4)
    0.1667
    """
    pair = TwoGroups.of(group, total)
    return NO_ANSWER if pair is None else _beyond(pair.dissimilarity(), expected_dissimilarity(group, total))


def modified_gini(group: npt.ArrayLike, total: npt.ArrayLike, draws: int = 1000, seed: int = 1) -> float:
    r"""How far the Gini index is from what chance alone gives, on the way to complete segregation.

    .. math:: G' = \frac{G - E}{1 - E} \text{ if } G \ge E, \text{ else } \frac{G - E}{E}

    Parameters
    ----------
    group
        (areas,) whole persons in the group.
    total
        (areas,) whole persons in all, the group included.
    draws
        How many tables E is the mean of.
    seed
        The same gives the same E.

    Returns
    -------
    Unitless, -1 to 1 as `modified_dissimilarity`. NaN as for `gini`.

    Raises
    ------
    ValueError
        As `expected_dissimilarity`, or if there are fewer than two draws.

    Notes
    -----
    E is the mean of `gini` when people change places by chance; it has no closed form, so it is drawn.

    References
    ----------
    Carrington & Troske (1997), see `modified_dissimilarity`.

    Examples
    --------
    >>> modified_gini(group=[10, 0], total=[10, 10])
    1.0
    """
    from plats.analysis.segregation.inference.chance import chance_values

    pair = TwoGroups.of(group, total)
    if pair is None:
        return NO_ANSWER
    values = chance_values(np.column_stack([pair.group, pair.rest]), "gini", draws=draws, seed=seed)
    return _beyond(pair.gini(), float(values.mean()))


def bias_corrected_dissimilarity(
    group: npt.ArrayLike, total: npt.ArrayLike, draws: int = 1000, seed: int = 1
) -> float:
    r"""Dissimilarity less what drawing the two groups anew adds to it.

    .. math:: D_{bc} = 2 D - \overline{D^*}

    where in :math:`D^*` each group keeps its size and its people live in each area by where the group lives.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.
    draws
        How many tables are drawn.
    seed
        The same gives the same value.

    Returns
    -------
    Unitless, up to 1; below 0 where chance is all there is. NaN as for `dissimilarity`.

    Raises
    ------
    ValueError
        As `dissimilarity`, or if there are no draws.

    Notes
    -----
    Here the areas' sizes vary and the groups' do not; in `bootstrap_interval` it is the other way round, and the
    corrected values differ little. Drawn tables in which everybody lives in one area are left out.

    References
    ----------
    Allen et al. (2015), see `bootstrap_interval`, section 3.

    Examples
    --------
    >>> bias_corrected_dissimilarity(group=[10, 0], total=[10, 10])
    1.0
    """
    from plats.analysis.segregation.inference.drawing import drawn
    from plats.analysis.segregation.inference.stacks import MEASURES, Stack, measured_stack

    pair = TwoGroups.of(group, total)
    if pair is None:
        return NO_ANSWER
    groups = (pair.group, pair.rest)

    def part(random: np.random.Generator, number: int) -> FloatArray:
        spread = [random.multinomial(int(np.rint(one.sum())), one / one.sum(), size=number) for one in groups]
        return measured_stack(Stack(np.stack(spread)), MEASURES["dissimilarity"])

    again = drawn(part, cells=2 * len(pair.total), draws=draws, seed=seed)
    return 2 * pair.dissimilarity() - float(again[~np.isnan(again)].mean())


def density_corrected_dissimilarity(group: npt.ArrayLike, total: npt.ArrayLike) -> float:
    r"""Dissimilarity of the differences that most likely lie behind the counts.

    .. math::

        D_{dc} = \tfrac12 \sum_i \sigma_i\, n(\theta_i), \quad
        \theta_i = \frac{|a_i / A - b_i / B|}{\sigma_i}, \quad
        n(\theta) = \arg\max_x \left[ \varphi(\theta - x) + \varphi(\theta + x) \right]

    where :math:`\sigma_i^2 = \frac{a_i}{A}(1 - \frac{a_i}{A})/A + \frac{b_i}{B}(1 - \frac{b_i}{B})/B`.

    Parameters
    ----------
    group
        (areas,) persons in the group.
    total
        (areas,) persons in all, the group included.

    Returns
    -------
    Unitless, 0 to 1. NaN as for `dissimilarity`.

    Raises
    ------
    ValueError
        As `dissimilarity`.

    Notes
    -----
    A difference smaller than its own deviation counts as none; n solves x = theta tanh(theta x), here by Newton's
    method for all areas at once.

    References
    ----------
    Allen et al. (2015), see `bootstrap_interval`, section 4.

    Examples
    --------
    >>> density_corrected_dissimilarity(group=[5, 6], total=[10, 10])
    0.0
    """
    pair = TwoGroups.of(group, total)
    if pair is None:
        return NO_ANSWER
    mine, theirs = pair.where_group_lives, pair.where_rest_lives
    deviation = np.sqrt(mine * (1 - mine) / pair.group.sum() + theirs * (1 - theirs) / pair.rest.sum())
    apart = np.abs(mine - theirs)
    likely = apart.copy()
    uncertain = deviation > 0
    likely[uncertain] = deviation[uncertain] * _most_likely(apart[uncertain] / deviation[uncertain])
    return float(likely.sum() / 2)


# Internals


def _beyond(value: float, expected: float) -> float:
    room = 1 - expected if value >= expected else expected
    return (value - expected) / room if room > 0 else NO_ANSWER


def _mean_distances(sizes: FloatArray, members: float, people: float) -> FloatArray:
    """(areas,) the mean distance of a hypergeometric number from its mean."""
    from scipy.special import gammaln

    def log_choose(n: FloatArray | float, k: FloatArray) -> FloatArray:
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    above = np.floor(sizes * members / people) + 1
    possible = above <= np.minimum(sizes, members)  # else everybody is of the group, and the distance is 0
    k = np.where(possible, above, 0.0)
    rest = people - members
    # C(G, k) C(R, t - k) / C(T, t) times k (R - t + k): written so that no factor is of too few people.
    log_chance = (
        log_choose(members, k) + log_choose(rest, np.minimum(sizes - k, rest)) - log_choose(people, sizes)
    )
    return np.where(possible, 2 * k * (rest - sizes + k) / people * np.exp(log_chance), 0.0)


def _most_likely(distances: FloatArray) -> FloatArray:
    """The positive solution of x = d tanh(d x); 0 where d is at most 1."""
    found = np.where(distances > 1, distances, 0.0)
    d, x = distances[distances > 1], distances[distances > 1]
    for _ in range(60):
        bent = np.tanh(d * x)
        x = x - (x - d * bent) / (1 - d**2 * (1 - bent**2))
    found[distances > 1] = x
    return found
