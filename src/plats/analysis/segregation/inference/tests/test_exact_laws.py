"""Every way to draw, against its law listed in fractions on three areas: which tables come how often, and what p is.

The town is (1, 1), (2, 0), (0, 1): areas of 2, 2 and 1 people, groups of 3 and 2, 5 in all; D = 1/2 of
|1/3 - 1/2| + |2/3 - 0| + |0 - 1/2| = 2/3.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations, product
from math import comb, factorial, prod

import numpy as np
import pytest
from scipy.stats import chisquare

from plats.analysis.segregation.inference import nulls, resampling
from plats.analysis.segregation.inference.chance import Null, chance_test, chance_values
from plats.analysis.segregation.inference.stacks import Stack

TOWN = ((1, 1), (2, 0), (0, 1))
THREE = ((1, 1, 0), (1, 0, 1), (0, 1, 1))
DRAWS = 20_000


def table(counts):
    return np.array(counts, dtype=float)


def dissimilarity(counts):
    """None when a group is empty or people live in one area."""
    members = [sum(group) for group in zip(*counts, strict=True)]
    if 0 in members or sum(any(area) for area in counts) < 2:
        return None
    return sum(abs(Fraction(a, members[0]) - Fraction(b, members[1])) for a, b in counts) / 2


def multinomial(people, chances):
    """Every way to place so many people, with its probability."""
    if len(chances) == 1:
        yield (people,), Fraction(chances[0]) ** people
        return
    for here in range(people + 1 if chances[0] else 1):
        for counts, chance in multinomial(people - here, chances[1:]):
            if chance:
                yield (here, *counts), comb(people, here) * chances[0] ** here * chance


def independent(parts):
    """The law of several independent draws together."""
    law = Counter()
    for drawn in product(*[list(part) for part in parts]):
        law[tuple(one for one, _ in drawn)] += prod((chance for _, chance in drawn), start=Fraction(1))
    return law


def people_anew(counts):
    return independent([multinomial(sum(a), [Fraction(k, sum(a)) for k in a]) for a in counts])


def evenness(counts):
    members, people = [sum(g) for g in zip(*counts, strict=True)], sum(map(sum, counts))
    return independent([multinomial(sum(a), [Fraction(m, people) for m in members]) for a in counts])


def systematic(counts):
    sizes, people = [sum(a) for a in counts], sum(map(sum, counts))
    groups = [multinomial(sum(g), [Fraction(s, people) for s in sizes]) for g in zip(*counts, strict=True)]
    return turned(independent(groups))


def turned(law):
    return Counter({tuple(zip(*counts, strict=True)): chance for counts, chance in law.items()})


def sample_anew(counts):
    people, law = sum(map(sum, counts)), Counter()
    groups = len(counts[0])
    for cells, chance in multinomial(people, [Fraction(k, people) for area in counts for k in area]):
        law[tuple(tuple(cells[at : at + groups]) for at in range(0, len(cells), groups))] += chance
    return law


def areas_anew(counts):
    law = Counter()
    for chosen in product(counts, repeat=len(counts)):
        law[chosen] += Fraction(1, len(counts) ** len(counts))
    return law


def areas_moved(counts):
    law = Counter()
    for order in permutations(counts):
        law[order] += Fraction(1, factorial(len(counts)))
    return law


def person_permutation(counts):
    """Everybody in every order in the homes."""
    people = [group for area in counts for group, number in enumerate(area) for _ in range(number)]
    homes = [number for number, area in enumerate(counts) for _ in range(sum(area))]
    law = Counter()
    for order in permutations(people):
        moved = [[0] * len(area) for area in counts]
        for home, group in zip(homes, order, strict=True):
            moved[home][group] += 1
        law[tuple(map(tuple, moved))] += Fraction(1, factorial(len(people)))
    return law


def redrawn(name, counts):
    tables = Stack.of_one(table(counts), DRAWS)
    return getattr(resampling, name)(tables, np.random.default_rng(5))


def drawn(name, counts):
    return getattr(nulls, name)(table(counts))(np.random.default_rng(7), DRAWS)


LAWS = [
    *[(redrawn, law) for law in (people_anew, sample_anew, areas_anew)],
    *[(drawn, law) for law in (evenness, systematic, person_permutation, areas_moved)],
]


@pytest.mark.parametrize("town", [TOWN, THREE], ids=["two groups", "three groups"])
@pytest.mark.parametrize(("way", "law"), LAWS, ids=[law.__name__ for _, law in LAWS])
def test_each_table_comes_as_often_as_its_law_says(way, law, town):
    expected = law(town)
    assert sum(expected.values()) == 1
    found = Counter(
        tuple(map(tuple, one))
        for one in way(law.__name__, town).counts.transpose(1, 2, 0).astype(int).tolist()
    )
    assert found.keys() <= expected.keys()
    # Rare tables together, so that each class holds a few.
    seen, due, rare = [], [], [0, 0.0]
    for counts, chance in expected.items():
        if chance * DRAWS >= 5:
            seen.append(found[counts])
            due.append(float(chance * DRAWS))
        else:
            rare = [rare[0] + found[counts], rare[1] + float(chance * DRAWS)]
    if rare[1] >= 5:
        seen.append(rare[0])
        due.append(rare[1])
    if len(seen) > 1:
        assert chisquare(seen, np.array(due) * sum(seen) / sum(due)).pvalue > 1e-3


def test_the_law_of_the_permutation_is_the_hypergeometric():
    # the first area gets k of the 3, and the second l: C(2,k) C(2,l) C(1,3-k-l) / C(5,3)
    for counts, chance in person_permutation(TOWN).items():
        (k, _), (m, _), (last, _) = counts
        assert chance == Fraction(comb(2, k) * comb(2, m) * comb(1, last), comb(5, 3))


@pytest.mark.parametrize("null", [Null.PERSON_PERMUTATION, Null.EVENNESS, Null.SYSTEMATIC])
def test_p_and_mean_are_near_their_exact_values(null):
    law = globals()[null.value](TOWN)
    measured = [(dissimilarity(counts), chance) for counts, chance in law.items()]
    answered = sum(chance for value, chance in measured if value is not None)
    # A table without an answer counts as at least as segregated.
    exact_p = sum(chance for value, chance in measured if value is None or value >= Fraction(2, 3))
    mean = sum(value * chance for value, chance in measured if value is not None) / answered
    found = chance_test(TOWN, null=null, draws=DRAWS, seed=3)
    values = chance_values(TOWN, null=null, draws=DRAWS, seed=3)
    assert found.value == pytest.approx(2 / 3)
    assert found.p_value == pytest.approx(float(exact_p), abs=4 * 0.5 / DRAWS**0.5)
    assert np.nanmean(values) == pytest.approx(float(mean), abs=4 * 0.3 / DRAWS**0.5)
    assert np.isnan(values).mean() == pytest.approx(1 - float(answered), abs=4 * 0.5 / DRAWS**0.5)


def test_the_exact_permutation_on_the_town():
    # D is 5/12 of the summed distances from 6/5, 6/5 and 3/5. With nobody of the group in the third area (1, 2) and
    # (2, 1) come with 2/10 each: 1/5 + 4/5 + 3/5 gives 2/3. With one there (0, 2) and (2, 0) come with 1/10 each:
    # 6/5 + 4/5 + 2/5 gives 1; and (1, 1) with 4/10: 1/5 + 1/5 + 2/5 gives 1/3. So p = 4/10 + 2/10, and the mean is
    # 4/10 * 2/3 + 2/10 * 1 + 4/10 * 1/3.
    law = person_permutation(TOWN)
    p = sum(chance for counts, chance in law.items() if dissimilarity(counts) >= Fraction(2, 3))
    mean = sum(dissimilarity(counts) * chance for counts, chance in law.items())
    assert (p, mean) == (Fraction(3, 5), Fraction(3, 5))
