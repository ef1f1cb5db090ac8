"""Figures made of other indicators: an area relative to its municipality, and the local need index.

The need index is the municipality's own definition (catalog/indices), worked out among its own areas: a standing
within Huddinge, never comparable with another municipality's. An area that lacks one part gets no index.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from plats.analysis.need.composite import composite
from plats.analysis.need.robustness import rank_intervals_under_weights
from plats.catalog.formulas import Index, Relative, Unavailable
from plats.catalog.load import Catalog
from plats.catalog.models import IndexDefinition, Indicator
from plats.derive.figures import MISSING, UNSTABLE, VALUE, Figures, Layer
from plats.derive.formulas import Result
from plats.derive.routes import MUNICIPALITY
from plats.derive.tables import Block, Row, municipalities_of, no_extra

_PART_MISSING = "En av indexets delar saknas för området."


def relative_results(indicator: Indicator, formula: Relative, done: Sequence[Block]) -> list[Result]:
    """Each area's figure over its municipality's, where both exist; 1 means as the municipality."""
    base = [block for block in done if block.indicator == formula.indicator]
    whole = {(b.result.period, b.result.sex): b for b in base if b.result.layer == MUNICIPALITY}
    allowed = {str(division) for division in indicator.divisions}
    parts = [
        block for block in base if block.result.layer[0] in allowed and block.result.layer != MUNICIPALITY
    ]
    return [
        _divided(block, whole[key])
        for block in parts
        if (key := (block.result.period, block.result.sex)) in whole
    ]


def index_block(
    indicator: Indicator,
    formula: Index,
    layer: Layer,
    done: Sequence[Block],
    *,
    definitions: Catalog,
    home: str,
) -> Block | None:
    """The need index at one layer for the municipality, at the latest period where every part has a figure."""
    definition = definitions.indices[formula.index]
    chosen = [_latest(done, part.indicator, layer) for part in definition.parts]
    if definition.kind != "need" or definition.scaling == "none" or any(block is None for block in chosen):
        return None
    blocks = [block for block in chosen if block is not None]
    first = blocks[0]
    mine = np.flatnonzero(first.municipalities == home)
    if len(mine) < 3:
        return None
    matrix = np.column_stack(
        [np.where(b.result.states <= UNSTABLE, b.result.values, np.nan)[mine] for b in blocks]
    )
    return _index_block(indicator, definition, matrix, mine=mine, parts=blocks)


def unavailable_block(
    indicator: Indicator, formula: Unavailable, figures: Figures, layer: Layer, *, home: str, period: str
) -> Block | None:
    """A defined figure that cannot be worked out: missing, with the reason, for each of the municipality's areas."""
    if layer not in figures.layers:
        return None
    codes = figures.layers[layer].codes
    owners = municipalities_of(layer[0], codes, {})
    size = len(codes)
    nothing = np.full(size, np.nan)
    states = np.full(size, MISSING, dtype=np.int8)
    reasons = np.full(size, formula.reason, dtype=object)
    result = Result(
        layer,
        period,
        "total",
        "total",
        nothing,
        nothing,
        nothing,
        states,
        np.zeros(size),
        reasons,
        "unavailable/1",
    )
    keep = owners == home
    return Block(indicator.id, result, codes, owners, no_extra(result)) if keep.any() else None


# Internals


def _divided(part: Block, whole: Block) -> Result:
    result = part.result
    at = np.searchsorted(whole.codes, part.municipalities)
    at = np.minimum(at, len(whole.codes) - 1)
    found = (whole.codes[at] == part.municipalities) & (whole.result.states[at] <= UNSTABLE)
    usable = found & (result.states <= UNSTABLE)
    values = np.where(usable, result.values / whole.result.values[at], np.nan)
    states = np.where(
        usable, result.states, np.where(result.states <= UNSTABLE, MISSING, result.states)
    ).astype(np.int8)
    nothing = np.full(len(values), np.nan)
    return Result(
        layer=result.layer,
        period=result.period,
        sex=result.sex,
        age=result.age,
        values=values,
        numerators=nothing,
        denominators=nothing,
        states=states,
        coverage=result.coverage,
        reasons=result.reasons,
        method="relative/1",
        datasets=result.datasets,
        crosswalks=result.crosswalks,
        route=result.route,
        source=result.source,
    )


def _latest(done: Sequence[Block], indicator: str | None, layer: Layer) -> Block | None:
    found = [
        b for b in done if b.indicator == indicator and b.result.layer == layer and b.result.sex == "total"
    ]
    return max(found, key=lambda block: block.result.period, default=None)


def _index_block(
    indicator: Indicator,
    definition: IndexDefinition,
    matrix: np.ndarray,
    *,
    mine: np.ndarray,
    parts: list[Block],
) -> Block:
    first = parts[0]
    weights = np.array([part.weight for part in definition.parts])
    directions = np.array([-1.0 if part.reverse else 1.0 for part in definition.parts])
    made = composite(matrix, weights, directions, scaling="z")
    size = len(first.codes)
    values = np.full(size, np.nan)
    values[mine] = made.scores
    whole = np.isfinite(values)
    states = np.where(whole, VALUE, MISSING).astype(np.int8)
    shaky = np.any([part.result.states == 1 for part in parts], axis=0)
    states[whole & shaky] = UNSTABLE
    reasons = np.full(size, "", dtype=object)
    reasons[~whole] = _PART_MISSING
    reasons[whole & shaky] = "En av indexets delar är osäker."
    nothing = np.full(size, np.nan)
    result = Result(
        layer=first.result.layer,
        period=max(part.result.period for part in parts),
        sex="total",
        age="total",
        values=values,
        numerators=nothing,
        denominators=nothing,
        states=states,
        coverage=whole.astype(float),
        reasons=reasons,
        method=f"{definition.id}/1",
        datasets=frozenset().union(*(part.result.datasets for part in parts)),
        crosswalks=frozenset().union(*(part.result.crosswalks for part in parts)),
        route=first.result.route,
        source=first.result.source,
    )
    extra = _index_ranks(no_extra(result), definition, made.parts, weights, mine=mine)
    return Block(indicator.id, result, first.codes, first.municipalities, extra)


def _index_ranks(
    extra: Row, definition: IndexDefinition, parts: np.ndarray, weights: np.ndarray, *, mine: np.ndarray
) -> Row:
    """How sure the order is when the weights are shaken: the rank interval of an index."""
    if definition.perturbation is None:
        return extra
    shake = definition.perturbation
    low, high = rank_intervals_under_weights(
        parts, weights, spread=shake.spread, draws=shake.draws, seed=shake.seed, level=shake.level
    )
    ranked = int(np.isfinite(parts).all(axis=1).sum())
    extra.rank_low[mine], extra.rank_high[mine] = low, high
    extra.rank_of[mine] = np.where(low > 0, ranked, 0)
    return extra
