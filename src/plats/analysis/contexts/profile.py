"""Profiles over scales: what people have around them among the nearest few, the nearest many, and all between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, unmasked


@dataclass(frozen=True, slots=True)
class ScaleProfile:
    """What people have around them, by scale; scales are those of the contexts, in their order."""

    mean: FloatArray  # (scales, groups) the group's share around a person, on average over everybody
    deviation: FloatArray  # (scales, groups) how much that differs between people, as a standard deviation
    exposure: (
        FloatArray  # (scales, groups, groups) the share of the second group around a person in the first
    )


def scale_profile(shares: npt.ArrayLike, counts: npt.ArrayLike) -> ScaleProfile:
    r"""How much of each group people have around them, and how much that differs between them, at each scale.

    .. math:: \bar{s}_g = \sum_i \frac{t_i}{T} s_{ig} \qquad
              \sigma_g = \sqrt{\sum_i \frac{t_i}{T} (s_{ig} - \bar{s}_g)^2} \qquad
              {}_gP_h = \sum_i \frac{g_i}{G} s_{ih}

    Parameters
    ----------
    shares
        (places, scales, groups) each group's share in the context of each place: `shares` of `nearest_people` or
        `people_within`, for every place where anybody lives.
    counts
        (places, 1 + groups) persons who live in the place itself, everybody first: `counts` of the grid.

    Returns
    -------
    Shares, 0-1, and standard deviations of shares, 0 to 0.5. NaN at a scale where any place that is lived in has no
    context, and for exposure of a group where nobody belongs to it.

    Raises
    ------
    ValueError
        If places or groups are not the same in both, or a count is missing, negative or infinite.

    Notes
    -----
    A deviation that stays large as the scale grows says that parts of the land differ; one that falls at once says that
    small areas differ and lie beside each other. At a scale that holds everybody it is 0. The person counts among
    those around, which makes exposure to the own group higher at small scales: by about 1/k.

    References
    ----------
    Reardon, S. F. et al. (2008). The geographic scale of metropolitan racial segregation. Demography 45(3), 489-514.
    https://doi.org/10.1353/dem.0.0019. The profile is theirs; we give shares and deviations in place of an index.

    Examples
    --------
    >>> found = scale_profile([[[1.0], [0.5]], [[0.0], [0.5]]], [[10, 10], [10, 0]])
    >>> found.mean[:, 0], found.deviation[:, 0], found.exposure[:, 0, 0]
    (array([0.5, 0.5]), array([0.5, 0. ]), array([1. , 0.5]))
    """
    around, people = unmasked(shares), unmasked(counts)
    if around.ndim != 3 or people.shape != (len(around), around.shape[2] + 1):
        raise ValueError(
            "Andelarna ska ha formen (platser, skalor, grupper) och antalen (platser, 1 + grupper), med samma platser "
            "och grupper."
        )
    if not (np.isfinite(people) & (people >= 0)).all():
        raise ValueError("Antal personer ska vara kända och minst 0 på varje plats.")
    lived = people[:, 0] > 0
    around, people = around[lived], people[lived]
    with np.errstate(invalid="ignore", divide="ignore"):
        weights, members = people[:, 0] / people[:, 0].sum(), people[:, 1:] / people[:, 1:].sum(axis=0)
        mean = np.einsum("i,isg->sg", weights, around)
        deviation = np.sqrt(np.einsum("i,isg->sg", weights, (around - mean) ** 2))
        exposure = np.einsum("ig,ish->sgh", members, around)
    return ScaleProfile(mean, deviation, exposure)
