"""Drawn indices: the places of all areas under many choices of weights, method and figures at once.

A choice is written as numbers from 0 to 1, one for each thing that is uncertain, so that the same numbers always mean
the same choice: `uncertainty` draws them, and `sensitivity` exchanges one of them at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from plats.analysis.arrays import BoolArray, FloatArray, IntArray
from plats.analysis.need.aggregation import Aggregation, back_from_sum, summand
from plats.analysis.need.composite import normalised_weights
from plats.analysis.need.scaling import Scaling, checked_figures, scaled
from plats.analysis.ranks import ranks_of

Method: TypeAlias = tuple[Scaling, Aggregation]
Places: TypeAlias = npt.NDArray[np.int16 | np.int32]

# Scores held at a time.
_NUMBERS_PER_BLOCK = 4_000_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What is certain and what is not in an index. Made by `choices_of`, which checks it."""

    figures: FloatArray  # (areas given, columns with weight)
    turned: FloatArray  # (columns with weight,) 1 or -1
    weights: FloatArray  # (columns with weight,) adding up to 1
    columns: IntArray  # (columns with weight,) which of the columns given they are
    spread: float
    methods: tuple[Method, ...]
    errors: FloatArray | None  # (areas given, columns with weight) standard errors
    complete: BoolArray  # (areas given,) where no part is missing
    kinds: IntArray  # (complete areas,) which of the kinds of area each is: those with equal figures and errors are one
    counts: IntArray  # (kinds,) how many areas there are of each
    examples: IntArray  # (kinds,) one area given of each

    @property
    def factors(self) -> tuple[str, ...]:
        """The name of each thing that is uncertain, in the order of the numbers that choose."""
        weights = [f"weight {column}" for column in self.columns] if self._weights_drawn else []
        method = ["method"] if len(self.methods) > 1 else []
        return (*weights, *method, *(["errors"] if self.errors is not None else []))

    @property
    def _weights_drawn(self) -> bool:
        return self.spread > 0 and len(self.weights) > 1

    def chosen_places(self) -> IntArray:
        """(areas given,) the place of each area by the index as it is: the first method, no error, 0 where none."""
        scores = np.full(len(self.figures), np.nan)
        # Summed row by row and not as a matrix product, so that equal rows are equal to the last bit.
        parts = summand(self._scaled(self.figures, self.methods[0])[self.complete], self.methods[0][1])
        scores[self.complete] = back_from_sum((parts * self.weights).sum(axis=1), self.methods[0][1])
        return ranks_of(scores)

    def as_it_is(self) -> FloatArray:
        """(factors but errors,) the numbers that choose the index as it is: the chosen weights and the first method."""
        from scipy.special import gammainc

        weights = gammainc(self._shapes(), self._shapes()) if self._weights_drawn else np.empty(0)
        return np.concatenate([weights, np.zeros(int(len(self.methods) > 1))])

    def places(self, numbers: FloatArray) -> Places:
        """(choices, complete areas) the place of each area under each row of numbers, 1 being the most need.

        Areas that are alike share the better place, save where errors part them.
        """
        column = iter(numbers.T)
        weights = np.tile(self.weights, (len(numbers), 1))
        if self._weights_drawn:
            weights = self._weights([next(column) for _ in self.weights])
        method = np.zeros(len(numbers), dtype=np.int64)
        if len(self.methods) > 1:
            method = np.minimum((next(column) * len(self.methods)).astype(np.int64), len(self.methods) - 1)
        if self.errors is not None:
            return self._with_errors(self.errors, weights, method, next(column))
        places = np.empty((len(numbers), len(self.counts)), dtype=_dtype(self.counts))
        for number, (_, aggregation) in enumerate(self.methods):
            parts = summand(self._scaled(self.figures, self.methods[number])[self.examples], aggregation)
            rows = np.flatnonzero(method == number)
            size = max(1, _NUMBERS_PER_BLOCK // len(self.counts))
            for start in range(0, len(rows), size):
                block = rows[start : start + size]
                places[block] = _places(weights[block] @ parts.T, self.counts)
        return places if len(self.counts) == len(self.kinds) else places[:, self.kinds]

    def _with_errors(
        self, errors: FloatArray, weights: FloatArray, method: IntArray, seeds: FloatArray
    ) -> Places:
        """The figures are drawn anew for each choice, and scaled anew."""
        each = np.ones(len(self.kinds), dtype=np.int64)
        places = np.empty((len(weights), len(self.kinds)), dtype=_dtype(each))
        for row, (weight, number, seed) in enumerate(zip(weights, method, seeds, strict=True)):
            noise = np.random.default_rng(int(seed * 2**53)).standard_normal(self.figures.shape)
            parts = self._scaled(self.figures + noise * errors, self.methods[number])
            scores = summand(parts[self.complete], self.methods[number][1]) @ weight
            places[row] = _places(scores[np.newaxis], each)[0]
        return places

    def _scaled(self, figures: FloatArray, method: Method) -> FloatArray:
        return scaled(figures, self.turned, method[0])

    def _weights(self, numbers: Sequence[FloatArray]) -> FloatArray:
        """(choices, columns) weights around those chosen: gamma numbers over their sum are Dirichlet."""
        from scipy.special import gammaincinv

        gamma = gammaincinv(self._shapes(), np.column_stack(numbers))
        drawn: FloatArray = gamma / gamma.sum(axis=1, keepdims=True)
        return drawn

    def _shapes(self) -> FloatArray:
        """(columns,) the mean of each gamma number, in the proportions of the weights."""
        return self.weights * (self.spread**-2 - 1)


def choices_of(
    matrix: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    *,
    spread: float,
    methods: Sequence[Method] = (("z", "arithmetic"),),
    errors: npt.ArrayLike | None = None,
) -> Choices:
    """What is certain and what is not in an index, checked.

    Parameters
    ----------
    matrix
        (areas, columns) figures, each column in its own unit; NaN where hidden or missing.
    weights
        (columns,) the chosen weights; only their proportions matter. A column with weight 0 is left out.
    directions
        (columns,) 1 where a higher figure is more need, -1 where it is less.
    spread
        How much the weights are shaken, 0 not at all and below 1, as in `rank_intervals_under_weights`.
    methods
        Pairs of a scaling and an aggregation, the chosen first; each is as likely. Not the scaling "target".
    errors
        (areas, columns) standard error of each figure, in its unit; 0 where it has none. None when all are exact.

    Returns
    -------
    `Choices`.

    Raises
    ------
    ValueError
        If the shapes differ, the spread is outside its range, there is no method, a mean other than the arithmetic is
        asked of the scaling "z", or an error is negative or missing.

    Examples
    --------
    >>> choices_of([[1, 2], [3, 1]], [1, 1], [1, 1], spread=0.1).factors
    ('weight 0', 'weight 1')
    """
    figures, turned = checked_figures(matrix, directions)
    shares = normalised_weights(weights, figures.shape[1])
    if not 0 <= spread < 1:
        raise ValueError(f"Spridningen ska vara minst 0 och mindre än 1, men är {spread}.")
    _require_methods(methods)
    used = np.flatnonzero(shares > 0)
    kept = None if errors is None else _errors(errors, figures)[:, used]
    figures = figures[:, used]
    complete: BoolArray = np.logical_and.reduce(~np.isnan(figures), axis=1)
    examples, kinds, counts = _kinds(figures if kept is None else np.hstack([figures, kept]), complete)
    return Choices(
        figures=figures,
        turned=turned[used],
        weights=shares[used],
        columns=used,
        spread=spread,
        methods=tuple(methods),
        errors=kept,
        complete=complete,
        kinds=kinds,
        counts=counts,
        examples=examples,
    )


# Internals


def _require_methods(methods: Sequence[Method]) -> None:
    if not methods:
        raise ValueError("Ange minst en metod: en skalning och en sammanvägning.")
    for scaling, aggregation in methods:
        if scaling == "target" or (scaling == "z" and aggregation != "arithmetic"):
            raise ValueError(
                f"Skalningen '{scaling}' kan inte användas med '{aggregation}' här. Delar under 0 har bara ett "
                "aritmetiskt medelvärde, och avstånd till mål prövas för sig."
            )


def _errors(errors: npt.ArrayLike, figures: FloatArray) -> FloatArray:
    given = np.asarray(errors, dtype=np.float64)
    if given.shape != figures.shape:
        raise ValueError(f"Felen ska ha samma form som tabellen, {figures.shape}, men har {given.shape}.")
    known = ~np.isnan(figures)
    if not (np.isfinite(given[known]).all() and (given[known] >= 0).all()):
        raise ValueError("Varje känd siffra ska ha ett fel som är minst 0. Ange 0 där siffran är exakt.")
    return np.where(known, given, 0.0)


def _kinds(rows: FloatArray, complete: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
    """One area of each kind, the kind of each complete area, and how many there are, in the order of the areas."""
    where = np.flatnonzero(complete)
    if len(where) == 0:
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing, nothing
    _, first, kind, counts = np.unique(
        rows[where], axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(first)
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return where[first[order]], number[kind.ravel()], counts[order]


def _dtype(counts: IntArray) -> type[np.int16 | np.int32]:
    return np.int16 if counts.sum() < np.iinfo(np.int16).max else np.int32


def _places(scores: FloatArray, counts: IntArray) -> Places:
    """(choices, kinds) place of each kind in each choice, after all areas of the kinds above it; equals share it."""
    order = np.argsort(-scores, axis=1)
    falling = np.take_along_axis(scores, order, axis=1)
    if (counts == 1).all():
        place: Places = np.tile(np.arange(1, len(counts) + 1, dtype=_dtype(counts)), (len(scores), 1))
    else:
        many = counts[order]
        place = (np.cumsum(many, axis=1) - many + 1).astype(_dtype(counts))
    equal = falling[:, 1:] == falling[:, :-1]
    if equal.any():
        place[:, 1:][equal] = 0
        np.maximum.accumulate(place, axis=1, out=place)
    places: Places = np.empty(order.shape, dtype=place.dtype)
    np.put_along_axis(places, order, place, axis=1)
    return places
