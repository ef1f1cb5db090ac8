"""Every segregation definition, for every municipality, division and period that the observations allow.

The municipality's own gets everything: measures with intervals, levels, what each area adds, and what a change came
from. The others get the measures at the latest period, to compare with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from plats.analysis.segregation.local import local_dissimilarity
from plats.catalog.check_segregation import SHARED
from plats.catalog.models import DatedValue
from plats.catalog.segregations import SegregationDefinition
from plats.derive.extras import rule_of
from plats.derive.figures import HIDDEN, MISSING, UNSTABLE, VALUE, Figures, Layer
from plats.derive.formulas import Limits
from plats.derive.routes import Routes
from plats.derive.segregation.chance import Chance, chance_in
from plats.derive.segregation.counts import GroupCounts, group_counts
from plats.derive.segregation.measures import measured_by
from plats.derive.segregation.parts import Parts, change, levels
from plats.derive.segregation.rows import Rows, number, state_name
from plats.derive.segregation.towns import Town, protected, towns
from plats.derive.tables import Chain, lineage_key_of, municipalities_of
from plats.vocabulary.periods import parse_period

# What is divided into levels.
LEVELLED = "entropy_index"
# A municipality with fewer areas has a measure of little but its borders.
FEWEST_AREAS = 5


@dataclass(frozen=True)
class SegregationSetting:
    """What the measures work on, and the decided numbers."""

    figures: Figures
    routes: Routes
    limits: Limits
    interval: DatedValue
    disclosure: Mapping[str, DatedValue]
    asked_by: Mapping[str, str]
    home: str


def segregation_rows(definitions: Mapping[str, SegregationDefinition], setting: SegregationSetting) -> Rows:
    """The rows of every definition."""
    rows = Rows()
    for definition in definitions.values():
        allowed = {str(division) for division in definition.divisions}
        for layer in [layer for layer in setting.figures.layers if layer[0] in allowed]:
            found = list(group_counts(definition, layer, setting.figures, setting.routes))
            found.sort(key=lambda one: parse_period(one.period).start)
            _layer(definition, layer, [_shielded(one, setting) for one in found], setting, rows)
    return rows


# Internals


@dataclass(frozen=True)
class _Shown:
    """Counts with what the exit hides taken out, and where that was."""

    counts: GroupCounts
    hidden: np.ndarray


def _shielded(counts: GroupCounts, setting: SegregationSetting) -> _Shown:
    rule = rule_of(counts.definition.suppression, counts.datasets, setting.asked_by)
    if rule == "none":
        return _Shown(counts, np.zeros(len(counts.codes), dtype=bool))
    hidden = protected(counts, setting.disclosure[rule], setting.routes.wholes_of(counts.layer))
    table = counts.counts.copy()
    table[hidden] = np.nan
    return _Shown(replace(counts, counts=table), hidden)


def _layer(
    definition: SegregationDefinition,
    layer: Layer,
    found: list[_Shown],
    setting: SegregationSetting,
    rows: Rows,
) -> None:
    if not found:
        return
    owners = municipalities_of(layer[0], found[0].counts.codes, {})
    home: list[tuple[_Shown, Town, str]] = []
    for one in found:
        chain = _chain(one.counts)
        key = lineage_key_of(chain)
        rows.chains.append(chain)
        for town in towns(one.counts, owners, setting.limits):
            if town.municipality == setting.home:
                _home(one, town, key, setting, rows)
                home.append((one, town, key))
            elif one is found[-1] and len(town.at) >= FEWEST_AREAS:
                _whole(one.counts, town, key, None, rows)
    _change(definition, home, rows)


def _chain(counts: GroupCounts) -> Chain:
    chain: Chain = [("source", dataset, snapshot, "") for dataset, snapshot in sorted(counts.datasets)]
    if counts.route is not None:
        way = " → ".join([counts.route.source[0], *(step.target[0] for step in counts.route.steps)])
        chain.append(("route", way, "", " ".join(step.method for step in counts.route.steps)))
    return [*chain, ("method", counts.definition.method, "", "segregation/1")]


def _home(one: _Shown, town: Town, key: str, setting: SegregationSetting, rows: Rows) -> None:
    _whole(one.counts, town, key, setting.interval, rows)
    _local(one, town, key, rows)
    if town.state <= UNSTABLE:
        found = levels(town.table, town.at, one.counts.layer, setting.routes)
        if found is not None:
            _parts("level", LEVELLED, found, one.counts, town, key, "", rows)


def _whole(counts: GroupCounts, town: Town, key: str, interval: DatedValue | None, rows: Rows) -> None:
    definition = counts.definition
    for measure in definition.measures:
        value = measured_by(measure)(town.table) if town.state <= UNSTABLE else float("nan")
        state, reason = town.state, town.reason
        if state <= UNSTABLE and not np.isfinite(value):
            state, reason = MISSING, "Måttet går inte att räkna för de här siffrorna."
        chance = Chance()
        if interval is not None and state <= UNSTABLE:
            chance = chance_in(definition, town.table, measure, interval)
        rows.whole.append(
            _named(counts, town, key, measure)
            | {
                "state": state_name(state),
                "value": number(value) if state <= UNSTABLE else None,
                "corrected": number(chance.corrected),
                "low": number(chance.low),
                "high": number(chance.high),
                "level": interval.number("level") if interval is not None else None,
                "no_interval": chance.why_not,
                "areas": len(town.at),
                "excluded": town.excluded,
                "counted": number(float(town.table.sum())),
                "coverage": town.coverage,
                "reason": reason,
                "method": f"{measure}/1",
            }
        )


def _local(one: _Shown, town: Town, key: str, rows: Rows) -> None:
    """What each area adds; areas without a figure say why, and the others' terms sum to the measure."""
    terms = local_dissimilarity(town.table)
    place = {int(index): number_ for number_, index in enumerate(town.at)}
    for index in town.inside:
        at = place.get(int(index))
        state, reason = (VALUE, "") if at is not None and town.state <= UNSTABLE else (MISSING, town.reason)
        if one.hidden[index]:
            state, reason = HIDDEN, ""
        shows = at is not None and state == VALUE
        score, weight = (terms.scores[at], terms.weights[at]) if shows else (float("nan"), float("nan"))
        rows.local.append(
            _named(one.counts, town, key, SHARED)
            | {
                "area": str(one.counts.codes[index]),
                "state": state_name(state),
                "score": number(score),
                "weight": number(weight),
                "contribution": number(score * weight) if number(score) is not None else (0.0 if shows else None),
                "reason": reason,
            }
        )


