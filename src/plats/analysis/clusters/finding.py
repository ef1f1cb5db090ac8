"""What a local statistic says of a place, in words that describe and do not judge."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from plats.analysis.clusters.known import Reason
from plats.analysis.clusters.local import LocalStatistics, Quadrant
from plats.vocabulary.messages import Message


class Finding(StrEnum):
    """Whether a site stands out, and with whom."""

    HIGH_WITH_NEIGHBOURS = "high_with_neighbours"
    LOW_WITH_NEIGHBOURS = "low_with_neighbours"
    HIGH_ALONE = "high_alone"
    LOW_ALONE = "low_alone"
    NOT = "not"
    VALUE_MISSING = "value_missing"
    NO_NEIGHBOURS = "no_neighbours"
    ALL_EQUAL = "all_equal"


def findings(found: LocalStatistics, rate: float = 0.05) -> list[Finding]:
    """Whether each site stands out together with its neighbours, alone among them, or not.

    Parameters
    ----------
    found
        What `local_statistics` answered.
    rate
        The part of all that is called found that may be chance, on average; above 0 and below 1.

    Returns
    -------
    One for each site. Together: the site and its neighbours lie on the same side of the mean, and chance seldom gives
    neighbours so far to that side. Alone: on different sides, likewise. Not: chance may well give such neighbours.
    Without an answer: why.

    Raises
    ------
    ValueError
        If `rate` is not between 0 and 1.

    Notes
    -----
    False discoveries are controlled over all sites at once (`benjamini_hochberg`). Not standing out is no proof that
    a site is as its neighbours: with few sites or neighbours, little can be found.

    References
    ----------
    Our own rule, on Anselin's quadrants (see `draw_neighbours`).

    Examples
    --------
    >>> from plats.analysis.clusters.links import links_from_lists
    >>> from plats.analysis.clusters.local import local_statistics
    >>> row = links_from_lists([[j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < 40] for i in range(40)])
    >>> findings(local_statistics([9] * 6 + [1] * 34, row, permutations=9999, seed=1))[2].value
    'high_with_neighbours'
    """
    if not 0 < rate < 1:
        raise ValueError(f"Andelen falska fynd ska ligga mellan 0 och 1, till exempel 0,05, men är {rate}.")
    stands_out = np.nan_to_num(found.rates, nan=1.0) <= rate
    told = zip(
        found.reason.tolist(),
        stands_out.tolist(),
        found.quadrant.tolist(),
        found.neighbours_higher.tolist(),
        strict=True,
    )
    return [
        _UNANSWERED[reason]
        if reason
        else _STANDING_OUT.get((quadrant, higher), Finding.NOT)
        if out
        else Finding.NOT
        for reason, out, quadrant, higher in told
    ]


def sentence(finding: Finding) -> Message:
    """What a finding says about a place, as a sentence for its page.

    Parameters
    ----------
    finding
        One of those that `findings` answered.

    Returns
    -------
    A Swedish sentence.

    Examples
    --------
    >>> str(sentence(Finding.LOW_ALONE))
    'Området sticker ut från sina grannar: värdet är lågt här och högt runt omkring.'
    """
    return _SENTENCES[finding]


# Internals

_UNANSWERED = {
    Reason.VALUE_MISSING: Finding.VALUE_MISSING,
    Reason.NO_NEIGHBOURS: Finding.NO_NEIGHBOURS,
    Reason.ALL_EQUAL: Finding.ALL_EQUAL,
}
# By quadrant, and by whether it is as high neighbours, rather than as low, that chance seldom gives: near the mean a
# site can have neighbours above it that are still low for its neighbours, and that is no finding.
_STANDING_OUT = {
    (Quadrant.HIGH_AMONG_HIGH, True): Finding.HIGH_WITH_NEIGHBOURS,
    (Quadrant.LOW_AMONG_LOW, False): Finding.LOW_WITH_NEIGHBOURS,
    (Quadrant.HIGH_AMONG_LOW, False): Finding.HIGH_ALONE,
    (Quadrant.LOW_AMONG_HIGH, True): Finding.LOW_ALONE,
}
_SENTENCES = {
    Finding.HIGH_WITH_NEIGHBOURS: Message(
        "Området sticker ut tillsammans med sina grannar: värdet är högt både här och runt omkring."
    ),
    Finding.LOW_WITH_NEIGHBOURS: Message(
        "Området sticker ut tillsammans med sina grannar: värdet är lågt både här och runt omkring."
    ),
    Finding.HIGH_ALONE: Message(
        "Området sticker ut från sina grannar: värdet är högt här och lågt runt omkring."
    ),
    Finding.LOW_ALONE: Message(
        "Området sticker ut från sina grannar: värdet är lågt här och högt runt omkring."
    ),
    Finding.NOT: Message("Området sticker inte ut tillsammans med sina grannar mer än slumpen kan ge."),
    Finding.VALUE_MISSING: Message(
        "Siffran saknas eller är dold, så området kan inte jämföras med sina grannar."
    ),
    Finding.NO_NEIGHBOURS: Message("Området har ingen granne med känd siffra att jämföras med."),
    Finding.ALL_EQUAL: Message("Alla kända siffror är lika, så det finns inget att jämföra."),
}
