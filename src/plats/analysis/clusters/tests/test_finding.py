"""What is said of a place: together, alone, not, or why there is no answer; described, never judged."""

from __future__ import annotations

import numpy as np
import pytest

from plats.analysis.clusters.finding import Finding, findings, sentence
from plats.analysis.clusters.known import Reason
from plats.analysis.clusters.local import LocalStatistics, Quadrant


def found_at(p, quadrant, higher, reason=Reason.ANSWERED):
    one = np.array([0.0])
    return LocalStatistics(
        one, one, one, np.array([p]), np.array([quadrant]), np.array([higher]), np.array([reason]), 999
    )


@pytest.mark.parametrize(
    ("quadrant", "higher", "finding"),
    [
        (Quadrant.HIGH_AMONG_HIGH, True, Finding.HIGH_WITH_NEIGHBOURS),
        (Quadrant.LOW_AMONG_LOW, False, Finding.LOW_WITH_NEIGHBOURS),
        (Quadrant.HIGH_AMONG_LOW, False, Finding.HIGH_ALONE),
        (Quadrant.LOW_AMONG_HIGH, True, Finding.LOW_ALONE),
        (Quadrant.NEITHER, True, Finding.NOT),
        # Above the mean of all, but low for this site's neighbours: not what chance seldom gives.
        (Quadrant.HIGH_AMONG_HIGH, False, Finding.NOT),
        (Quadrant.LOW_AMONG_HIGH, False, Finding.NOT),
    ],
)
def test_what_stands_out_says_with_whom(quadrant, higher, finding):
    assert findings(found_at(0.05, quadrant, higher)) == [finding]
    assert findings(found_at(0.051, quadrant, higher)) == [Finding.NOT]
    assert findings(found_at(0.051, quadrant, higher), rate=0.06) == [finding]


@pytest.mark.parametrize(
    ("reason", "finding"),
    [
        (Reason.VALUE_MISSING, Finding.VALUE_MISSING),
        (Reason.NO_NEIGHBOURS, Finding.NO_NEIGHBOURS),
        (Reason.ALL_EQUAL, Finding.ALL_EQUAL),
    ],
)
def test_no_answer_says_why(reason, finding):
    assert findings(found_at(np.nan, Quadrant.NEITHER, higher=False, reason=reason)) == [finding]


def test_false_discoveries_are_held_over_all_sites():
    p = np.array([0.04, *[0.9] * 9])
    many = np.zeros(10)
    found = LocalStatistics(many, many, many, p, np.ones(10, int), np.ones(10, bool), np.zeros(10, int), 999)
    assert findings(found)[0] == Finding.NOT  # 0.04 is a rate of 0.4 among ten
    assert findings(found, rate=0.4)[0] == Finding.HIGH_WITH_NEIGHBOURS


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_is_a_sentence_that_judges_nobody(finding):
    said = str(sentence(finding))
    assert said.endswith(".")
    assert not any(word in said.lower() for word in ("problem", "hot", "utsatt", "kluster", "signifikan"))
    assert ("tillsammans med sina grannar" in said) == (
        finding.endswith("with_neighbours") or finding == Finding.NOT
    )


@pytest.mark.parametrize("rate", [0, 1, -0.1, np.nan])
def test_a_rate_without_meaning_is_refused(rate):
    with pytest.raises(ValueError, match="mellan 0 och 1"):
        findings(found_at(0.01, Quadrant.HIGH_AMONG_HIGH, higher=True), rate)
