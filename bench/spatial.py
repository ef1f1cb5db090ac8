"""`python -m bench spatial`: every shared measure in space beside PySAL's, equal first, then time and memory.

`python -m bench spatial unchecked` skips the comparison of answers. `python -m bench spatial large` runs only our
multiscalar profile over 100,000 areas, for measuring its memory from outside.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from bench import spatial_equal as equal
from bench.measure import ROOT, our_python
from bench.spatial_towns import Town, made_up
from bench.table import Row, held_mb, peer, told
from bench.table import measured as timed
from plats.analysis.segregation.spatial import borders as border
from plats.analysis.segregation.spatial import centralisation, distance_decay, land, proximity
from plats.analysis.segregation.spatial.distortion import divergence_profiles, global_distortion
from plats.analysis.segregation.spatial.proximity_profile import proximity_profile_index
from plats.analysis.segregation.spatial.scales import multiscalar_profile

AREAS, LARGE = 6160, 100_000
RADII = [1000.0, 2000.0, 4000.0, 8000.0]
LARGE_LIMIT_MB = 2048
# The peer's slowest two: run on fewer areas, and multiplied by what their work grows with.
PATHS_AREAS, PATHS_COMPILED = 2464, 300
LOCAL_AREAS = 500

Work = Callable[[], object]


def main(arguments: list[str]) -> int:
    if arguments == ["large"]:
        return large()
    if arguments[:1] == ["multiscalar"]:
        return multiscalar_alone(arguments[1])
    if arguments != ["unchecked"]:
        equal.everywhere()
    town = made_up(AREAS)
    missed = multiscalar(town)
    missed |= several_groups(town)
    for name, ours in one_group(town).items():
        missed |= beside(name, ours, town)
    missed |= paths(town)
    missed |= local_centres(town)
    return missed | hundred_thousand()


def one_group(town: Town) -> dict[str, Work]:
    """Ours by the peer's name; borders, points and land are had from the polygons each time, as by the peer."""
    pair = town.group, town.total
    return {
        "SpatialProximity": lambda: proximity.spatial_proximity(*pair, town.points(), town.land()),
        "AbsoluteClustering": lambda: proximity.absolute_clustering(*pair, town.points(), town.land()),
        "RelativeClustering": lambda: proximity.relative_clustering(*pair, town.points(), town.land()),
        "DistanceDecayIsolation": lambda: distance_decay.distance_decay_isolation(
            *pair, town.points(), town.land()
        ),
        "DistanceDecayInteraction": lambda: distance_decay.distance_decay_interaction(
            *pair, town.points(), town.land()
        ),
        "SpatialDissim": lambda: border.spatial_dissimilarity(*pair, town.borders()),
        "BoundarySpatialDissim": lambda: border.boundary_dissimilarity(*pair, town.borders()),
        "PARDissim": lambda: border.perimeter_area_dissimilarity(
            *pair, town.borders(), town.perimeters(), town.land()
        ),
        "Delta": lambda: land.delta(*pair, town.land()),
        "AbsoluteConcentration": lambda: land.absolute_concentration(*pair, town.land()),
        "RelativeConcentration": lambda: land.relative_concentration(*pair, town.land()),
        "AbsoluteCentralization": lambda: centralisation.absolute_centralisation(
            *pair, town.points(), town.land(), town.points().mean(axis=0)
        ),
        "RelativeCentralization": lambda: centralisation.relative_centralisation(
            *pair, town.points(), town.points().mean(axis=0)
        ),
    }


def beside(name: str, ours: Work, town: Town) -> int:
    """One index against the peer's: five times as fast where the peer takes more than half a second, else no slower."""
    frame = town.frame()
    theirs = min(once(lambda: equal.peer_index(name, frame)) for _ in range(2))
    required = 5.0 if theirs > 0.5 else 1.0
    return told(Row(f"{name}, {AREAS} områden", median(ours, runs=3), theirs, peer("segregation"), required))


def multiscalar(town: Town) -> int:
    def theirs() -> object:
        return equal.peer_multiscalar(town.frame(), RADII)

    ours = median(lambda: multiscalar_profile(town.counts, town.points(), RADII), runs=3)
    mine, others = (
        held_apart([python, "-m", "bench", "spatial", "multiscalar", whose])
        for python, whose in ((our_python(), "ours"), (sys.executable, "peer"))
    )
    return told(
        Row(
            f"flerskalig profil, {AREAS} områden, 4 radier",
            ours,
            once(theirs),
            peer("segregation"),
            50,
            ours_mb=mine,
            peer_mb=others,
            **every_pair_read(town),
        )
    )


