"""Made-up sites for the laws: values that often repeat, and neighbours of every kind, few enough to be read."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from plats.analysis.clusters.links import links_between

FEW = st.integers(-9, 9).map(float)


@st.composite
def linked_sites(draw, least=3, most=9, weighted=True):
    """Values of sites that are not all equal, and links between them: one way or both, weighted or not, islands too."""
    sites = draw(st.integers(least, most))
    values = draw(arrays(np.float64, sites, elements=FEW, fill=st.nothing()).filter(lambda v: np.ptp(v) > 0))
    beside = draw(arrays(np.bool_, (sites, sites), elements=st.booleans(), fill=st.nothing()))
    np.fill_diagonal(beside, val=False)
    pairs = np.argwhere(beside)
    if not weighted or draw(st.booleans()):
        return values, links_between(sites, pairs)
    weights = draw(
        arrays(np.float64, len(pairs), elements=st.sampled_from([0.25, 0.5, 1, 3]), fill=st.nothing())
    )
    return values, links_between(sites, pairs, weights)


def renumbered(links, order):
    """The same links when site `order[i]` is called i."""
    number = np.argsort(order)
    return links_between(
        links.sites, np.column_stack([number[links.rows], number[links.indices]]), links.weights
    )
