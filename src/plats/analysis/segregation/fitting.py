"""Fitting a table to other sums: as many people in each area and group as asked, with the pattern kept."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, as_counts
from plats.analysis.segregation.tables import as_groups

ROUNDS = 5000
CLOSE = 1e-13


def fitted(pattern: npt.ArrayLike, sizes: npt.ArrayLike, composition: npt.ArrayLike) -> FloatArray:
    r"""The table with the sums asked for in which groups are drawn to areas as in the pattern.

    .. math:: n_{ij} = a_i\, b_j\, s_{ij} \quad \text{with} \quad \sum_j n_{ij} = t_i,\; \sum_i n_{ij} = G_j

    Parameters
    ----------
    pattern
        (areas, groups) persons; what is kept is its odds ratios.
    sizes
        (areas,) people asked for in each area.
    composition
        (groups,) people asked for in each group, the same in all as in `sizes`.

    Returns
    -------
    (areas, groups) persons, not whole. 0 where the pattern is 0.

    Raises
    ------
    ValueError
        If the sums differ, a shape does not fit, a figure is missing, negative or infinite, or no table can be had
        because the pattern has nobody where people are asked for.

    Notes
    -----
    Iterative proportional fitting: rows and columns are scaled in turn until both sums hold within 1e-13 of
    everybody, at most 5,000 times.

    References
    ----------
    Deming, W. E. & Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when the
    expected marginal totals are known. Annals of Mathematical Statistics 11(4), 427-444.
    https://doi.org/10.1214/aoms/1177731829

    Examples
    --------
    >>> fitted([[1, 1], [1, 1]], [30, 10], [20, 20])
    array([[15., 15.],
           [ 5.,  5.]])
    """
    table, rows, columns = (
        as_groups(pattern),
        as_counts("storlekar", sizes),
        as_counts("grupper", composition),
    )
    if table.shape != (len(rows), len(columns)):
        raise ValueError(
            f"Mönstret har {table.shape[0]} områden och {table.shape[1]} grupper, men summorna är för "
            f"{len(rows)} områden och {len(columns)} grupper."
        )
    everybody = rows.sum()
    if np.isnan(table).any() or not np.isclose(everybody, columns.sum(), rtol=1e-9, atol=0):
        raise ValueError("Summorna över områden och grupper ska vara lika, och inga siffror får saknas.")
    for _ in range(ROUNDS):
        table = table * _factors(columns, table.sum(axis=0))
        table = table * _factors(rows, table.sum(axis=1))[:, None]
        if np.abs(table.sum(axis=0) - columns).max() <= CLOSE * everybody:
            return _checked(table, rows, everybody)
    raise ValueError(_CANNOT)


# Internals

_CANNOT = (
    "Ingen tabell har både mönstret och de summor som begärs: en grupp saknas i områden där den skulle behövas. "
    "Slå ihop små områden eller små grupper."
)


def _factors(wanted: FloatArray, had: FloatArray) -> FloatArray:
    return np.divide(wanted, had, out=np.zeros_like(had), where=had > 0)


def _checked(table: FloatArray, rows: FloatArray, everybody: float) -> FloatArray:
    if np.abs(table.sum(axis=1) - rows).max() > CLOSE * everybody:
        raise ValueError(_CANNOT)
    return table
