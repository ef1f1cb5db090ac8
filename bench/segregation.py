"""`python -m bench segregation`: every shared index beside PySAL's segregation, equal first, then time and memory."""

from __future__ import annotations

import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from bench.measure import ROOT, SHARED, busy, timed
from bench.table import Row, measured, peer, told
from plats.analysis.segregation import diversity, multigroup
from plats.analysis.segregation.exposure import concentration
from plats.analysis.segregation.summary import two_group_indices

FILE = SHARED / "sverige" / "deso2018_2022.parquet"
BACKGROUND = ["utlandsk_bakgrund", "svensk_bakgrund"]
BIRTHS = ["fodd_sverige", "fodd_europa_utom_sv", "fodd_ovriga_varlden"]
AREAS, GROUPS = 6160, 6
# How many times as fast as the peer we are to be.
EIGHT, GINI = 40, 300

Floats = npt.NDArray[np.float64]

TWO_GROUPS = {
    "dissimilarity": "Dissim",
    "gini": "Gini",
    "entropy_index": "Entropy",
    "atkinson": "Atkinson",
    "isolation": "Isolation",
    "interaction": "Interaction",
    "correlation_ratio": "CorrelationR",
    "min_max": "MinMax",
}
SEVERAL: dict[str, Callable[[Floats], float]] = {
    "MultiDissim": multigroup.multigroup_dissimilarity,
    "MultiGini": multigroup.multigroup_gini,
    "MultiInfoTheory": multigroup.multigroup_entropy_index,
    "MultiDivergence": multigroup.multigroup_divergence,
    "MultiNormExposure": diversity.normalised_exposure,
    "MultiRelativeDiversity": diversity.relative_diversity,
    "MultiSquaredCoefVar": diversity.squared_coefficient_of_variation,
    "MultiDiversity": diversity.diversity,
    "SimpsonsInteraction": diversity.simpson_interaction,
    "SimpsonsConcentration": diversity.simpson_concentration,
}


def main(_: list[str]) -> int:
    require_every_peer_named()
    town = made_up(AREAS, GROUPS)
    group, total = town[:, 1].copy(), town.sum(axis=1)
    require_equal("påhittade områden", group, total)
    for name, pair, births in sweden():
        require_equal(name, pair[:, 0].copy(), pair.sum(axis=1))
        require_equal_for_several(births)
    require_equal_for_several(town)
    print(f"samma svar som PySAL segregation {version('segregation')}; {busy()}")
    eight = [eight_of_ours, eight_of_peer]
    slow = compared("åtta mått, två grupper", *[lambda w=w: w(group, total) for w in eight], required=EIGHT)
    gini = [SEVERAL["MultiGini"], lambda table: peer_of_several("MultiGini", table)]
    slow |= compared(f"Gini, {GROUPS} grupper", *[lambda w=w: w(town) for w in gini], required=GINI)
    profile = [concentration, lambda g, t: peer_of_one("ConProf", g, t)]
    slow |= compared("koncentration", *[lambda w=w: w(group, total) for w in profile], required=1)
    for name, ours in SEVERAL.items():
        if name != "MultiGini":
            pair = [ours, lambda table, name=name: peer_of_several(name, table)]
            slow |= compared(name, *[lambda w=w: w(town) for w in pair], required=1)
    return slow


def require_every_peer_named() -> None:
    """Every public index of the version that is installed has its row in docs/methods/parity.md."""
    from segregation import local, singlegroup
    from segregation import multigroup as several

    page = (ROOT / "docs" / "methods" / "parity.md").read_text(encoding="utf-8")
    public = [
        name
        for module in (singlegroup, several, local)
        for name, kind in vars(module).items()
        if isinstance(kind, type)
    ]
    assert len(public) >= 45, public
    missing = [name for name in public if f"\n| {name} |" not in page]
    assert not missing, missing


def made_up(areas: int, groups: int) -> Floats:
    """People by area and group, unevenly spread, the same every time."""
    random = np.random.default_rng(20261123)
    shares = random.dirichlet(np.linspace(0.4, 3, groups), areas)
    sizes = random.integers(700, 2700, areas)
    return np.array([random.multinomial(n, p) for n, p in zip(sizes, shares, strict=True)], dtype=float)


def sweden() -> list[tuple[str, Floats, Floats]]:
    """DeSO in Huddinge, Stockholm county and Sweden: foreign background against the rest, and three parts of the world
    where people were born."""
    if not FILE.exists():
        return []
    table = pq.read_table(FILE, columns=["deso", *BACKGROUND, *BIRTHS])
    codes = table["deso"].to_numpy(zero_copy_only=False).astype(str)
    pair, births = (
        np.column_stack([table[name].to_numpy().astype(float) for name in names])
        for names in (BACKGROUND, BIRTHS)
    )
    places = {"Huddinge": "0126", "Stockholms län": "01", "Sverige": ""}
    inside = {name: np.char.startswith(codes, start) for name, start in places.items()}
    return [(name, pair[here], births[here]) for name, here in inside.items()]


def require_equal(where: str, group: Floats, total: Floats) -> None:
    ours, theirs = eight_of_ours(group, total), eight_of_peer(group, total)
    for name in TWO_GROUPS:
        assert abs(ours[name] - theirs[name]) < 1e-12, (where, name, ours[name], theirs[name])
    grid = peer_of_one("ConProf", group, total)
    # The peer sums the profile over a grid of 1,000 steps.
    assert abs(ours["concentration"] - grid) < 0.005, (where, ours["concentration"], grid)
    print(f"  {where}, {len(group)} områden: D {ours['dissimilarity']:.6f}, Gini {ours['gini']:.6f}")


def require_equal_for_several(town: Floats) -> None:
    for name, ours in SEVERAL.items():
        theirs = peer_of_several(name, town)
        assert abs(ours(town) - theirs) < 1e-12, (name, ours(town), theirs)


def eight_of_ours(group: Floats, total: Floats) -> dict[str, float]:
    return asdict(two_group_indices(group, total))


def eight_of_peer(group: Floats, total: Floats) -> dict[str, float]:
    return {ours: peer_of_one(theirs, group, total) for ours, theirs in TWO_GROUPS.items()}


def peer_of_one(name: str, group: Floats, total: Floats) -> float:
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation import singlegroup

        data = pd.DataFrame({"group": group, "total": total})
        return float(getattr(singlegroup, name)(data, "group", "total").statistic)


def peer_of_several(name: str, town: Floats) -> float:
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation import multigroup as peers

        data = pd.DataFrame(town, columns=[f"g{number}" for number in range(town.shape[1])])
        return float(getattr(peers, name)(data, list(data.columns)).statistic)


def compared(title: str, ours: Callable[[], object], theirs: Callable[[], object], *, required: float) -> int:
    """One row: equal results have been asserted, and the peer has run once, so that nothing is compiled in it."""
    return told(
        Row(
            title,
            measured(ours, runs=9).median,
            timed(theirs)[0].median,
            peer("segregation"),
            required=required,
            ours_mb=peak(ours),
            peer_mb=peak(theirs),
        )
    )


def peak(work: Callable[[], object]) -> float:
    """The most memory held at once, in MB, apart from the run that is timed."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6
