"""The measures of a place drawn anew many times, one for each draw, for those who want the whole spread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.segregation.inference.bootstrap import REDRAWN, Measure, Varies, evaluator
from plats.analysis.segregation.inference.drawing import NEAR, drawn
from plats.analysis.segregation.inference.stacks import Stack
from plats.analysis.segregation.tables import NO_ANSWER, as_groups


def resampled_values(
    groups: npt.ArrayLike,
    measure: Measure = "dissimilarity",
    *,
    varies: Varies = Varies.AREAS,
    draws: int = 1000,
    seed: int = 1,
) -> FloatArray:
    """The measures that the place would have if it were drawn anew, one for each draw.

    Parameters
    ----------
    groups, measure, varies, draws, seed
        As for `bootstrap_interval`.

    Returns
    -------
    (draws,) the measure of each drawn table, NaN where it has no answer; all NaN when the table itself has none.

    Raises
    ------
    ValueError
        As `bootstrap_interval`.

    Notes
    -----
    No interval: these values have chance twice. Their quantiles miss the pattern where there are many small areas.

    References
    ----------
    As `bootstrap_interval`. With AREAS the same as bootstrap of PySAL segregation 2.5.4.

    Examples
    --------
    >>> resampled_values([[900, 100], [100, 900]], varies=Varies.PEOPLE, draws=3).round(1)
    array([0.8, 0.8, 0.8])
    """
    counts = as_groups(groups)
    evaluate = evaluator(measure, counts.shape[1])
    if draws < 2:
        raise ValueError(f"Antalet dragningar ska vara minst 2, till exempel 1000, men är {draws}.")
    if not Stack.of_one(counts).answered[0]:
        return np.full(draws, NO_ANSWER)
    counts = counts[counts.sum(axis=1) > 0]

    def part(random: np.random.Generator, number: int) -> FloatArray:
        return evaluate(REDRAWN[varies](Stack.of_one(counts, number), random))

    def choosing(random: np.random.Generator, number: int) -> FloatArray:
        from plats.analysis.kernels.randoms import resampled_dissimilarity, states

        return resampled_dissimilarity(states(random, number), np.ascontiguousarray(counts.T))

    if measure == "dissimilarity" and varies is Varies.AREAS:
        # Nothing is kept but the measure, so a part may be many draws.
        return drawn(choosing, cells=counts.size, draws=draws, seed=seed, at_once=16 * NEAR)
    return drawn(part, cells=counts.size, draws=draws, seed=seed)
