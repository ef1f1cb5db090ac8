"""Networks: metres along roads or paths that are imported, from where people live to services.

Always called network metres. How long the way takes is another matter and is imported as minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from plats.analysis.access.pairs import DistanceKind, Indices, Pairs, pairs_from_list
from plats.analysis.access.straight_line import known_services, metric_points
from plats.analysis.arrays import BoolArray, FloatArray, IntArray, as_counts

# Distances held at a time: from some services to every node.
_NUMBERS_PER_BLOCK = 10_000_000


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and the metres between those that are joined. Made by `network_of`, which checks them."""

    nodes: FloatArray  # (nodes, 2) easting and northing in metres
    joined: Any  # scipy csr_array (nodes, nodes): metres from one node to another


def network_of(
    nodes: npt.ArrayLike,
    from_node: npt.ArrayLike,
    to_node: npt.ArrayLike,
    metres: npt.ArrayLike,
    one_way: npt.ArrayLike | None = None,
) -> Network:
    """A network of roads or paths, from its edges.

    Parameters
    ----------
    nodes
        (nodes, 2) easting and northing in metres.
    from_node, to_node
        (edges,) index of the node at each end, from 0.
    metres
        (edges,) length of each edge along the road, at least 0.
    one_way
        (edges,) True where one can go only from `from_node` to `to_node`. All go both ways when nothing is said.

    Returns
    -------
    `Network`.

    Raises
    ------
    ValueError
        If a length is missing, negative or shorter than the straight line, a node does not exist or has no place, or
        the lengths of the lists differ.

    Notes
    -----
    Of several edges between the same nodes the shortest counts. Edges that cross without a common node do not meet:
    bridges stay bridges.

    References
    ----------
    Our own form.

    Examples
    --------
    >>> network_of([[1000, 0], [1300, 0]], [0], [1], [350]).joined.toarray()
    array([[  0., 350.],
           [350.,   0.]])
    """
    places = metric_points("noder", nodes)
    ends, length = _edges(places, from_node, to_node), as_counts("kanternas längd", metres)
    ways = np.zeros(len(length), dtype=bool) if one_way is None else np.asarray(one_way, dtype=bool)
    if not len(ends[0]) == len(length) == len(ways):
        raise ValueError(
            f"Det finns {len(ends[0])} kanter men {len(length)} längder och {len(ways)} riktningar."
        )
    lines = np.hypot(*(places[ends[0]] - places[ends[1]]).T)
    # A metre and a hundredth for rounded coordinates and lengths.
    if not (length >= 0.99 * lines - 1).all():
        wrong = int(np.flatnonzero(~(length >= 0.99 * lines - 1))[0])
        raise ValueError(
            f"Kant {wrong} (räknat från 0) är {length[wrong]:g} men {lines[wrong]:.0f} meter fågelvägen. Är längden i "
            "kilometer eller minuter, eller saknas den? Ange meter."
        )
    back = ~ways
    starts, stops = np.concatenate([ends[0], ends[1][back]]), np.concatenate([ends[1], ends[0][back]])
    return Network(places, _shortest(starts, stops, np.concatenate([length, length[back]]), len(places)))