def _change(definition: SegregationDefinition, home: list[tuple[_Shown, Town, str]], rows: Rows) -> None:
    """What the difference between the first and the last comparable period came from."""
    breaks = [parse_period(one.period).start for one in definition.comparability_breaks]
    last = home[-1] if home else None
    if last is None or last[1].state > UNSTABLE:
        return
    start = parse_period(last[0].counts.period).start
    kept = [
        one
        for one in home
        if one[1].state <= UNSTABLE
        and parse_period(one[0].counts.period).series == parse_period(last[0].counts.period).series
        and all(parse_period(one[0].counts.period).start >= day for day in breaks if day <= start)
    ]
    if len(kept) < 2:
        return
    first = kept[0]
    both = np.intersect1d(first[1].at, last[1].at)
    if len(both) < max(len(first[1].at), len(last[1].at)):
        found = Parts((), (), "Områden med siffror är inte desamma båda åren: förändringen delas inte upp.")
    else:
        found = change(first[0].counts.counts[both], last[0].counts.counts[both], measured_by(SHARED))
    _parts("change", SHARED, found, last[0].counts, last[1], last[2], first[0].counts.period, rows)


def _parts(
    kind: str,
    measure: str,
    found: Parts,
    counts: GroupCounts,
    town: Town,
    key: str,
    since: str,
    rows: Rows,
) -> None:
    named = _named(counts, town, key, measure) | {"kind": kind, "since": since, "method": f"{kind}/1"}
    if found.reason:
        rows.parts.append(
            named
            | {"part": "", "step": 0, "state": state_name(MISSING), "value": None, "reason": found.reason}
        )
    for step, (name, value) in enumerate(zip(found.names, found.values, strict=True)):
        rows.parts.append(
            named
            | {
                "part": name,
                "step": step,
                "state": state_name(town.state),
                "value": number(value),
                "reason": town.reason,
            }
        )


def _named(counts: GroupCounts, town: Town, key: str, measure: str) -> dict[str, object]:
    """What every row says of what it is about."""
    return {
        "segregation": counts.definition.id,
        "measure": measure,
        "division": counts.layer[0],
        "edition": counts.layer[1],
        "period": counts.period,
        "municipality": town.municipality,
        "lineage": key,
    }
