"""Reads of what has been handed out and erased, and of what falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from plats.catalog.load import catalog
from plats.web.common.cases import CaseHit, CaseRecord, case_kind, case_kinds
from plats.web.common.language import language
from plats.web.registers.models import Handout
from plats.web.retention.models import Tombstone
from plats.web.retention.planning import Planned, falling_due
from plats.web.retention.registry import retained_kind

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """How much is due by a rule today, and how much falls due within the days asked for."""

    rule: str
    title: str
    days: int
    needs_decision: bool
    due: int
    coming: int
    first_due_on: date | None


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something that is due or falls due, as the list shows it."""

    kind: str
    object_id: str
    count: int
    rule: str
    event_on: date
    due_on: date
    is_due: bool


def find_cases(user: Any, text: str) -> list[CaseHit]:
    """Everything with this case number that the person may see, of every kind."""
    return [hit for kind in case_kinds() for hit in kind.search(user, text)]


def find_case(user: Any, kind: str, number: UUID) -> CaseRecord | None:
    """A record to hand out, if it is one's organisation's."""
    known = case_kind(kind)
    return known.find(user, number) if known is not None else None


def list_handouts(user: Any, number: int = 1) -> tuple[list[Handout], bool]:
    """A page of what one's organisations have handed out, the latest first, and whether there is more."""
    rows = (
        Handout.objects.visible_to(user).select_related("organisation", "made_by").order_by("-made_at", "-pk")
    )
    found = list(rows[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH + 1])
    return found[:PAGE_LENGTH], len(found) > PAGE_LENGTH


def find_handout(user: Any, number: UUID) -> Handout | None:
    rows = Handout.objects.visible_to(user).select_related("organisation", "made_by")
    found: Handout | None = rows.filter(public_id=number).first()
    return found


def tombstones(user: Any, rule: str = "") -> Any:
    """What has been erased, the latest first."""
    rows = Tombstone.objects.visible_to(user).order_by("-erased_at", "-pk")
    return rows.filter(rule=rule) if rule else rows


def due_lines(within: int, rule: str = "") -> list[DueLine]:
    """What is due and what falls due within so many days, the first first."""
    today = timezone.localdate()
    return [_due_line(item, today) for item in falling_due(within) if not rule or item.rule == rule]


def rule_summaries(within: int) -> list[RuleSummary]:
    """Each rule by which something is let go, with how much is due, and how much falls due within so many days."""
    today = timezone.localdate()
    items = falling_due(within)
    found = []
    for rule_id, rule in catalog().retention_rules.items():
        if rule.is_for_ever:
            continue
        mine = [item for item in items if item.rule == rule_id]
        due = sum(item.count for item in mine if item.due_on <= today)
        coming = sum(item.count for item in mine if item.due_on > today)
        first = min((item.due_on for item in mine), default=None)
        title = rule.title.write(language())
        found.append(RuleSummary(rule_id, title, rule.days(today), rule.needs_decision, due, coming, first))
    return sorted(found, key=lambda one: one.title.casefold())


def kind_label(kind: str) -> str:
    """What a kind is called in the plural; its id when no app has it any more."""
    known = retained_kind(kind)
    return str(known.label) if known is not None else kind


# Internals


def _due_line(item: Planned, today: date) -> DueLine:
    label = kind_label(item.kind)
    return DueLine(
        label, item.object_id, item.count, item.rule, item.event_on, item.due_on, item.due_on <= today
    )
