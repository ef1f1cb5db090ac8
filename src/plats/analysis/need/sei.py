"""Socioeconomic index (SEI): SCB's and Boverket's index of an area's socioeconomic conditions.

The area types 1-5 are made from it by cut-offs that are not published. They are therefore loaded, never
computed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray


def socioeconomic_index(
    low_economic_standard_percent: npt.ArrayLike,
    lower_secondary_at_most_percent: npt.ArrayLike,
    assistance_or_long_unemployment_percent: npt.ArrayLike,
) -> FloatArray:
    r"""How strained the socioeconomic conditions of an area are: the plain mean of three percentages.

    .. math:: \mathrm{SEI} = \frac{V_1 + V_2 + V_3}{3}

    Parameters
    ----------
    low_economic_standard_percent
        (areas,) V1: percent of all persons below 60 percent of the national median of economic standard.
    lower_secondary_at_most_percent
        (areas,) V2: percent of those aged 20-64 with at most nine years of school.
    assistance_or_long_unemployment_percent
        (areas,) V3: percent of those aged 20-64 with economic assistance for at least ten months of the year,
        unemployment for more than six months, or both.

    Returns
    -------
    (areas,) index, 0-100; higher is more strained. NaN where any of the three is missing.

    Raises
    ------
    ValueError
        If a percentage is outside 0-100 or the lengths differ.

    Notes
    -----
    All three must be for the same areas, edition and year. V3 is not open per DeSO, so the index is not
    computed from our own figures: published values are loaded. The published index is computed from unrounded
    percentages and can differ by 0.03 from the mean of the published ones.

    References
    ----------
    SCB, tables TAB6586 (000008IT socioeconomic index, 000008IU area type), footnotes.
    https://www.sverigesallmannytta.se/boverket-segregationen-i-sverige-okar/

    Examples
    --------
    >>> socioeconomic_index([30.0], [18.0], [6.0])
    array([18.])
    """
    parts = [
        np.atleast_1d(np.asarray(part, dtype=np.float64))
        for part in (
            low_economic_standard_percent,
            lower_secondary_at_most_percent,
            assistance_or_long_unemployment_percent,
        )
    ]
    if len({part.shape for part in parts}) > 1:
        raise ValueError("De tre andelarna ska gälla samma områden, i samma ordning.")
    for number, part in enumerate(parts, start=1):
        if ((part < 0) | (part > 100)).any():
            raise ValueError(f"V{number} ska vara procent mellan 0 och 100.")
    index: FloatArray = (parts[0] + parts[1] + parts[2]) / 3
    return index
