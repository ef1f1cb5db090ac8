"""Scaling: figures in different units put on one scale, turned so that higher is more need."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray

Scaling: TypeAlias = Literal["z", "min_max", "rank", "percentile", "target"]


def scaled(
    matrix: npt.ArrayLike, directions: npt.ArrayLike, scaling: Scaling, targets: npt.ArrayLike | None = None
) -> FloatArray:
    r"""Each figure on the common scale, so that figures in different units can be weighed together.

    .. math::

        z: \frac{x - \bar x}{\sigma}, \quad \text{min-max}: 100 \frac{x - x_{min}}{x_{max} - x_{min}}, \quad
        \text{rank}: \frac{b + e + 1}{2}, \quad \text{percentile}: 50 \frac{b + e}{n}, \quad
        \text{target}: 100 \frac{x - t}{|t|}

    b is how many of the n known areas lie below and e how many lie below or are equal, after turning.

    Parameters
    ----------
    matrix
        (areas, columns) figures, each column in its own unit; NaN where hidden or missing.
    directions
        (columns,) 1 where a higher figure is more need, -1 where it is less.
    scaling
        "z" standard deviations from the areas' mean; "min_max" 0-100 from the lowest to the highest; "rank" 1 for the
        least need and up, equals sharing the mean; "percentile" 0-100; "target" percent of the target beyond it.
    targets
        (columns,) t, what each figure should be, in its own unit and not 0; for "target" only.

    Returns
    -------
    (areas, columns) with NaN where the figure is.

    Raises
    ------
    ValueError
        If the shapes differ, a direction is not 1 or -1, the scaling is unknown, or targets are missing, 0 or given in
        vain.

    Notes
    -----
    A column in which all areas are alike gives 0 under "z" and "min_max", 50 under "percentile" and the middle rank.
    All but "target" depend on which areas there are. Under "target" 0 is the target reached and below 0 is better
    than that; a surplus in one figure then makes up for a lack in another.

    References
    ----------
    OECD & JRC (2008). Handbook on Constructing Composite Indicators, step 5.
    https://doi.org/10.1787/9789264043466-en. The standard deviation is that of the areas themselves (divisor n).
    That equal areas share the mean rank is ours.

    Examples
    --------
    >>> scaled([[10.0], [20.0], [40.0], [20.0]], [1], "rank").ravel()
    array([1. , 2.5, 4. , 2.5])
    >>> scaled([[60.0], [84.0]], [-1], "target", targets=[80.0]).ravel()
    array([25., -5.])
    """
    figures, turned = checked_figures(matrix, directions)
    if scaling not in get_args(Scaling):
        raise ValueError(f"Okänd skalning '{scaling}'. Välj en av: {', '.join(get_args(Scaling))}.")
    if (scaling == "target") != (targets is not None):
        raise ValueError("Ange mål (targets) när skalningen är 'target', och bara då.")
    if targets is not None:
        return _from_targets(figures, turned, np.asarray(targets, dtype=np.float64))
    scale = {"z": _z, "min_max": _min_max, "rank": _rank, "percentile": _percentile}[scaling]
    return np.column_stack([scale(column * way) for column, way in zip(figures.T, turned, strict=True)])


def checked_figures(matrix: npt.ArrayLike, directions: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Figures and directions that fit each other.

    Parameters
    ----------
    matrix
        (areas, columns) figures; NaN where hidden or missing.
    directions
        (columns,) 1 or -1.

    Returns
    -------
    Both as float64.

    Raises
    ------
    ValueError
        If there is no column, a figure is infinite, the numbers differ, or a direction is not 1 or -1.

    Examples
    --------
    >>> checked_figures([[1, 2]], [1, -1])
    (array([[1., 2.]]), array([ 1., -1.]))
    """
    figures = np.asarray(matrix, dtype=np.float64)
    if figures.ndim != 2 or figures.shape[1] == 0:
        raise ValueError("Indexet behöver en tabell med områden som rader och minst en del som kolumn.")
    if np.isinf(figures).any():
        raise ValueError("Tabellen har ett oändligt tal. Ange ett tal eller NaN.")
    turned = np.asarray(directions, dtype=np.float64)
    if turned.shape != (figures.shape[1],) or not np.isin(turned, (-1, 1)).all():
        raise ValueError(
            "Varje del ska ha riktningen 1 (högre är större behov) eller -1 (högre är mindre behov)."
        )
    return figures, turned


# Internals


def _from_targets(figures: FloatArray, turned: FloatArray, targets: FloatArray) -> FloatArray:
    if targets.shape != turned.shape or not (np.isfinite(targets).all() and (targets != 0).all()):
        raise ValueError(
            f"Ange ett mål för var och en av de {len(turned)} delarna. Inget mål får vara 0 eller okänt."
        )
    beyond: FloatArray = 100 * turned * (figures - targets) / np.abs(targets)
    return beyond


def _z(column: FloatArray) -> FloatArray:
    known = column[~np.isnan(column)]
    if len(known) == 0 or known.min() == known.max():
        return np.where(np.isnan(column), np.nan, 0.0)
    standardised: FloatArray = (column - known.mean()) / known.std()
    return standardised


def _min_max(column: FloatArray) -> FloatArray:
    known = column[~np.isnan(column)]
    if len(known) == 0 or known.min() == known.max():
        return np.where(np.isnan(column), np.nan, 0.0)
    scaled_: FloatArray = 100 * (column - known.min()) / (known.max() - known.min())
    return scaled_


def _rank(column: FloatArray) -> FloatArray:
    below, at_most, _ = _order(column)
    return np.where(np.isnan(column), np.nan, (below + at_most + 1) / 2)


def _percentile(column: FloatArray) -> FloatArray:
    below, at_most, known = _order(column)
    return np.where(np.isnan(column), np.nan, 50 * (below + at_most) / max(known, 1))


def _order(column: FloatArray) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], int]:
    """How many known areas lie below each, how many below or equal, and how many there are."""
    known = np.sort(column[~np.isnan(column)])
    return (
        np.searchsorted(known, column, side="left"),
        np.searchsorted(known, column, side="right"),
        len(known),
    )
