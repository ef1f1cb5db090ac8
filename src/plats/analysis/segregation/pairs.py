"""One group against the rest: the arithmetic of the two-group measures, on figures that are already checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import FloatArray, as_parts_of


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """A group and the rest in the areas where anybody lives: at least two areas, neither empty, nothing missing.

    Made by `of`. What each measure means stands with the function of its name; the methods are for callers that
    ask for many measures of the same people.
    """

    group: FloatArray  # (areas,) persons
    rest: FloatArray  # (areas,) persons
    total: FloatArray  # (areas,) persons, never 0

    @classmethod
    def of(cls, group: npt.ArrayLike, total: npt.ArrayLike) -> TwoGroups | None:
        """The checked pair; None where a measure of it has no answer."""
        return cls.among_populated(*as_parts_of(group, total, names=("grupp", "totalt")))

    @classmethod
    def among_populated(cls, group: FloatArray, total: FloatArray) -> TwoGroups | None:
        populated = total > 0
        if not populated.all():
            if np.isnan(total).any():
                return None
            group, total = group[populated], total[populated]
        rest = total - group
        if len(total) < 2 or not (group.sum() > 0 and rest.sum() > 0):  # also when a sum is NaN
            return None
        return cls(group, rest, total)

    @property
    def overall(self) -> float:
        """The group's share of everybody, 0-1."""
        return float(self.group.sum() / self.total.sum())

    @property
    def shares(self) -> FloatArray:
        """(areas,) the group's share of each area, 0-1."""
        return self.group / self.total

    @property
    def where_group_lives(self) -> FloatArray:
        """(areas,) each area's share of the group."""
        lives: FloatArray = self.group / self.group.sum()
        return lives

    @property
    def where_rest_lives(self) -> FloatArray:
        """(areas,) each area's share of the rest."""
        lives: FloatArray = self.rest / self.rest.sum()
        return lives

    def dissimilarity(self) -> float:
        return bounded(float(np.abs(self.where_group_lives - self.where_rest_lives).sum()) / 2)

    def min_max(self) -> float:
        apart = self.dissimilarity()
        return 2 * apart / (1 + apart)

    def gini(self) -> float:
        # Twice the area between the diagonal and the segregation curve: areas in order of share, and under
        # each step of the curve a triangle from the origin. Areas with the same share lie on one line.
        order = np.argsort(self.shares)
        mine, theirs = self.where_group_lives[order], self.where_rest_lives[order]
        before, theirs_before = np.cumsum(mine) - mine, np.cumsum(theirs) - theirs
        return bounded(float(mine @ theirs_before - theirs @ before))

    def mutual_information(self) -> float:
        spread = _times_log_ratio(self.group, self.total) + _times_log_ratio(self.rest, self.total)
        return max(0.0, spread / float(self.total.sum()))

    def diversity(self) -> float:
        share = self.overall
        return float(-share * np.log(share) - (1 - share) * np.log1p(-share))

    def entropy_index(self) -> float:
        return bounded(self.mutual_information() / self.diversity())

    def atkinson(self, b: float) -> float:
        # (a/A)^b (r/R)^(1-b) summed over areas: the form of the usual formula in which nothing overflows.
        together = float((self.where_group_lives**b * self.where_rest_lives ** (1 - b)).sum())
        return bounded(1 - together ** (1 / (1 - b)))

    def isolation(self) -> float:
        return bounded(float(self.where_group_lives @ self.shares))

    def interaction(self) -> float:
        return bounded(float(self.where_group_lives @ (self.rest / self.total)))

    def correlation_ratio(self) -> float:
        # As a variance, so that no difference of two nearly equal numbers is taken.
        share = self.overall
        variance = float(self.total @ np.square(self.shares - share) / self.total.sum())
        return bounded(variance / (share * (1 - share)))

    def concentration(self) -> float:
        share = self.overall
        return float(self.where_group_lives @ np.abs(self.shares - share)) / (1 - share)


def bounded(value: float) -> float:
    """A measure that lies between 0 and 1, freed from what rounding adds in its last bit.

    Parameters
    ----------
    value
        A measure whose true value is 0 to 1.

    Returns
    -------
    The value, 0-1.

    Examples
    --------
    >>> bounded(1.0000000000000002)
    1.0
    """
    return min(1.0, max(0.0, value))


# Internals


def _times_log_ratio(part: FloatArray, whole: FloatArray) -> float:
    ratio = part / whole / (part.sum() / whole.sum())
    return float(part @ np.log(ratio, out=np.zeros_like(ratio), where=ratio > 0))
