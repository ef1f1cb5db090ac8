"""Crosswalks: how counts travel from the areas of one division to those of another.

A crosswalk says how many millionths of each from-area's people live in each to-area. The millionths are whole
numbers, so that nobody is lost or gained on the way. Only counts are moved, never shares or medians: move the
numerator and the denominator, then divide.
"""

from plats.analysis.crosswalk.making import area_crosswalk, people_crosswalk, ppm_from_weights
from plats.analysis.crosswalk.moving import MILLION, Crosswalk, coverage, move_counts, moved_millionths

__all__ = [
    "MILLION",
    "Crosswalk",
    "area_crosswalk",
    "coverage",
    "move_counts",
    "moved_millionths",
    "people_crosswalk",
    "ppm_from_weights",
]
