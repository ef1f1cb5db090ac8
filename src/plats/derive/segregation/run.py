"""Every segregation definition, for every municipality, division and period that the observations allow.

The municipality's own gets everything: measures with intervals, levels, wider surroundings, what each area adds, and
what a change came from. The others get the dissimilarity at the latest period, to compare with.
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
from plats.derive.segregation.parts import Parts, change, levels, scales
from plats.derive.segregation.rows import Rows, number, state_name
from plats.derive.segregation.towns import Town, other_tables, protected, town_of
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
    points: Mapping[
        tuple[str, str, str], tuple[float, float]
    ]  # of the home's areas, by layer and code, in metres


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


@dataclass(frozen=True)
class _At:
    """One municipality's table at one layer and period, with the key of its chain."""

    counts: GroupCounts
    town: Town
    key: str

    @property
    def answers(self) -> bool:
        """Whether measures of it have a number."""
        return self.town.state <= UNSTABLE

    def named(self, measure: str) -> dict[str, object]:
        """What every row says of what it is about."""
        return _named(self.counts, self.town.municipality, measure, self.key)


def _named(counts: GroupCounts, municipality: str, measure: str, key: str) -> dict[str, object]:
    """What every row says of what it is about."""
    return {
        "segregation": counts.definition.id,
        "measure": measure,
        "division": counts.layer[0],
        "edition": counts.layer[1],
        "period": counts.period,
        "municipality": municipality,
        "lineage": key,
    }


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
    home: list[_At] = []
    for one in found:
        chain = _chain(one.counts)
        rows.chains.append(chain)
        town = town_of(one.counts, owners, setting.home, setting.limits)
        if town is not None:
            home.append(_At(one.counts, town, lineage_key_of(chain)))
            _home(home[-1], one.hidden, setting, rows)
    _change(definition, home, rows)
    _others(found[-1].counts, owners, setting.home, rows)


def _chain(counts: GroupCounts) -> Chain:
    chain: Chain = [("source", dataset, snapshot, "") for dataset, snapshot in sorted(counts.datasets)]
    if counts.route is not None:
        way = " → ".join([counts.route.source[0], *(step.target[0] for step in counts.route.steps)])
        chain.append(("route", way, "", " ".join(step.method for step in counts.route.steps)))
    return [*chain, ("method", counts.definition.method, "", "segregation/1")]


def _home(at: _At, hidden: np.ndarray, setting: SegregationSetting, rows: Rows) -> None:
    _whole(at, setting.interval, rows)
    _local(at, hidden, rows)
    if at.answers:
        found = levels(at.town.table, at.town.at, at.counts.layer, setting.routes)
        if found is not None:
            _parts("level", at.named(LEVELLED) | {"since": ""}, found, at.town, rows)
        layer, nowhere = at.counts.layer, (np.nan, np.nan)
        codes = at.counts.codes[at.town.at]
        points = np.array([setting.points.get((*layer, str(code)), nowhere) for code in codes])
        around = scales(at.town.table, points)
        if around is not None:
            _parts("scale", at.named(SHARED) | {"since": ""}, around, at.town, rows)


def _others(counts: GroupCounts, owners: np.ndarray, home: str, rows: Rows) -> None:
    """The one number that municipalities are compared by; the rest is worked out at home only."""
    key = lineage_key_of(_chain(counts))
    for name, table in other_tables(counts, owners, but=home, fewest=FEWEST_AREAS):
        value = measured_by(SHARED)(table)
        if np.isfinite(value):
            rows.whole.append(
                _named(counts, name, SHARED, key)
                | {
                    "state": state_name(VALUE),
                    "value": value,
                    "areas": len(table),
                    "excluded": 0,
                    "counted": float(table.sum()),
                    "coverage": 1.0,
                    "method": f"{SHARED}/1",
                }
            )


def _whole(at: _At, interval: DatedValue, rows: Rows) -> None:
    for measure in at.counts.definition.measures:
        value = measured_by(measure)(at.town.table) if at.answers else float("nan")
        state, reason = at.town.state, at.town.reason
        if at.answers and not np.isfinite(value):
            state, reason = MISSING, "Måttet går inte att räkna för de här siffrorna."
        chance = Chance()
        if state <= UNSTABLE:
            chance = chance_in(at.counts.definition, at.town.table, measure, interval)
        rows.whole.append(
            at.named(measure)
            | {
                "state": state_name(state),
                "value": number(value),
                "corrected": number(chance.corrected),
                "low": number(chance.low),
                "high": number(chance.high),
                "level": interval.number("level"),
                "no_interval": chance.why_not,
                "areas": len(at.town.at),
                "excluded": at.town.excluded,
                "counted": number(float(at.town.table.sum())),
                "coverage": at.town.coverage,
                "reason": reason,
                "method": f"{measure}/1",
            }
        )


def _local(at: _At, hidden: np.ndarray, rows: Rows) -> None:
    """What each area adds; areas without a figure say why, and the others' terms sum to the measure."""
    terms = local_dissimilarity(at.town.table)
    of_areas = terms.scores, terms.weights, terms.contributions
    place = {int(index): row for row, index in enumerate(at.town.at)}
    for index in at.town.inside:
        row = place.get(int(index))
        shows = row is not None and at.answers
        score, weight, added = (float(one[row]) if shows else float("nan") for one in of_areas)
        state = VALUE if shows else HIDDEN if hidden[index] else MISSING
        rows.local.append(
            at.named(SHARED)
            | {
                "area": str(at.counts.codes[index]),
                "state": state_name(state),
                "score": number(score),
                "weight": number(weight),
                "contribution": number(added),
                "reason": at.town.reason if state == MISSING else "",
            }
        )


def _change(definition: SegregationDefinition, home: list[_At], rows: Rows) -> None:
    """What the difference between the first and the last comparable period came from."""
    last = home[-1] if home else None
    if last is None or not last.answers:
        return
    kept = [one for one in home if one.answers and _comparable(definition, one, last)]
    if len(kept) < 2:
        return
    first = kept[0]
    if first.town.at.tolist() != last.town.at.tolist():
        found = Parts((), (), "Områden med siffror är inte desamma båda åren: förändringen delas inte upp.")
    else:
        found = change(first.town.table, last.town.table, measured_by(SHARED))
    _parts("change", last.named(SHARED) | {"since": first.counts.period}, found, last.town, rows)


def _comparable(definition: SegregationDefinition, one: _At, last: _At) -> bool:
    """The same kind of period, after the last declared break before `last`."""
    period, end = parse_period(one.counts.period), parse_period(last.counts.period)
    breaks = [parse_period(each.period).start for each in definition.comparability_breaks]
    return period.series == end.series and all(period.start >= day for day in breaks if day <= end.start)


def _parts(kind: str, named: dict[str, object], found: Parts, town: Town, rows: Rows) -> None:
    """A row for each part; one row with the reason where there are none."""
    about = named | {"kind": kind, "method": f"{kind}/1"}
    if found.reason:
        nothing = {"part": "", "step": 0, "state": state_name(MISSING), "value": None, "reason": found.reason}
        rows.parts.append(about | nothing)
    for step, (name, value) in enumerate(zip(found.names, found.values, strict=True)):
        told = {"state": state_name(town.state), "value": number(value), "reason": town.reason}
        rows.parts.append(about | {"part": name, "step": step} | told)
