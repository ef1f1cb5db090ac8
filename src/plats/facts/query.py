"""Reading the store: typed cells, a few questions at a time.

`open_facts` gives the reader of the current version for one municipality. The municipality's own rows (and the
nation's, to compare with) are held in memory by DuckDB, so a page costs milliseconds however much of Sweden is
imported; the national rows stay in Parquet and are read when asked for.

What leaves here has passed the exit: a figure that its source's disclosure rule hides comes as a hidden cell
without its number, numerator or interval. Only `derive` reads the tables themselves.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from plats.catalog.municipalities import municipality_names
from plats.facts import segregation
from plats.facts.segregation import Segregation, Where
from plats.facts.snapshots import Provenance
from plats.facts.versions import FactStore, Version
from plats.vocabulary.cells import Cell, State
from plats.vocabulary.codes import AreaKey, Division
from plats.vocabulary.periods import Period, parse_period


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Between which ranks an area may stand, of how many; 1 is the highest value."""

    low: int
    high: int
    of: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure as it may be shown."""

    indicator: str
    area: AreaKey
    period: Period
    sex: str
    age: str
    cell: Cell
    low: float | None
    high: float | None
    rank: RankInterval | None
    coverage: float | None
    method: str
    lineage: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area version, without its geometry."""

    key: AreaKey
    name: str
    municipality: str
    valid_from: str
    valid_to: str | None
    x: float | None
    y: float | None
    geometry_hash: str
    approximate: bool
    dataset: str
    snapshot: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place people go to: a school, a library, a hall, a station."""

    site: str
    kind: str
    name: str
    detail: str
    x: float
    y: float
    dataset: str
    snapshot: str


@dataclass(frozen=True, slots=True)
class LineageStep:
    """One step of the chain behind a figure; `provenance` for steps that are sources."""

    kind: str
    dataset: str
    snapshot: str
    note: str
    provenance: Provenance | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many millionths of one area lie in another."""

    source: AreaKey
    target: AreaKey
    ppm: int
    method: str


_FACT_COLUMNS = (
    "indicator, division, edition, area, period, sex, age, shown, value, numerator, denominator, low, high, "
    "rank_low, rank_high, rank_of, coverage, CASE WHEN state = shown THEN reason ELSE '' END, method, lineage"
)
_HIDDEN_REASON = "Gruppen är så liten att enskilda personer kan kännas igen."