def several_groups(town: Town) -> int:
    frame, names = town.frame(), town.names
    distortion = once(lambda: equal.peer_several("GlobalDistortion", frame, names))
    missed = told(
        Row(
            f"GlobalDistortion, {AREAS} områden",
            median(lambda: global_distortion(town.counts, town.points()), runs=1),
            distortion,
            peer("segregation"),
            5,
            **sorted_and_logged(),
        )
    )
    profiles = once(lambda: equal.peer_divergence(frame, names))
    ours = median(lambda: sum(1 for _ in divergence_profiles(town.counts, town.points())), runs=1)
    return missed | told(Row(f"divergensprofiler, {AREAS} områden", ours, profiles, peer("segregation"), 5))


def paths(town: Town) -> int:
    """The peer's table of all shortest paths grows with the cube of the areas."""
    compiled, some = (
        once(lambda size=size: equal.peer_index("SpatialProxProf", made_up(size).frame()))
        for size in (PATHS_COMPILED, PATHS_AREAS)
    )
    theirs = compiled + (some - compiled) * (AREAS / PATHS_AREAS) ** 3
    ours = median(lambda: proximity_profile_index(town.group, town.total, town.borders()), runs=1)
    scaled = f"deras mätt på {PATHS_AREAS} områden och uppräknad med kuben"
    return told(Row(f"SpatialProxProf, {AREAS} områden", ours, theirs, peer("segregation"), 5, scaled=scaled))


def local_centres(town: Town) -> int:
    few = made_up(LOCAL_AREAS)
    theirs = once(lambda: equal.peer_local_centralisation(few.frame())) * AREAS / LOCAL_AREAS
    ours = median(
        lambda: centralisation.local_relative_centralisation(town.group, town.total, town.points()), runs=3
    )
    scaled = f"deras mätt på {LOCAL_AREAS} områden och uppräknad"
    return told(
        Row(
            f"LocalRelativeCentralization, {AREAS} områden",
            ours,
            theirs,
            peer("segregation"),
            5,
            scaled=scaled,
        )
    )


def hundred_thousand() -> int:
    began = time.perf_counter()
    held = held_apart([our_python(), "-m", "bench", "spatial", "large"])
    seconds = time.perf_counter() - began
    missed = told(Row(f"flerskalig profil, {LARGE} områden, egen process", seconds, ours_mb=held))
    print(
        f"    minne {held:,.0f} MB av {LARGE_LIMIT_MB:,.0f}: {'ok' if held <= LARGE_LIMIT_MB else 'NÅR INTE'}"
    )
    return missed | int(held > LARGE_LIMIT_MB)


def large() -> int:
    town = made_up(LARGE, polygons=False)
    began = time.perf_counter()
    profile = multiscalar_profile(town.counts, town.points(), RADII)
    seconds = time.perf_counter() - began
    print(f"  {LARGE} områden: {np.round(profile, 6)} på {seconds:.1f} s, som mest {held_mb():.0f} MB")
    return 0


def multiscalar_alone(whose: str) -> int:
    town = made_up(AREAS)
    if whose == "ours":
        multiscalar_profile(town.counts, town.points(), RADII)
    else:
        equal.peer_multiscalar(town.frame(), RADII)
    print(f"  som mest {held_mb():.0f} MB")
    return 0


def held_apart(command: list[str]) -> float:
    """The most memory that a process of its own says it held, in MB."""
    told_us = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    print(told_us, end="")
    return float(re.findall(r"som mest (\d+) MB", told_us)[0])


def all_pairs() -> dict[str, Any]:
    """The root and e to the power of it, once for each pair of areas."""
    block = np.random.default_rng(1).uniform(0, 1e6, 200_000)
    once_each = min(once(lambda: np.exp(np.sqrt(block) / -1000)) for _ in range(9))
    return {"bound": once_each * AREAS**2 / 2 / len(block), "bound_why": "rot och exp, en gång per par"}


def sorted_and_logged() -> dict[str, Any]:
    """For each area: the others sorted, and a logarithm for each group and for everybody at each step."""
    keys, people = (np.random.default_rng(1).integers(1, 2**50, size) for size in (AREAS, 7 * AREAS))
    real = people.astype(float)
    seconds = [min(once(work) for _ in range(9)) for work in (lambda: np.sort(keys), lambda: np.log(real))]
    return {"bound": sum(seconds) * AREAS, "bound_why": "en sortering och sju logaritmer per steg"}


def every_pair_read(town: Town) -> dict[str, Any]:
    """Weight, number and people of each pair within the largest radius, read once for each radius at 25 GB/s."""
    from scipy.spatial import cKDTree

    tree = cKDTree(town.points())
    pairs = int(tree.count_neighbors(tree, max(RADII)))
    read = pairs * len(RADII) * (12 + 8 * town.counts.shape[1])
    return {"bound": read / 25e9, "bound_why": f"{pairs:,} par lästa en gång per radie"}


def median(work: Work, *, runs: int) -> float:
    return timed(work, runs=runs).median


def once(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        work()
    return time.perf_counter() - began
