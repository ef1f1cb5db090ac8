"""An interval for any measure of a table: what varies is said, and what chance adds to the measure is taken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, IntArray
from plats.analysis.segregation.inference.drawing import Draw, drawn
from plats.analysis.segregation.inference.stacks import MEASURES, PAIR_MEASURES, Stack, measured_stack
from plats.analysis.segregation.tables import NO_ANSWER, as_groups

Measure = str | Callable[[FloatArray], float]


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

    .. math:: [\, q_{\alpha/2} - 2b, \; q_{1-\alpha/2} - 2b \,], \quad b = \overline{\theta^*} - \hat\theta

    where :math:`\theta^*` are the measures of the drawn tables, :math:`q` their quantiles, and :math:`\hat\theta`
    the measure as counted.

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
    The measure as counted, as corrected (less b), and the interval, in the unit of the measure. All NaN when the
    measure has no answer; limits NaN when it has none for some drawn table: then a group is too small for it.

    Raises
    ------
    ValueError
        If the measure is unknown or needs two groups and there are more, there are no draws, the level is not
        between 0 and 1, or the table is refused by `as_groups`.

    Notes
    -----
    A register counts everybody, so the interval is no sampling error. It answers another question: if those who
    live here had come by chance from the same pattern, how much could the figure have been something else?
    Chance makes every area differ a little from the others, so a measure of unevenness is on average too high by
    b, and drawn tables are too high by 2b: they have chance twice. That is why 2b is taken off; the interval may lie
    below the value as counted. Where that does not help stands in `interval_is_fair`. Limits are never outside what
    the measure can be. An area's size is rounded to whole people when they are drawn.

    References
    ----------
    Efron, B. & Tibshirani, R. (1993). An introduction to the bootstrap. Chapman & Hall, chapters 10 and 13; Allen,
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
    counts = counts[~(counts.sum(axis=1) == 0)]
    value = float(evaluate(Stack.of_one(counts))[0])
    if np.isnan(value):
        return Interval(NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER, level, draws, varies)
    found = drawn(_DRAWS[varies](counts), evaluate, cells=counts.size, draws=draws, seed=seed)
    twice = 2 * (found.mean() - value)
    tails = [(1 - level) / 2, (1 + level) / 2]
    most = np.inf if callable(measure) or measure in _UNBOUNDED else 1.0
    least = -np.inf if callable(measure) else 0.0
    low, high = np.clip(np.quantile(found, tails) - twice, least, most)
    corrected = float(np.clip(value - twice / 2, least, most))
    return Interval(value, corrected, float(low), float(high), level, draws, varies)


def evaluator(measure: Measure, groups: int) -> Callable[[Stack], FloatArray]:
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
    known = MEASURES | (PAIR_MEASURES if groups == 2 else {})
    if measure not in known:
        why = (
            "gäller en grupp mot övriga och kräver två kolumner" if measure in PAIR_MEASURES else "finns inte"
        )
        raise ValueError(f"Måttet {measure} {why}. Välj bland: {', '.join(known)}.")
    return lambda stack: measured_stack(stack, known[measure])


# Internals

_UNBOUNDED = {"mutual_information", "concentration"}


def _people(counts: FloatArray) -> Draw:
    sizes = counts.sum(axis=1)
    people: IntArray = np.rint(sizes).astype(np.int64)
    # What is left of an area when the groups before are taken out, and the next group's part of it.
    left = np.cumsum(counts[:, ::-1], axis=1)[:, ::-1]
    chances = np.divide(counts, left, out=np.zeros_like(counts), where=left > 0)[:, :-1].clip(0, 1)

    def draw(random: np.random.Generator, number: int) -> Stack:
        drawn_counts = np.empty((counts.shape[1], len(people), number), dtype=np.int64)
        remaining = np.broadcast_to(people[:, None], (len(people), number))
        for group in range(counts.shape[1] - 1):
            drawn_counts[group] = random.binomial(remaining, chances[:, group, None])
            remaining = remaining - drawn_counts[group]
        drawn_counts[-1] = remaining
        return Stack(drawn_counts.swapaxes(1, 2))

    return draw


def _sample(counts: FloatArray) -> Draw:
    areas, groups = counts.shape
    people, chances = int(np.rint(counts.sum())), (counts / counts.sum()).ravel()

    def draw(random: np.random.Generator, number: int) -> Stack:
        tables = random.multinomial(people, chances, size=number).reshape(number, areas, groups)
        return Stack(tables.transpose(2, 0, 1))

    return draw


def _areas(counts: FloatArray) -> Draw:
    def draw(random: np.random.Generator, number: int) -> Stack:
        chosen = random.integers(len(counts), size=(number, len(counts)))
        return Stack(counts.T[:, chosen])

    return draw


_DRAWS: dict[Varies, Callable[[FloatArray], Draw]] = {
    Varies.PEOPLE: _people,
    Varies.SAMPLE: _sample,
    Varies.AREAS: _areas,
}
