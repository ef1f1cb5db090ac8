"""Small made-up municipalities for the tests: observations, keys and what is derived from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from plats.catalog.formulas import SimpleFormula
from plats.catalog.load import catalog
from plats.catalog.models import Indicator
from plats.derive.evaluate import Setting, evaluate
from plats.derive.figures import STATES, Figures, Layer, read_figures
from plats.derive.formulas import Limits, Result
from plats.derive.routes import Routes
from plats.facts.query import Fact
from plats.facts.schema import AREAS, CROSSWALKS, OBSERVATIONS
from plats.vocabulary.cells import Cell, State, value
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.periods import parse_period

DESO: Layer = ("deso", "2018")
REGSO: Layer = ("regso", "2020")
KOMMUNDEL: Layer = ("kommundel", "2020")
DISTRICT: Layer = ("electoral_district", "2022")
HOME: Layer = ("municipality", "")
LIMITS = Limits(missing_below=0.90, unstable_below=0.99, count_missing_below=0.9995)
MILLION = 1_000_000


def deso(number: int) -> str:
    return f"0126C{1000 + number}"


def regso(number: int) -> str:
    return f"0126R{number:03d}"


def kommundel(number: int) -> str:
    return f"0126K{number:02d}"


@dataclass(frozen=True)
class Cells:
    """One variable over the areas of a layer: a number, or a state without one."""

    layer: Layer
    variable: str
    content: Mapping[str, float | State]
    period: str = "2022"
    dataset: str = "made"
    sex: str = "total"


def observations(*given: Cells) -> pa.Table:
    rows = [
        {
            "variable": one.variable,
            "division": one.layer[0],
            "edition": one.layer[1],
            "area": area,
            "period": one.period,
            "sex": one.sex,
            "age": "total",
            "state": str(said) if isinstance(said, State) else "value",
            "value": None if isinstance(said, State) else float(said),
            "reason": "",
            "dataset": one.dataset,
            "snapshot": f"bytes of {one.dataset}",
        }
        for one in given
        for area, said in one.content.items()
    ]
    return pa.Table.from_pylist(rows, schema=OBSERVATIONS)


def areas(*layers: tuple[Layer, Iterable[str]]) -> pa.Table:
    rows = [
        {"division": layer[0], "edition": layer[1], "code": code, "municipality": code[:4]}
        for layer, codes in layers
        for code in codes
    ]
    return pa.Table.from_pylist([{name: row.get(name) for name in AREAS.names} for row in rows], schema=AREAS)


@dataclass(frozen=True)
class Link:
    """A crosswalk: (from, to, millionths) rows; a key when each from-area lies whole in its to-area."""

    source: Layer
    target: Layer
    shares: tuple[tuple[str, str, int], ...]
    method: str = "key"


def key(source: Layer, target: Layer, pairs: Mapping[str, str]) -> Link:
    return Link(source, target, tuple((one, other, MILLION) for one, other in pairs.items()))


def crosswalks(*links: Link) -> pa.Table:
    rows = [
        {
            "from_division": link.source[0],
            "from_edition": link.source[1],
            "from_code": one,
            "to_division": link.target[0],
            "to_edition": link.target[1],
            "to_code": other,
            "ppm": ppm,
            "method": link.method,
            "dataset": "key",
            "snapshot": "bytes of the key",
        }
        for link in links
        for one, other, ppm in link.shares
    ]
    return pa.Table.from_pylist(rows, schema=CROSSWALKS)


def setting(
    cells: Iterable[Cells], links: Iterable[Link] = (), known: Iterable[tuple[Layer, Iterable[str]]] = ()
) -> Setting:
    """What `evaluate` works on. Areas without figures must be named in `known`."""
    figures: Figures = read_figures(observations(*cells), areas(*known), {})
    routes = Routes(figures, crosswalks(*links))
    return Setting(figures, routes, LIMITS, smallest_denominator=0, widest_interval=1.0)


def indicator(formula: SimpleFormula, *, like: str = "employed_share", **changed: object) -> Indicator:
    """A defined indicator with another formula."""
    return catalog().indicators[like].model_copy(update={"formula": formula, **changed})


def derived(formula: SimpleFormula, layer: Layer, made: Setting) -> Result:
    """The only result of the formula at the layer."""
    (result,) = evaluate(indicator(formula), layer, made)
    return result


def states_of(result: Result) -> list[State]:
    return [STATES[number] for number in result.states]


def fact(
    cell: Cell | float, area: str = "regso:2020:0126R001", period: str = "2022", **changed: object
) -> Fact:
    """A figure as the store would give it."""
    content: dict[str, object] = {
        "indicator": "employed_share",
        "area": AreaKey.parse(area),
        "period": parse_period(period),
        "sex": "total",
        "age": "total",
        "cell": cell if isinstance(cell, Cell) else value(cell),
        "low": None,
        "high": None,
        "rank": None,
        "coverage": 1.0,
        "method": "share/1",
        "lineage": "chain",
    }
    return Fact(**(content | changed))  # type: ignore[arg-type]


def regso_key(number: int) -> str:
    return str(AreaKey(Division.REGSO, "2020", regso(number)))


def numbers(result: Result) -> list[float | None]:
    return [None if np.isnan(number) else float(number) for number in result.values]