class Facts:
    """Questions to one version of the store, seen from one municipality."""

    def __init__(self, store: FactStore, version: Version, municipality: str) -> None:
        self.store = store
        self.version = version
        self.municipality = municipality
        self.asked = 0
        self._connection = duckdb.connect(":memory:", config={"threads": 2})
        self._load_home()

    # -- figures

    def select(
        self,
        *,
        areas: Iterable[AreaKey] | None = None,
        indicators: Iterable[str] | None = None,
        division: tuple[Division, Iterable[str]] | None = None,
    ) -> list[Fact]:
        """The municipality's (and the nation's) figures that fit every condition given.

        `division` is a division and the editions of it that are wanted. Sorted by area, indicator and period start.
        """
        self.asked += 1
        home = self._home
        wanted = (
            sorted((key for key in set(areas) if key in home), key=str) if areas is not None else list(home)
        )
        if division is not None:
            editions = set(division[1])
            wanted = [key for key in wanted if key.division == division[0] and key.edition in editions]
        if indicators is None:
            return [fact for key in wanted for found in home[key].values() for fact in found]
        names = sorted(set(indicators))
        return [fact for key in wanted for name in names for fact in home[key].get(name, ())]

    def select_nationwide(
        self, *, indicators: Iterable[str], division: tuple[Division, Iterable[str]]
    ) -> list[Fact]:
        """The figures of all imported municipalities, read from Parquet. Sorted as `select`."""
        self.asked += 1
        rows = self._fetch(
            f"SELECT {_FACT_COLUMNS} FROM read_parquet($file) WHERE indicator IN (SELECT unnest($indicators)) "
            "AND division = $division AND edition IN (SELECT unnest($editions))",
            {
                "file": str(self.version.file("indicators")),
                "indicators": list(indicators),
                "division": str(division[0]),
                "editions": list(division[1]),
            },
        )
        return _in_order(_fact(row) for row in rows)

    # -- beside figures: read once per version, they are few

    @cached_property
    def percentiles(self) -> dict[tuple[str, str, str], list[float]]:
        """Sweden's percentiles 0-100 for (indicator, division, period), among areas of the division."""
        rows = self._fetch(
            "SELECT indicator, division, period, value FROM percentiles ORDER BY indicator, division, period, percent",
            {},
        )
        tables: dict[tuple[str, str, str], list[float]] = {}
        for indicator, division, period, value in rows:
            tables.setdefault((indicator, division, period), []).append(value)
        return tables

    @cached_property
    def lineage(self) -> dict[str, list[LineageStep]]:
        """The chains behind the municipality's figures, by lineage key."""
        rows = self._fetch(
            "SELECT lineage, kind, dataset, snapshot, note FROM lineage ORDER BY lineage, step", {}
        )
        chains: dict[str, list[LineageStep]] = {}
        for key, kind, dataset, snapshot, note in rows:
            chains.setdefault(key, []).append(
                LineageStep(kind, dataset, snapshot, note, self._provenance(snapshot))
            )
        return chains

    @cached_property
    def held(self) -> set[tuple[str, str, str, str]]:
        """Which (indicator, division, period, sex) the municipality has at least one number for."""
        rows = self._fetch(
            "SELECT DISTINCT indicator, division, period, sex FROM home_indicators "
            "WHERE shown IN ('value', 'unstable')",
            {},
        )
        return {(row[0], row[1], row[2], row[3]) for row in rows}

    @cached_property
    def figured(self) -> set[tuple[str, str, str]]:
        """Which (indicator, division, edition) the municipality has at least one number for."""
        rows = self._fetch(
            "SELECT DISTINCT indicator, division, edition FROM home_indicators "
            "WHERE shown IN ('value', 'unstable')",
            {},
        )
        return {(row[0], row[1], row[2]) for row in rows}

    @cached_property
    def segregation(self) -> Segregation:
        """What the municipality's segregation was worked out to, and the other municipalities' latest measures."""
        whole, parts, local = (
            self._fetch(f"SELECT {columns} FROM home_{name}", {})
            for name, columns in segregation.READ.items()
        )
        return segregation.read(whole, parts, local)

    @cached_property
    def standing_out(self) -> dict[AreaKey, dict[str, str]]:
        """What was found of each area among its neighbours, by indicator; areas that were not tried are not here."""
        rows = self._fetch("SELECT division, edition, area, indicator, finding FROM home_standing_out", {})
        found: dict[AreaKey, dict[str, str]] = {}
        for division, edition, area, indicator, finding in rows:
            found.setdefault(AreaKey(Division(division), edition, area), {})[indicator] = finding
        return found

    def segregation_elsewhere(self, where: Where, measure: str) -> dict[str, float]:
        """Every municipality's value of a measure, by its code, read from Parquet; the municipality's own is among
        them, and alone when no others are imported."""
        self.asked += 1
        if not self.version.file("segregation").exists():
            return {}
        rows = self._fetch(
            "SELECT municipality, value FROM read_parquet($file) WHERE segregation = $name AND measure = $measure "
            "AND division = $division AND edition = $edition AND period = $period AND value IS NOT NULL",
            {
                "file": str(self.version.file("segregation")),
                "name": where.segregation,
                "measure": measure,
                "division": str(where.division),
                "edition": where.edition,
                "period": where.period.text,
            },
        )
        return {row[0]: row[1] for row in rows}

    # -- where: read once per version, they are few

    @cached_property
    def areas(self) -> dict[AreaKey, Area]:
        """The municipality's areas in every division and edition."""
        rows = self._fetch(
            "SELECT division, edition, code, name, municipality, valid_from, valid_to, x, y, geometry_hash, "
            "approximate, dataset, snapshot FROM home_areas ORDER BY division, edition, code",
            {},
        )
        found = (Area(AreaKey(Division(row[0]), row[1], row[2]), *row[3:]) for row in rows)
        return {area.key: area for area in found}

    @cached_property
    def municipality_names(self) -> dict[str, str]:
        """What each municipality is called, by its code; as the store has it, read from Parquet: asked for seldom."""
        rows = self._fetch(
            "SELECT code, any_value(name) FROM read_parquet($file) WHERE division = 'municipality' GROUP BY code",
            {"file": str(self.version.file("areas"))},
        )
        return municipality_names() | {row[0]: row[1] for row in rows if row[1]}

    @cached_property
    def geometries(self) -> dict[AreaKey, bytes]:
        """WKB (EPSG:3006) of the municipality's areas whose boundary is loaded."""
        rows = self._fetch(
            "SELECT division, edition, code, geometry FROM home_areas WHERE geometry IS NOT NULL", {}
        )
        return {AreaKey(Division(row[0]), row[1], row[2]): row[3] for row in rows}

    @cached_property
    def sites(self) -> list[Site]:
        """The municipality's schools, libraries, halls and stations."""
        rows = self._fetch(
            "SELECT site, kind, name, detail, x, y, dataset, snapshot FROM home_sites ORDER BY kind, name", {}
        )
        return [Site(*row) for row in rows]

    @cached_property
    def overlaps(self) -> list[Overlap]:
        """How the municipality's areas lie in each other."""
        rows = self._fetch(
            "SELECT from_division, from_edition, from_code, to_division, to_edition, to_code, ppm, method "
            "FROM home_crosswalks",
            {},
        )
        return [
            Overlap(
                AreaKey(Division(row[0]), row[1], row[2]),
                AreaKey(Division(row[3]), row[4], row[5]),
                row[6],
                row[7],
            )
            for row in rows
        ]

    @cached_property
    def has_nation(self) -> bool:
        """Whether national figures are imported, so that other municipalities can be compared with."""
        rows = self._fetch(
            "SELECT count(DISTINCT municipality) FROM read_parquet($file)",
            {"file": str(self.version.file("indicators"))},
        )
        return int(rows[0][0]) > 10

    # Internals

    def _load_home(self) -> None:
        """Copy the municipality's rows into memory, once per version and process."""
        values = {"home": self.municipality}
        for name in ("indicators", "areas", "sites", "standing_out", *segregation.READ):
            rule = "municipality = $home" + (
                " OR division = 'nation'" if name in ("indicators", "areas") else ""
            )
            self._create(f"home_{name}", name, f"WHERE {rule}", values)
        self._create(
            "home_crosswalks",
            "crosswalks",
            "WHERE starts_with(from_code, $home) OR starts_with(to_code, $home)",
            values,
        )
        self._create("percentiles", "percentiles", "", {})
        self._create(
            "lineage",
            "lineage",
            "WHERE lineage IN (SELECT lineage FROM home_indicators UNION SELECT lineage FROM home_segregation)",
            {},
        )

    def _create(self, name: str, table: str, condition: str, values: dict[str, Any]) -> None:
        file = self.version.file(table)
        if file.exists():
            source = f"read_parquet('{str(file).replace(chr(39), chr(39) * 2)}')"
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {source} {condition}", values)
        else:
            self._connection.register("empty", self.version.table(table))
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM empty")
            self._connection.unregister("empty")

    @cached_property
    def _home(self) -> dict[AreaKey, dict[str, list[Fact]]]:
        """The home rows as typed facts, by area and indicator: they are a few thousand and every page asks for some."""
        rows = self._fetch(f"SELECT {_FACT_COLUMNS} FROM home_indicators", {})
        home: dict[AreaKey, dict[str, list[Fact]]] = {}
        for fact in _in_order(_fact(row) for row in rows):
            home.setdefault(fact.area, {}).setdefault(fact.indicator, []).append(fact)
        return home

    def _fetch(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        return self._connection.cursor().execute(sql, values).fetchall()

    def _provenance(self, snapshot: str) -> Provenance | None:
        return self._snapshots[snapshot].provenance if snapshot in self._snapshots else None

    @cached_property
    def _snapshots(self) -> dict[str, Any]:
        return {snapshot.sha256: snapshot for snapshot in self.store.snapshots.all()}


_open: dict[tuple[str, str], Facts] = {}
_open_lock = threading.Lock()


def open_facts(store: FactStore, municipality: str) -> Facts:
    """The reader of the store's current version; a new version is picked up on the next call."""
    key = (str(store.home.resolve()), municipality)
    version = store.current_id()
    facts = _open.get(key)
    if facts is not None and facts.version.id == version:
        return facts
    with _open_lock:
        facts = _open.get(key)
        if facts is None or facts.version.id != version:
            facts = Facts(store, store.current(), municipality)
            _open[key] = facts
    return facts


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (str(fact.area), fact.indicator, fact.period.start))


def _fact(row: Sequence[Any]) -> Fact:
    (
        indicator,
        division,
        edition,
        area,
        period,
        sex,
        age,
        shown,
        value,
        numerator,
        denominator,
        low,
        high,
    ) = row[:13]
    rank_low, rank_high, rank_of, coverage, reason, method, lineage = row[13:]
    state = State(shown)
    if state in (State.VALUE, State.UNSTABLE):
        cell = Cell(state, value, numerator, denominator, reason)
    else:
        cell = Cell(state, reason=reason or (_HIDDEN_REASON if state is State.HIDDEN else ""))
        low = high = rank_low = None
    return Fact(
        indicator=indicator,
        area=AreaKey(Division(division), edition, area),
        period=parse_period(period),
        sex=sex,
        age=age,
        cell=cell,
        low=low,
        high=high,
        rank=RankInterval(rank_low, rank_high, rank_of) if rank_low else None,
        coverage=coverage,
        method=method,
        lineage=lineage,
    )
