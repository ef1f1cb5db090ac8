"""Many tests at once: which of them may be called found, when only a set part of what is called found may be chance."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, as_numbers


def benjamini_hochberg(p: npt.ArrayLike) -> FloatArray:
    r"""The lowest rate of false discoveries at which each test is still called found.

    .. math:: q_{(i)} = \min_{j \ge i} \frac{m\, p_{(j)}}{j}

    Parameters
    ----------
    p
        (tests,) p-values, 0-1; NaN where there was no test.

    Returns
    -------
    (tests,) 0-1, never below p and in the same order. Call found what is at most 0.05, and on average at most a
    twentieth of it is chance. NaN where there was no test; those are not counted.

    Raises
    ------
    ValueError
        If a p-value is outside 0-1.

    Notes
    -----
    Holds for tests that are independent or depend positively on each other, as neighbouring sites do; for any
    dependence see `benjamini_yekutieli`.

    References
    ----------
    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society
    B 57(1), 289-300. https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4)
    array([0.04  , 0.0533, 0.0533, 0.5   ])
    """
    tested = as_numbers("p-värden", p)
    known = np.flatnonzero(~np.isnan(tested))
    if ((tested[known] < 0) | (tested[known] > 1)).any():
        raise ValueError("Ett p-värde ska ligga mellan 0 och 1.")
    order = known[np.argsort(tested[known], kind="stable")]
    raised = tested[order] * len(order) / np.arange(1, len(order) + 1)
    rates = np.full(len(tested), np.nan)
    rates[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return rates


def benjamini_yekutieli(p: npt.ArrayLike) -> FloatArray:
    r"""As `benjamini_hochberg`, for tests that depend on each other in any way; finds less.

    .. math:: q_{(i)} = \min_{j \ge i} \frac{m\, p_{(j)}}{j} \sum_{k=1}^{m} \frac1k

    Parameters
    ----------
    p
        (tests,) p-values, 0-1; NaN where there was no test.

    Returns
    -------
    (tests,) 0-1, as `benjamini_hochberg` times 1 + 1/2 + ... + 1/m, at most 1.

    Raises
    ------
    ValueError
        If a p-value is outside 0-1.

    References
    ----------
    Benjamini, Y. & Yekutieli, D. (2001). The control of the false discovery rate in multiple testing under dependency.
    Annals of Statistics 29(4), 1165-1188. https://doi.org/10.1214/aos/1013699998

    Examples
    --------
    >>> benjamini_yekutieli([0.01, 0.5]).round(4)
    array([0.03, 0.75])
    """
    tested = as_numbers("p-värden", p)
    number = int((~np.isnan(tested)).sum())
    harmonic = math.fsum(1 / k for k in range(1, number + 1))
    return np.minimum(benjamini_hochberg(tested) * harmonic, 1.0)


def permutations_needed(tests: int, rate: float = 0.05) -> int:
    """How many permutations it takes before a single site among many can be called found at all.

    Parameters
    ----------
    tests
        How many sites are tested.
    rate
        The rate of false discoveries that is allowed, above 0 and below 1.

    Returns
    -------
    The fewest permutations for which the lowest p-value there is, twice one over one more than the permutations, gives
    a rate at most as allowed for one site alone.

    Raises
    ------
    ValueError
        If `rate` is not between 0 and 1.

    Examples
    --------
    >>> permutations_needed(22), permutations_needed(60)
    (879, 2399)
    """
    if not 0 < rate < 1:
        raise ValueError(f"Andelen falska fynd ska ligga mellan 0 och 1, till exempel 0,05, men är {rate}.")
    # Rounded first, so that 880.0000000001 does not become 881.
    return max(math.ceil(round(2 * tests / rate, 6)) - 1, 1)
