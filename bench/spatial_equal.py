"""The peer's answers beside ours, for `python -m bench spatial`: equal before anything is timed."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from bench.spatial_towns import Floats, Town, made_up, sweden
from bench.table import peer
from plats.analysis.segregation.multigroup import multigroup_entropy_index
from plats.analysis.segregation.spatial import borders as border
from plats.analysis.segregation.spatial import centralisation, land
from plats.analysis.segregation.spatial.adjacency import Borders
from plats.analysis.segregation.spatial.distortion import (
    divergence_profiles,
    global_distortion,
    local_distortion,
)
from plats.analysis.segregation.spatial.nearness import OWN
from plats.analysis.segregation.spatial.proximity import spatial_proximity
from plats.analysis.segregation.spatial.proximity_profile import proximity_profile
from plats.analysis.segregation.spatial.scales import local_environments, multiscalar_profile

RADII = [1000.0, 4000.0]
LOCAL_AREAS, PATHS_AREAS = 250, 700  # the peer's slowest are compared where there are no more than these


def everywhere() -> None:
    for town in map(on_the_mainland, [*sweden(), made_up(600)]):
        same_borders(town)
        same_land(town)
        same_centre(town)
        same_scales(town)
        same_distortion(town)
        own_formula(town)
        if len(town.counts) <= PATHS_AREAS:
            same_paths(town)
        print(f"  {town.name}, {len(town.counts)} områden: samma svar som {peer('segregation')}")


def on_the_mainland(town: Town) -> Town:
    """Without areas that share no border: the peer ties those to the nearest, with a border of no length."""
    while len(alone := town.borders().without_corners().islands):
        kept = np.ones(len(town.counts), dtype=bool)
        kept[alone] = False
        print(f"  {town.name}: {len(alone)} områden utan gräns mot något annat är inte med")
        town = town.where(kept)
    return town


def near(ours: Any, theirs: Any, name: str, within: float = 1e-10) -> None:
    apart = float(np.nanmax(np.abs(np.asarray(ours) - np.asarray(theirs))))
    assert apart <= within, (name, apart, ours, theirs)
    assert (np.isnan(ours) == np.isnan(theirs)).all(), name


def same_borders(town: Town) -> None:
    frame, pair, drawn = town.frame(), (town.group, town.total), town.borders()
    for alike in (False, True):
        theirs = peer_index("SpatialDissim", frame, standardize=alike)
        near(border.spatial_dissimilarity(*pair, drawn, each_area_alike=alike), theirs, "SpatialDissim")
        lengths = peer_borders(frame)
        theirs = peer_index("BoundarySpatialDissim", frame, standardize=alike)
        near(border.boundary_dissimilarity(*pair, lengths, each_area_alike=alike), theirs, "Boundary")
    theirs = peer_index("PARDissim", frame)
    ours = border.perimeter_area_dissimilarity(*pair, lengths, town.perimeters(), town.land())
    near(ours, theirs, "PARDissim")
    straight = drawn.without_corners()
    assert (straight.first == lengths.first).all()
    assert (straight.second == lengths.second).all()
    if town.name == "påhittad":  # drawn without gaps and overlaps: the lengths are the same too
        near(straight.length_m, lengths.length_m, "gränslängd", within=0.01)


def same_land(town: Town) -> None:
    frame = town.frame()
    for name, ours in {
        "Delta": land.delta,
        "AbsoluteConcentration": land.absolute_concentration,
        "RelativeConcentration": land.relative_concentration,
    }.items():
        near(ours(town.group, town.total, town.land()), peer_index(name, frame), name)


def same_centre(town: Town) -> None:
    frame, points = town.frame(), town.points()
    pair, centre = (town.group, town.total), points.mean(axis=0)
    theirs = peer_index("AbsoluteCentralization", frame)
    near(centralisation.absolute_centralisation(*pair, points, town.land(), centre), theirs, "ACE")
    theirs = peer_index("RelativeCentralization", frame)
    near(centralisation.relative_centralisation(*pair, points, centre), theirs, "RCE")
    if len(points) <= LOCAL_AREAS:
        near(
            centralisation.local_relative_centralisation(*pair, points),
            peer_local_centralisation(frame),
            "local",
        )


def same_scales(town: Town) -> None:
    """The peer rounds to whole persons: the same when we do, and near when we do not."""
    theirs = peer_multiscalar(town.frame(), RADII)
    rounded = [np.round(local_environments(town.counts, town.points(), radius)) for radius in RADII]
    near([multigroup_entropy_index(table) for table in rounded], theirs[1:], "flerskalig, avrundad")
    near(multiscalar_profile(town.counts, town.points(), [0, *RADII]), theirs, "flerskalig", within=2e-3)


def same_distortion(town: Town) -> None:
    frame, points = town.frame(), town.points()
    whole = global_distortion(town.counts, points)
    near(whole, peer_several("GlobalDistortion", frame, town.names), "GlobalDistortion", within=1e-8 * whole)
    if len(points) > PATHS_AREAS:
        return
    rows = peer_divergence(frame, town.names)
    theirs = rows.groupby("observation")["divergence"].sum().to_numpy()
    near(local_distortion(town.counts, points), theirs, "LocalDistortion", within=1e-8)
    for ours in divergence_profiles(town.counts, points):
        row = rows[rows["observation"] == ours.area]
        near(ours.divergence, row["divergence"], "divergensprofil", within=1e-9)
        near(ours.distance_m, row["distance"], "avstånd", within=0.001)


def same_paths(town: Town) -> None:
    theirs = peer_curve(town.frame())
    ours = proximity_profile(town.group, town.total, town.borders(), np.linspace(0, 1, len(theirs)))
    near(ours, theirs, "SpatialProxProf")


def own_formula(town: Town) -> None:
    """Where the peer is wrong: the sum over all pairs, as it is written."""
    if len(town.counts) > PATHS_AREAS:
        return
    points, pair = town.points(), (town.group, town.total - town.group)
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.sqrt(OWN * town.land()))
    c = np.exp(-apart / 1000)
    group, rest = (float(one @ c @ one / one.sum()) for one in pair)
    all_of_them = float(town.total @ c @ town.total / town.total.sum())
    ours = spatial_proximity(town.group, town.total, points, town.land())
    near(ours, (group + rest) / all_of_them, "SpatialProximity efter formeln")


def peer_index(name: str, frame: Any, **options: Any) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation import singlegroup

        return float(getattr(singlegroup, name)(frame, "g0", "total", **options).statistic)


def peer_curve(frame: Any) -> Floats:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation.singlegroup import SpatialProxProf

        return np.asarray(SpatialProxProf(frame, "g0", "total").curve)


def peer_several(name: str, frame: Any, names: list[str]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation import multigroup

        return float(getattr(multigroup, name)(frame, names).statistic)


def peer_divergence(frame: Any, names: list[str]) -> Any:
    from segregation.dynamics import compute_divergence_profiles

    return compute_divergence_profiles(frame, names)


def peer_multiscalar(frame: Any, radii: list[float]) -> Floats:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation.dynamics import compute_multiscalar_profile
        from segregation.multigroup import MultiInfoTheory

        names = [name for name in frame.columns if name.startswith("g") and name != "geometry"]
        found = compute_multiscalar_profile(frame, MultiInfoTheory, groups=names, distances=radii)
        return np.asarray(found, dtype=float)


def peer_local_centralisation(frame: Any) -> Floats:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation.local import LocalRelativeCentralization

        return np.asarray(LocalRelativeCentralization(frame, "g0", "total").statistics)


def peer_borders(frame: Any) -> Borders:
    """The peer's borders with the lengths it gives them, so that the formulas meet on the same ground."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from segregation._base import _return_length_weighted_w

        weights = _return_length_weighted_w(frame).sparse.tocoo()
    once = weights.row < weights.col
    pairs = np.column_stack([weights.row[once], weights.col[once]])
    order = np.lexsort(pairs.T[::-1])
    return Borders.of(len(frame), pairs[order], weights.data[once][order])
