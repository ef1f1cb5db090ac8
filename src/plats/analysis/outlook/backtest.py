"""Backtest: what would have been said in earlier years, set beside what came. No outlook says more than that bears."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray
from plats.analysis.outlook.drift import as_panel, carried

FEWEST_POINTS = 8
"""Comparable points a series must have before anything but pace is said of it."""
FEWEST_BEFORE = 5
"""Years that a forecast in the backtest is made from, at least."""
FEWEST_ORIGINS = 2
"""Years from which a horizon must have been tried, at least: one year's chance is shared by all places."""


class ShortSeriesError(ValueError):
    """The series is too short for what is asked of it: 'för kort serie'."""


@dataclass(frozen=True, slots=True)
class HorizonTest:
    """How forecasts so many years ahead have hit, in the figure's unit."""

    horizon: int
    origins: int  # years from which it was tried
    forecasts: int
    mean_error: float  # mean absolute error
    unchanged_error: float  # the same when every place is said to stay where it is
    coverage: float  # share of outcomes within the interval, each interval made from other years' errors
    width: float  # mean width of the interval
    wanted: float  # the coverage that was asked for

    @property
    def bears(self) -> bool:
        """Whether an outlook at this horizon is worth saying: nearer than 'nothing changes', and covering as it says
        within ten percentage points."""
        return self.mean_error < self.unchanged_error and self.coverage >= self.wanted - 0.1


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where places are expected to be at a horizon that has been tried."""

    horizon: int
    expected: FloatArray  # (places,)
    low: FloatArray  # (places,)
    high: FloatArray  # (places,)
    errors: FloatArray  # outcome minus forecast in the backtest, sorted


def horizons_tried(years: int, fewest_before: int = FEWEST_BEFORE) -> range:
    """How many years ahead a series of this length lets one try enough times to say something.

    Parameters
    ----------
    years
        How many years the series has.
    fewest_before
        Years that a forecast in the backtest is made from, at least.

    Returns
    -------
    The horizons, from 1; empty when the series is too short.

    Examples
    --------
    >>> list(horizons_tried(10))
    [1, 2, 3, 4]
    >>> list(horizons_tried(5))
    []
    """
    return range(1, max(0, years - fewest_before - FEWEST_ORIGINS + 1) + 1)


def backtest(
    panel: npt.ArrayLike, coverage: float = 0.8, fewest_before: int = FEWEST_BEFORE
) -> list[HorizonTest]:
    r"""How well the pooled drift would have done if it had been used in earlier years.

    From each year with enough years before it a forecast is made from those years only and set beside what
    came. The interval of a forecast is made from the errors of the *other* origins, so that no outcome takes
    part in the interval it is tried against.

    Parameters
    ----------
    panel
        (places, years) figures in any unit, years without a gap, oldest first; NaN where hidden or missing.
    coverage
        The share of outcomes that an interval is to hold, above 0 and below 1.
    fewest_before
        Years that a forecast is made from, at least; 2 or more.

    Returns
    -------
    A row for each horizon of `horizons_tried`.

    Raises
    ------
    ValueError
        If the coverage or `fewest_before` is out of range.
    ShortSeriesError
        If no horizon can be tried.

    Notes
    -----
    Places share each year's chance, so thousands of places tried from two years are nearer to two trials than
    to thousands: read coverage with the number of origins beside it. Missing outcomes are left out.

    References
    ----------
    Hyndman, R. & Athanasopoulos, G. (2021). Forecasting: Principles and Practice, 5.10 (rolling origin).
    https://otexts.com/fpp3/tscv.html

    Examples
    --------
    >>> steady = [[10, 11, 12, 13, 14, 15, 16], [20, 22, 24, 26, 28, 30, 32]]
    >>> [(row.horizon, row.origins, round(row.mean_error, 9)) for row in backtest(steady)]
    [(1, 2, 0.0)]
    """
    figures = as_panel(panel)
    if not 0 < coverage < 1 or fewest_before < 2:
        raise ValueError("Täckningen ska ligga mellan 0 och 1, och minst två år ska ligga före en prognos.")
    horizons = horizons_tried(figures.shape[1], fewest_before)
    if not horizons:
        raise ShortSeriesError(
            f"För kort serie: {figures.shape[1]} år räcker inte för att pröva en prognos även ett år framåt."
        )
    return [_tested(figures, horizon, coverage, fewest_before) for horizon in horizons]


def outlook(panel: npt.ArrayLike, horizon: int, coverage: float = 0.8) -> Outlook:
    """Where places are expected to be some years ahead, within what earlier forecasts have missed by.

    Parameters
    ----------
    panel
        (places, years) figures in any unit, years without a gap, oldest first; NaN where hidden or missing.
    horizon
        How many years ahead; one that the series lets one try.
    coverage
        The share of outcomes that the interval is to hold, above 0 and below 1.

    Returns
    -------
    `Outlook`; NaN for a place whose last year is missing.

    Raises
    ------
    ShortSeriesError
        If the series has fewer than eight points, or the horizon lies beyond those that can be tried.

    Notes
    -----
    The interval is the forecast plus quantiles of the backtest's errors at the same horizon, so it need not lie
    evenly around it. It says what has been usual, not what is certain; a new policy is in no error.

    References
    ----------
    As `backtest`; the quantiles are those of split conformal prediction (Vovk et al. 2005).

    Examples
    --------
    >>> rows = [[10.0 + year for year in range(8)], [20.0 + 2 * year for year in range(8)]]
    >>> outlook(rows, horizon=1).expected
    array([18., 36.])
    """
    figures = as_panel(panel)
    years = figures.shape[1]
    if years < FEWEST_POINTS:
        raise ShortSeriesError(f"För kort serie: {years} punkter, minst {FEWEST_POINTS} behövs.")
    horizons = horizons_tried(years)
    if horizon not in horizons:
        raise ShortSeriesError(
            f"För kort serie: med {years} punkter går det att pröva {horizons[-1]} år framåt, inte {horizon}."
        )
    errors = np.sort(np.concatenate(_errors(figures, horizon, FEWEST_BEFORE)))
    expected = carried(figures, horizon)
    low, high = _limits(errors, coverage)
    return Outlook(horizon, expected, expected + low, expected + high, errors)


def chance_of_reaching(seen: Outlook, target: float, higher_is_reaching: bool) -> FloatArray:
    """How often earlier errors would have taken a place to its target, had they come now.

    Parameters
    ----------
    seen
        The outlook at the target's year.
    target
        The figure to reach, in the same unit.
    higher_is_reaching
        Whether the target is reached from below.

    Returns
    -------
    (places,) shares 0-1, never 0 or 1: one more than what was seen has always been possible. NaN for a place
    without an expectation.

    Examples
    --------
    >>> import numpy as np
    >>> some = Outlook(1, np.array([50.0]), np.array([48.0]), np.array([52.0]), np.array([-2.0, 0.0, 2.0]))
    >>> chance_of_reaching(some, target=51.0, higher_is_reaching=True)
    array([0.4])
    """
    outcomes = seen.expected[:, None] + seen.errors[None, :]
    hit = (outcomes >= target) if higher_is_reaching else (outcomes <= target)
    share = (hit.sum(axis=1) + 1) / (len(seen.errors) + 2)
    return np.where(np.isfinite(seen.expected), share, np.nan)


# Internals


def _errors(figures: FloatArray, horizon: int, fewest_before: int) -> list[FloatArray]:
    """Outcome minus forecast, one array per origin; outcomes and forecasts that are missing left out."""
    found = []
    for known in range(fewest_before, figures.shape[1] - horizon + 1):
        missed = figures[:, known + horizon - 1] - carried(figures[:, :known], horizon)
        found.append(missed[np.isfinite(missed)])
    return found


def _tested(figures: FloatArray, horizon: int, coverage: float, fewest_before: int) -> HorizonTest:
    by_origin = _errors(figures, horizon, fewest_before)
    inside, widths = [], []
    for number, errors in enumerate(by_origin):
        others = np.sort(np.concatenate([one for other, one in enumerate(by_origin) if other != number]))
        low, high = _limits(others, coverage)
        inside.append((errors >= low) & (errors <= high))
        widths.append(np.full(len(errors), high - low))
    errors = np.concatenate(by_origin)
    stayed = np.concatenate(
        [
            (figures[:, known + horizon - 1] - figures[:, known - 1])
            for known in range(fewest_before, figures.shape[1] - horizon + 1)
        ]
    )
    return HorizonTest(
        horizon=horizon,
        origins=len(by_origin),
        forecasts=len(errors),
        mean_error=float(np.abs(errors).mean()),
        unchanged_error=float(np.nanmean(np.abs(stayed))),
        coverage=float(np.concatenate(inside).mean()),
        width=float(np.concatenate(widths).mean()),
        wanted=coverage,
    )


def _limits(errors: FloatArray, coverage: float) -> tuple[float, float]:
    """The lower and upper error that hold the middle share, a little wide when the errors are few."""
    count = len(errors)
    tail = (1 - coverage) / 2
    below = max(0, int(np.floor(tail * (count + 1))) - 1)
    above = min(count - 1, int(np.ceil((1 - tail) * (count + 1))) - 1)
    return float(errors[below]), float(errors[above])