def network_pairs(demand: npt.ArrayLike, supply: npt.ArrayLike, *, network: Network, reach: float) -> Pairs:
    r"""Which services lie within so many metres along the network from where people live.

    .. math:: d_{ij} = |i, n_i| + \min_{\text{ways } n_i \to n_j} \sum_e \ell_e + |n_j, j| \le r

    Parameters
    ----------
    demand
        (demand, 2) easting and northing in metres of where people live; NaN where it is not known.
    supply
        (supply, 2) easting and northing in metres of the services.
    network
        The roads or paths, in the same reference system.
    reach
        The farthest that counts, in metres, above 0.

    Returns
    -------
    `Pairs` of network metres. People whose place is not known have no pairs and `placed` False.

    Raises
    ------
    ValueError
        If coordinates are degrees or infinite, a service has no place, the network is empty, or the reach is not above
        0.

    Notes
    -----
    People and services reach the network at its nearest node n, in a straight line that is added. Two that share a
    node go by it, though they may be next door to each other. The ways are searched from the services, so the work
    grows with their number and what lies within reach of them. Memory grows with the pairs within reach.

    References
    ----------
    Dijkstra, E. W. (1959). A note on two problems in connexion with graphs. Numerische Mathematik 1, 269-271.
    https://doi.org/10.1007/BF01386390; as in scipy.sparse.csgraph, stopped at the reach. The nearest node rather than
    the nearest point of an edge is our simplification.

    Examples
    --------
    >>> roads = network_of([[1000, 0], [1300, 0]], [0], [1], [350])
    >>> network_pairs([[1000, 30]], [[1300, 20]], network=roads, reach=500).distances
    array([400.])
    """
    homes, services = metric_points("efterfrågan", demand), known_services(supply)
    if len(network.nodes) == 0:
        raise ValueError("Nätet har inga noder. Läs in dess kanter.")
    placed: BoolArray = np.logical_and.reduce(~np.isnan(homes), axis=1)
    where = np.flatnonzero(placed)
    to_node, node = _nearest_nodes(homes[where], network)
    from_node, door = _nearest_nodes(services, network)
    found = _within_reach(network, (to_node, node), (from_node, door), reach)
    pairs = pairs_from_list(
        where[found[0]],
        found[1],
        found[2],
        shape=(len(homes), len(services)),
        kind=DistanceKind.NETWORK_METRES,
        reach=reach,
    )
    return replace(pairs, placed=placed)


# Internals

Attached = tuple[FloatArray, IntArray]  # metres to the nearest node, and which it is


def _edges(places: FloatArray, from_node: npt.ArrayLike, to_node: npt.ArrayLike) -> tuple[Indices, Indices]:
    starts, stops = (np.asarray(ends) for ends in (from_node, to_node))
    if starts.shape != stops.shape or starts.ndim != 1:
        raise ValueError(f"Varje kant ska ha två noder, men listorna har {starts.size} och {stops.size}.")
    both = np.concatenate([starts, stops])
    if both.size and not (both.min() >= 0 and both.max() < len(places)):
        raise ValueError(
            f"Kanterna nämner nod {both.min()} till {both.max()}, men noderna är 0 till {len(places) - 1}."
        )
    if np.isnan(places).any():
        raise ValueError("Alla noder i nätet måste ha ett läge. Ta bort dem som saknar det, med sina kanter.")
    return starts.astype(np.int32), stops.astype(np.int32)


def _shortest(starts: Indices, stops: Indices, metres: FloatArray, nodes: int) -> Any:
    """The joined nodes as a matrix, the shortest edge where there are several: a matrix would add them up."""
    from scipy import sparse

    order = np.lexsort((metres, stops, starts))
    starts, stops, metres = starts[order], stops[order], metres[order]
    first = np.ones(len(starts), dtype=bool)
    first[1:] = (starts[1:] != starts[:-1]) | (stops[1:] != stops[:-1])
    return sparse.csr_array((metres[first], (starts[first], stops[first])), shape=(nodes, nodes))


def _nearest_nodes(points: FloatArray, network: Network) -> Attached:
    from scipy.spatial import cKDTree

    metres, nodes = cKDTree(network.nodes).query(points)
    return metres, nodes.astype(np.int64)


def _within_reach(
    network: Network, homes: Attached, services: Attached, reach: float
) -> tuple[IntArray, IntArray, FloatArray]:
    """Home, service and metres of every pair within reach."""
    from scipy.sparse import csgraph

    backwards = network.joined.T.tocsr()
    doors, door_of = np.unique(services[1], return_inverse=True)
    per_block = max(1, _NUMBERS_PER_BLOCK // len(network.nodes))
    found: list[tuple[IntArray, IntArray, FloatArray]] = []
    for start in range(0, len(doors), per_block):
        block = doors[start : start + per_block]
        ways = csgraph.dijkstra(backwards, indices=block, limit=reach)[:, homes[1]]
        for service in np.flatnonzero((door_of >= start) & (door_of < start + len(block))):
            metres = homes[0] + ways[door_of[service] - start] + services[0][service]
            near = np.flatnonzero(metres <= reach)
            found.append((near, np.full(len(near), service), metres[near]))
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0)
    one, other, metres = (np.concatenate(part) for part in zip(*found, strict=True))
    return one, other, metres
