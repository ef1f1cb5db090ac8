"""Floating catchment areas: how much there is within reach for each person, when all who reach it share it.

The supply per person follows people's own surroundings and not the borders of areas. Not for saying whether the supply
is enough: that takes a norm.
"""

from __future__ import annotations

import numpy.typing as npt

from plats.analysis.access.decay import Decay
from plats.analysis.access.kept import Hidden, KeptWeights
from plats.analysis.access.pairs import Pairs
from plats.analysis.access.results import SharedAccess


def two_step(
    pairs: Pairs, people: npt.ArrayLike, amounts: npt.ArrayLike, *, hidden: Hidden = "refuse"
) -> SharedAccess:
    r"""How much there is within reach for each person, shared evenly by all within reach (2SFCA).

    .. math:: A_i = \sum_{j : d_{ij} \le r} R_j, \quad R_j = \frac{S_j}{\sum_{i : d_{ij} \le r} P_i}

    Parameters
    ----------
    pairs
        Who can reach what, and how far it is.
    people
        (demand,) persons, or those that the service is for; at least 0. NaN where hidden or missing.
    amounts
        (supply,) how much each service offers, at least 0; 0 is closed.
    hidden
        What to do where `people` is NaN: "refuse", or "exclude" those places and count them. Their neighbours then
        get a share that is too large.

    Returns
    -------
    `SharedAccess`: supply per person, at least 0. 0 with a reason where nothing open is within reach. NaN with
    a reason where it is not known where or how many the people are, and where nobody lives and nobody else reaches
    the services within reach.

    Raises
    ------
    ValueError
        If people are unknown and not to be left out, a number is negative, or the lengths differ.

    Notes
    -----
    The access of all people added up is the supply that anybody reaches: :math:`\sum_i P_i A_i = \sum_j S_j`. A
    service that nobody reaches counts for no one, and `supply_reached` is the sum without it.

    References
    ----------
    Luo, W. & Wang, F. (2003). Measures of spatial accessibility to health care in a GIS environment. Environment and
    Planning B 30(6), 865-884. https://doi.org/10.1068/b29120

    Examples
    --------
    >>> from plats.analysis.access.pairs import DistanceKind, pairs_from_matrix
    >>> pairs = pairs_from_matrix([[5, 40], [10, 20], [40, 40]], kind=DistanceKind.MINUTES, reach=30)
    >>> two_step(pairs, people=[100, 300, 50], amounts=[8, 30]).values
    array([0.02, 0.12, 0.  ])
    """
    return KeptWeights(pairs, people, hidden=hidden).with_supply(amounts)


def enhanced_two_step(
    pairs: Pairs, people: npt.ArrayLike, amounts: npt.ArrayLike, *, decay: Decay, hidden: Hidden = "refuse"
) -> SharedAccess:
    r"""As `two_step`, with what is farther away counting for less, for those who go and for those who queue (E2SFCA).

    .. math:: A_i = \sum_j w_{ij} R_j, \quad R_j = \frac{S_j}{\sum_i w_{ij} P_i}, \quad w_{ij} = f(d_{ij})

    Parameters
    ----------
    pairs
        Who can reach what, and how far it is.
    people
        (demand,) persons, or those that the service is for; at least 0. NaN where hidden or missing.
    amounts
        (supply,) how much each service offers, at least 0; 0 is closed.
    decay
        f: the weight of a distance, in the unit of the pairs. With `Power`, `Exponential` or `Gaussian` this is the
        gravity model with competition (Joseph & Bantock 1982).
    hidden
        As `two_step`.

    Returns
    -------
    As `two_step`.

    Raises
    ------
    ValueError
        As `two_step`.

    Notes
    -----
    Sums as `two_step`. Only the proportions of the weights matter. Where the weight is 0 the service is out of reach.

    References
    ----------
    Luo, W. & Qi, Y. (2009). An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial
    accessibility to primary care physicians. Health & Place 15(4), 1100-1107.
    https://doi.org/10.1016/j.healthplace.2009.06.002

    Examples
    --------
    >>> from plats.analysis.access.decay import Steps
    >>> from plats.analysis.access.pairs import DistanceKind, pairs_from_matrix
    >>> pairs = pairs_from_matrix([[5, 40], [10, 20], [40, 40]], kind=DistanceKind.MINUTES, reach=30)
    >>> decay = Steps(limits=(5, 30), weights=(1, 0.5))
    >>> enhanced_two_step(pairs, people=[100, 300, 50], amounts=[10, 30], decay=decay).values
    array([0.04, 0.12, 0.  ])
    """
    return KeptWeights(pairs, people, decay=decay, hidden=hidden).with_supply(amounts)


def three_step(
    pairs: Pairs, people: npt.ArrayLike, amounts: npt.ArrayLike, *, decay: Decay, hidden: Hidden = "refuse"
) -> SharedAccess:
    r"""As `enhanced_two_step`, with people spread over what they reach and not counted in full everywhere (3SFCA).

    .. math::

        A_i = \sum_j G_{ij} w_{ij} R_j, \quad R_j = \frac{S_j}{\sum_i G_{ij} w_{ij} P_i}, \quad
        G_{ij} = \frac{w_{ij}}{\sum_{k : S_k > 0} w_{ik}}

    Parameters
    ----------
    pairs
        Who can reach what, and how far it is.
    people
        (demand,) persons, or those that the service is for; at least 0. NaN where hidden or missing.
    amounts
        (supply,) how much each service offers, at least 0; 0 is closed.
    decay
        f: the weight of a distance, in the unit of the pairs.
    hidden
        As `two_step`.

    Returns
    -------
    As `two_step`.

    Raises
    ------
    ValueError
        As `two_step`.

    Notes
    -----
    Sums as `two_step`. With many services near each other the two-step methods see a crowd in each of them; this
    does not. A service that is closed draws nobody: the sum over k is over those that are open. The original does not
    speak of closed ones.

    References
    ----------
    Wan, N., Zou, B. & Sternberg, T. (2012). A three-step floating catchment area method for analyzing spatial access to
    health services. International Journal of Geographical Information Science 26(6), 1073-1089.
    https://doi.org/10.1080/13658816.2011.624987

    Examples
    --------
    >>> from plats.analysis.access.decay import Steps
    >>> from plats.analysis.access.pairs import DistanceKind, pairs_from_matrix
    >>> pairs = pairs_from_matrix([[5, 40], [10, 20], [40, 40]], kind=DistanceKind.MINUTES, reach=30)
    >>> decay = Steps(limits=(5, 30), weights=(1, 0.5))
    >>> three_step(pairs, people=[100, 300, 50], amounts=[7, 30], decay=decay).values
    array([0.04, 0.11, 0.  ])
    """
    return KeptWeights(pairs, people, decay=decay, choosing=True, hidden=hidden).with_supply(amounts)
