"""`derive`: every indicator for every division, from the observations of the store, as one new version.

The chain behind each figure is written beside it: sources at their frozen copies, the route between divisions, and
the method with its version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from plats.catalog.fingerprint import definitions_hash
from plats.catalog.formulas import Index, Relative, Unavailable
from plats.catalog.load import Catalog, catalog
from plats.catalog.models import Indicator
from plats.derive.evaluate import Setting, evaluate, formula_of
from plats.derive.extras import ExtraSetting, add_extras, protect_sexes
from plats.derive.figures import Figures, Layer, read_figures
from plats.derive.formulas import Limits, Result
from plats.derive.indices import index_block, relative_results, unavailable_block
from plats.derive.national import merge_percentiles, percentile_rows
from plats.derive.routes import Routes
from plats.derive.segregation.run import SegregationSetting, segregation_rows
from plats.derive.standing_out import standing_out
from plats.derive.tables import Block, indicator_table, lineage_table, municipalities_of
from plats.facts.versions import Draft, FactStore, Version

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class DeriveResult:
    """What a derivation made."""

    version: Version
    indicators: int
    cells: int
    disagreements: tuple[str, ...]


def derive(
    store: FactStore, municipality: str, *, on: date, progress: Progress = lambda *_: None
) -> DeriveResult:
    """Derive every indicator and commit a new version. `on` picks the decided parameters in force that day."""
    with store.begin(note=f"härledning för {municipality}") as draft:
        definitions = catalog()
        work = _Work(draft, store, definitions, municipality, on)
        blocks = list(work.blocks(progress))
        table = indicator_table(blocks, municipality)
        draft.put("indicators", table)
        draft.put("standing_out", work.standing_out(blocks))
        progress("Segregation", len(definitions.indicators), len(definitions.indicators))
        apart = segregation_rows(definitions.segregations, work.segregation)
        for name, content in apart.tables().items():
            draft.put(name, content)
        draft.put("lineage", lineage_table([*(block.notes for block in blocks), *apart.chains]))
        draft.put("percentiles", merge_percentiles(draft.read("percentiles"), percentile_rows(blocks)))
        draft.record({"act": "derive", **_made_from(municipality), "cells": table.num_rows})
        version = draft.commit()
    made = len({block.indicator for block in blocks})
    return DeriveResult(version, made, table.num_rows, tuple(work.figures.disagreements))


def derived_as_now(store: FactStore, municipality: str) -> bool:
    """Whether the current version was derived for this municipality by the definitions as they are now."""
    made = [event for event in store.current().manifest["events"] if event.get("act") == "derive"]
    return bool(made) and _made_from(municipality).items() <= made[-1].items()


# Internals


def _made_from(municipality: str) -> dict[str, str]:
    return {"municipality": municipality, "definitions": definitions_hash()}


class _Work:
    """One derivation: the figures laid out, the routes between layers, the decided limits."""

    def __init__(self, draft: Draft, store: FactStore, definitions: Catalog, home: str, on: date) -> None:
        observations = draft.read("observations")
        self.store = store
        self.definitions = definitions
        self.home = home
        self.on = on
        self.areas = draft.read("areas")
        retrieved = {snapshot.sha256: snapshot.provenance.retrieved for snapshot in store.snapshots.all()}
        pairs = (
            observations.select(["dataset", "snapshot"])
            .group_by(["dataset", "snapshot"])
            .aggregate([])
            .to_pylist()
        )
        order = {pair["dataset"]: retrieved.get(pair["snapshot"], "") for pair in pairs}
        self.figures: Figures = read_figures(observations, self.areas, order)
        self.routes = Routes(self.figures, draft.read("crosswalks"))
        sites = draft.read("sites")
        self.schools = dict(
            zip(sites.column("site").to_pylist(), sites.column("municipality").to_pylist(), strict=True)
        )
        coverage = definitions.parameter("coverage", "crosswalk", on)
        stability = definitions.parameter("stability", "small_numbers", on)
        self.setting = Setting(
            figures=self.figures,
            routes=self.routes,
            limits=Limits(
                **{
                    name: coverage.number(name)
                    for name in ("missing_below", "unstable_below", "count_missing_below")
                }
            ),
            smallest_denominator=stability.whole("smallest_denominator"),
            widest_interval=stability.number("widest_interval"),
        )
        rules = {
            key.split("/")[1]: parameter.on(on)
            for key, parameter in definitions.parameters.items()
            if key.startswith("disclosure/")
        }
        self.extras = ExtraSetting(
            level=stability.number("level"),
            ranks=definitions.parameter("ranks", "rank_interval", on),
            disclosure=rules,
            asked_by={one.sha256: one.provenance.suppression for one in store.snapshots.all()},
            routes=self.routes,
            home=home,
        )

    @property
    def segregation(self) -> SegregationSetting:
        """What the segregation measures work on: the same figures, routes and rules."""
        return SegregationSetting(
            figures=self.figures,
            routes=self.routes,
            limits=self.setting.limits,
            interval=self.definitions.parameter("segregation", "interval", self.on),
            disclosure=self.extras.disclosure,
            asked_by=self.extras.asked_by,
            home=self.home,
            points={
                (row["division"], row["edition"], row["code"]): (row["x"], row["y"])
                for row in self.areas.filter(pc.equal(self.areas.column("municipality"), self.home))
                .select(["division", "edition", "code", "x", "y"])
                .to_pylist()
                if row["x"] is not None and row["y"] is not None
            },
        )

    def standing_out(self, blocks: list[Block]) -> pa.Table:
        """Which areas stand out together with their neighbours."""
        decided = self.definitions.parameter("clusters", "local", self.on)
        return standing_out(blocks, self.areas, self.definitions, decided, self.home)

    def blocks(self, progress: Progress) -> Iterator[Block]:
        """Blocks in an order where what is built on others comes after them."""
        done: list[Block] = []
        indicators = sorted(
            self.definitions.indicators.values(),
            key=lambda one: isinstance(formula_of(one), Relative | Index),
        )
        for number, indicator in enumerate(indicators, start=1):
            progress(indicator.title.sv, number, len(indicators))
            made = list(self._indicator(indicator, done))
            done += made
            yield from made

    def _indicator(self, indicator: Indicator, done: list[Block]) -> Iterator[Block]:
        formula = formula_of(indicator)
        if isinstance(formula, Relative):
            for result in relative_results(indicator, formula, done):
                yield self._block(indicator, result, latest=False)
            return
        for layer in self._layers(indicator):
            if isinstance(formula, Index):
                found = index_block(
                    indicator, formula, layer, done, definitions=self.definitions, home=self.home
                )
            elif isinstance(formula, Unavailable):
                found = unavailable_block(
                    indicator, formula, self.figures, layer, home=self.home, period=self._newest()
                )
            else:
                yield from self._evaluated(indicator, layer)
                continue
            if found is not None:
                found.notes = self._notes(indicator, found.result)
                yield found

    def _evaluated(self, indicator: Indicator, layer: Layer) -> Iterator[Block]:
        results = list(evaluate(indicator, layer, self.setting))
        newest = max((result.period for result in results), default="")
        blocks = [self._block(indicator, result, latest=result.period == newest) for result in results]
        for period in sorted({result.period for result in results}):
            made = [(block.result, block.extra) for block in blocks if block.result.period == period]
            protect_sexes(indicator, made, self.extras)
        yield from blocks

    def _block(self, indicator: Indicator, result: Result, *, latest: bool) -> Block:
        codes = self.figures.layers[result.layer].codes
        owners = municipalities_of(result.layer[0], codes, self.schools)
        extra = add_extras(indicator, result, owners, latest=latest, setting=self.extras)
        return Block(indicator.id, result, codes, owners, extra, self._notes(indicator, result))

    def _layers(self, indicator: Indicator) -> list[Layer]:
        allowed = {str(division) for division in indicator.divisions}
        return [layer for layer in self.figures.layers if layer[0] in allowed]

    def _newest(self) -> str:
        """The latest calendar year any figure by area has: the moment a missing figure is missing at."""
        layers = [figures for layer, figures in self.figures.layers.items() if layer[0] in ("regso", "deso")]
        years = {name[1] for figures in layers for name in figures.columns if name[1].isdigit()}
        return max(years, default=str(date.today().year))  # noqa: DTZ011 - only when the store is empty

    def _notes(self, indicator: Indicator, result: Result) -> list[tuple[str, str, str, str]]:
        """The steps of the chain: sources, route, method."""
        notes = [("source", dataset, snapshot, "") for dataset, snapshot in sorted(result.datasets)]
        if result.route is not None:
            way = " → ".join([result.route.source[0], *(step.target[0] for step in result.route.steps)])
            kinds = " ".join(step.method for step in result.route.steps)
            notes += [("crosswalk", dataset, snapshot, "") for dataset, snapshot in sorted(result.crosswalks)]
            notes.append(("route", way, "", kinds))
        notes.append(("method", indicator.method, "", result.method))
        return notes
