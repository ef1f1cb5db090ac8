"""Made-up figures of areas for the laws of indices."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

RELATIVE = ["z", "min_max", "rank", "percentile"]


@st.composite
def tables(draw, missing=False):
    """Figures, weights and directions."""
    shape = draw(st.integers(2, 8)), draw(st.integers(1, 4))
    figures = draw(arrays.arrays(float, shape, elements=st.integers(0, 20)))
    if missing:
        figures[draw(arrays.arrays(bool, shape, elements=st.sampled_from([False, False, False, True])))] = (
            np.nan
        )
    weights = draw(arrays.arrays(float, shape[1], elements=st.integers(0, 5)).filter(np.any))
    ways = draw(arrays.arrays(float, shape[1], elements=st.sampled_from([-1, 1])))
    return figures, weights, ways
