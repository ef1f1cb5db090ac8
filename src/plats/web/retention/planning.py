"""What is to be erased: the list that a dry run shows, and the same list that a run carries out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.utils import timezone

from plats.catalog.load import catalog
from plats.catalog.retention import RetentionRule
from plats.web.retention.registry import Retained, retained
from plats.web.retention.rules import due_on, last_ripe_event, tidy_decision


class RuleError(ValueError):
    """A rule that does not exist. The message says which there are."""


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """One object to be erased, or one day's worth of traces."""

    kind: str
    event_on: date
    number: str
    rule: str
    due_on: date
    count: int = 1
    is_trace: bool = False

    @property
    def object_id(self) -> str:
        """Its number outside the database; traces have none."""
        return "" if self.is_trace else self.number


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do on a day. `waiting` is due too, but takes a decision that was not given."""

    as_of: date
    items: tuple[Planned, ...]
    waiting: tuple[Planned, ...] = ()
    decision: str = ""
    decisions: dict[str, str] = field(default_factory=dict)

    def decision_of(self, rule: str) -> str:
        """By which decision things of a rule are erased: the one given, or the rule itself."""
        return self.decisions[rule]

    def limited(self, most: int) -> Plan:
        """The first so many of it: what fits while someone waits for a page."""
        return replace(self, items=self.items[:most])

    def batches(self, size: int) -> Iterator[tuple[str, tuple[Planned, ...]]]:
        """The items of one kind at a time, so many together."""
        for kind in dict.fromkeys(item.kind for item in self.items):
            mine = [item for item in self.items if item.kind == kind]
            for start in range(0, len(mine), size):
                yield kind, tuple(mine[start : start + size])


def make_plan(*, decision: str = "", rules: Collection[str] = (), as_of: date | None = None) -> Plan:
    """What is due on the day (today). With a decision also what takes one; `rules` limits it to some rules.

    Raises RuleError for a rule that does not exist, DecisionError for a number that cannot be one.
    """
    day = as_of or timezone.localdate()
    decided = tidy_decision(decision)
    known = _erasing_rules()
    if unknown := sorted(set(rules) - known.keys()):
        raise RuleError(f"Det finns ingen gallringsregel '{unknown[0]}'. Välj bland: {', '.join(known)}.")
    items: list[Planned] = []
    waiting: list[Planned] = []
    for kind in retained():
        rule = known[kind.rule]
        if not rules or kind.rule in rules:
            takes_decision = rule.needs_decision and not decided
            (waiting if takes_decision else items).extend(_ripe(kind, rule, day))
    decisions = {one: decided if rule.needs_decision else _standing(rule, day) for one, rule in known.items()}
    return Plan(day, tuple(items), tuple(waiting), decided, decisions)


def falling_due(within: int, *, as_of: date | None = None) -> list[Planned]:
    """What is due, and what falls due within so many days, the first first."""
    day = as_of or timezone.localdate()
    known = _erasing_rules()
    ahead = timedelta(days=within)
    found = [item for kind in retained() for item in _ripe(kind, known[kind.rule], day, ahead)]
    return sorted(found, key=lambda item: (item.due_on, item))


# Internals


def _erasing_rules() -> dict[str, RetentionRule]:
    """The rules by which something is let go; what is kept for good is in no plan."""
    return {one: rule for one, rule in catalog().retention_rules.items() if not rule.is_for_ever}


def _ripe(
    kind: Retained, rule: RetentionRule, day: date, ahead: timedelta = timedelta()
) -> Iterator[Planned]:
    days = rule.days(day)
    for one in kind.ripe(last_ripe_event(day + ahead, days)):
        due = due_on(one.event_on, days)
        yield Planned(kind.kind, one.event_on, one.number, kind.rule, due, one.count, kind.is_trace)


def _standing(rule: RetentionRule, day: date) -> str:
    """The decision of a rule that needs no other: the rule, and the day it has been in force from."""
    return f"gallringsregel {rule.rule_id} {rule.on(day).from_.isoformat()}"
