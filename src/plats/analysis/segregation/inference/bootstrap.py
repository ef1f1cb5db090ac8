"""An interval for any measure of a table: what varies is said, and what chance adds to the measure is taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.inference.classes import CLASS_MEASURES
from plats.analysis.segregation.inference.drawing import drawn
from plats.analysis.segregation.inference.resampling import areas_anew, people_anew, sample_anew
from plats.analysis.segregation.inference.stacks import MEASURES, PAIR_MEASURES, Stack, measured_stack
from plats.analysis.segregation.tables import NO_ANSWER, as_groups

Measure = str | Callable[[FloatArray], float]
Evaluate = Callable[[Stack], FloatArray]
Redraw = Callable[[Stack, np.random.Generator], Stack]


class Varies(StrEnum):
    """What an interval lets chance do over again."""

    PEOPLE = "people"  # each area keeps its size; its people are drawn anew from its own composition
    SAMPLE = "sample"  # the people are a sample: everybody is drawn anew from the whole table
    AREAS = "areas"  # whole areas are drawn anew, with replacement, from those there are


@dataclass(frozen=True, slots=True)
class Interval:
    """A measure as counted, the measure without what chance adds, and the interval around that."""

    value: float
    corrected: float
    low: float
    high: float
    level: float
    draws: int
    varies: Varies


def bootstrap_interval(
    groups: npt.ArrayLike,
    measure: Measure = "dissimilarity",
    *,
    varies: Varies = Varies.PEOPLE,
    draws: int = 1000,
    seed: int = 1,
    level: float = 0.95,
) -> Interval:
    r"""Between which values a measure of the lasting pattern lies, when chance in who lives where is taken away.

    .. math::

        \tilde\theta \pm z_{(1+\gamma)/2}\, s, \quad \tilde\theta = 2 \hat\theta - \overline{\theta^*}, \quad
        s^2 = 4 \operatorname{var} \theta^* - 4 \operatorname{cov}(\theta^*, \theta^{**})
        + \operatorname{cov}(\theta^{**}_1, \theta^{**}_2)

    where :math:`\hat\theta` is the measure as counted, :math:`\theta^*` that of drawn tables, and
    :math:`\theta^{**}_1, \theta^{**}_2` those of two tables drawn from a drawn table. :math:`s` is at least the
    deviation of :math:`\theta^*`.

    Parameters
    ----------
    groups
        (areas, groups) persons. For a measure of one group against the rest: two columns, the group first.
    measure
        A name in `MEASURES` or `PAIR_MEASURES`, or any function of an (areas, groups) table.
    varies
        What is drawn anew. PEOPLE: in each area as many people as live there, each of a group by the area's own
        composition; what is covered is the measure of the chances behind the counts. SAMPLE: as many people as there
        are in all, each of an area and a group by the table; what is covered is the measure of the population
        that the sample comes from. AREAS: as many areas as there are, each any of them; what is covered is the
        measure of a large country of such areas.
    draws
        How many tables are drawn.
    seed
        The same gives the same interval, on any machine.
    level
        Probability inside, between 0 and 1.

    Returns
    -------
    The measure as counted, as corrected, and the interval, in the unit of the measure. All NaN when the measure has
    no answer; only the value when some drawn table has none: then a group is too small for it.

    Raises
    ------
    ValueError
        If the measure is unknown or needs two groups and there are more, there are fewer than two draws, the level
        is not between 0 and 1, or the table is refused by `as_groups`.

    Notes
    -----
    A register counts everybody, so the interval is no sampling error. It answers another question: if those who
    live here had come by chance from the same pattern, how much could the figure have been something else?
    Chance makes every area differ a little from the others, so a measure of unevenness is on average too high, and a
    drawn table's has that twice. The difference is taken off, and what taking it off adds to the uncertainty is
    found by drawing again from what is drawn. The interval may lie below the value as counted. Quantiles of the drawn
    measures would not do: at national scale they miss the pattern altogether. Where even this fails stands in
    `interval_is_fair`. Limits are never outside what the measure can be.

    References
    ----------
    Efron, B. & Tibshirani, R. (1993). An introduction to the bootstrap. Chapman & Hall, chapters 10 and 12; Allen,
    R., Burgess, S., Davidson, R. & Windmeijer, F. (2015). More reliable inference for the dissimilarity index of
    segregation. The Econometrics Journal 18(1), 40-66. https://doi.org/10.1111/ectj.12039

    Examples
    --------
    >>> found = bootstrap_interval([[500, 1500], [300, 2700], [900, 900]], draws=200)
    >>> round(found.value, 3), found.low < found.corrected < found.high
    (0.353, True)
    """
    counts = as_groups(groups)
    evaluate = evaluator(measure, counts.shape[1])
    if not 0 < level < 1:
        raise ValueError(f"Nivån ska ligga mellan 0 och 1, till exempel 0,95, men är {level}.")
    value = float(evaluate(Stack.of_one(counts))[0])
    if np.isnan(value):
        return Interval(NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER, level, draws, varies)
    populated = counts[counts.sum(axis=1) > 0]
    found = limits_of(value, redrawn_twice(populated, evaluate, REDRAWN[varies], draws, seed), level)
    least, most = (-np.inf, np.inf) if callable(measure) else (0.0, np.inf if measure in _UNBOUNDED else 1.0)
    corrected, low, high = (float(limit) for limit in np.clip(found, least, most))
    return Interval(value, corrected, low, high, level, draws, varies)


def evaluator(measure: Measure, groups: int) -> Evaluate:
    """What gives the measure of every table in a stack.

    Parameters
    ----------
    measure
        A name in `MEASURES` or `PAIR_MEASURES`, or a function of an (areas, groups) table.
    groups
        How many there are.

    Returns
    -------
    A function from a stack to (draws,) values, NaN where there is no answer.

    Raises
    ------
    ValueError
        If the name is unknown, or is of one group against the rest and there are more than two groups.

    Examples
    --------
    >>> evaluator("dissimilarity", 2)(Stack.of_one(np.array([[1.0, 0.0], [0.0, 1.0]])))
    array([1.])
    """
    if callable(measure):
        one = measure
        return lambda stack: np.array(
            [one(np.asarray(table, float).T) for table in stack.counts.swapaxes(0, 1)]
        )
    known = MEASURES | CLASS_MEASURES | (PAIR_MEASURES if groups == 2 else {})
    if measure not in known:
        why = (
            "gäller en grupp mot övriga och kräver två kolumner" if measure in PAIR_MEASURES else "finns inte"
        )
        raise ValueError(f"Måttet {measure} {why}. Välj bland: {', '.join(known)}.")
    return lambda stack: measured_stack(stack, known[measure])


# Shared with the other modules here

REDRAWN: dict[Varies, Redraw] = {
    Varies.PEOPLE: people_anew,
    Varies.SAMPLE: sample_anew,
    Varies.AREAS: areas_anew,
}


def redrawn_twice(
    counts: FloatArray, evaluate: Evaluate, redraw: Redraw, draws: int, seed: int
) -> FloatArray:
    """A measure of drawn tables, and of tables drawn from those.

    Parameters
    ----------
    counts
        (areas, groups) persons, nobody missing.
    evaluate
        From `evaluator`.
    redraw
        One of `resampling`.
    draws
        How many tables, at least two.
    seed
        The same gives the same draws.

    Returns
    -------
    (3, draws): the measure of each drawn table, and of two tables drawn from it.

    Raises
    ------
    ValueError
        If there are fewer than two draws.

    Examples
    --------
    >>> evaluate = evaluator("dissimilarity", 2)
    >>> redrawn_twice(np.array([[30.0, 5.0], [5.0, 30.0]]), evaluate, people_anew, 4, 1).shape
    (3, 4)
    """
    if draws < 2:
        raise ValueError(f"Antalet dragningar ska vara minst 2, till exempel 1000, men är {draws}.")

    def part(random: np.random.Generator, number: int) -> FloatArray:
        once = redraw(Stack.of_one(counts, number), random)
        return np.stack([evaluate(once), *(evaluate(redraw(once, random)) for _ in range(2))])

    return drawn(part, cells=counts.size, draws=draws, seed=seed)


def limits_of(value: float, found: FloatArray, level: float) -> tuple[float, float, float]:
    """What is corrected, and what is around it, by the formula of `bootstrap_interval`.

    Parameters
    ----------
    value
        As counted.
    found
        (3, draws) from `redrawn_twice`.
    level
        Probability inside, between 0 and 1.

    Returns
    -------
    Corrected, low and high; NaN when a drawn table has no answer.

    Examples
    --------
    >>> limits_of(1.0, np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]), 0.95)
    (1.0, 1.0, 1.0)
    """
    from scipy.special import ndtri

    once, twice, again = found
    corrected = 2 * value - float(once.mean())
    # The variance of 2 theta* - E(theta** | theta*). Two tables drawn from the same share only that expectation.
    with_mean = float(np.cov(once, (twice + again) / 2)[0, 1])
    shared = float(np.cov(twice, again)[0, 1])
    variance = float(once.var(ddof=1))
    deviation = float(np.sqrt(max(4 * variance - 4 * with_mean + shared, variance)))
    aside = float(ndtri((1 + level) / 2)) * deviation
    return corrected, corrected - aside, corrected + aside


# Internals

_UNBOUNDED = {"mutual_information", "concentration"}
