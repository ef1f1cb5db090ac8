"""What a goal of a draft is measured by, and the money set aside for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.catalog.load import catalog
from plats.web.accounts.models import User
from plats.web.goals import rules
from plats.web.goals.actions.ground import changing
from plats.web.goals.models import BudgetLine, GoalVersion, Target
from plats.web.places.models import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetContent:
    """An indicator that is to go from a baseline to a target, somewhere."""

    indicator: str
    scope: str
    direction: str
    baseline_year: int
    target: float
    target_year: int
    baseline: float | None = None
    place: Place | None = None
    area_type: int | None = None

    def by_field(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def add_target(*, by: User | None, one: GoalVersion, revision: int, content: TargetContent) -> Target:
    """Tie the goal to an indicator. Raises ValidationError, field by field: an indicator that nobody has, a target
    before its baseline or on the wrong side of it, a scope without its place."""
    version = one.plan_version
    with changing(by=by, act="target.add", version=version, revision=revision) as record:
        faults = _faults(content)
        if faults:
            raise ValidationError(faults)
        target = Target(goal_version=one, **content.by_field())
        target.full_clean()
        target.save()
        record.created(target)
    return target


def change_target(*, by: User | None, target: Target, revision: int, content: TargetContent) -> Target:
    """Set a target of the draft anew. Raises as `add_target`; then nothing is changed."""
    version = target.goal_version.plan_version
    with changing(by=by, act="target.change", version=version, revision=revision) as record:
        faults = _faults(content)
        if faults:
            raise ValidationError(faults)
        record.watch(target)
        for name, wanted in content.by_field().items():
            setattr(target, name, wanted)
        target.full_clean()
        target.save()
    return target


def remove_target(*, by: User | None, target: Target, revision: int) -> None:
    """Untie the goal from an indicator."""
    version = target.goal_version.plan_version
    with changing(by=by, act="target.remove", version=version, revision=revision) as record:
        record.removed(target)
        target.delete()


def add_budget_line(
    *, by: User | None, one: GoalVersion, revision: int, year: int | None, label: str, amount_ore: int | None
) -> BudgetLine:
    """Set money aside for the goal. The year and the amount are None when nobody has said which, or how much."""
    version = one.plan_version
    with changing(by=by, act="budget_line.add", version=version, revision=revision) as record:
        line = BudgetLine(goal_version=one, year=year, label=label, amount_ore=amount_ore)
        line.full_clean()
        line.save()
        record.created(line)
    return line


def remove_budget_line(*, by: User | None, line: BudgetLine, revision: int) -> None:
    """Take a budget line from the goal."""
    version = line.goal_version.plan_version
    with changing(by=by, act="budget_line.remove", version=version, revision=revision) as record:
        record.removed(line)
        line.delete()


# Internals


def _faults(content: TargetContent) -> dict[str, str]:
    found = {
        field: _words(code)
        for field, code in rules.target_faults(
            scope=content.scope,
            has_place=content.place is not None,
            area_type=content.area_type,
            known_types=set(catalog().indicators["area_type"].class_labels),
            baseline_year=content.baseline_year,
            target_year=content.target_year,
        ).items()
    }
    if content.indicator not in catalog().indicators:
        found["indicator"] = _("Det finns ingen indikator som heter %(id)s. Välj en i listan.") % {
            "id": content.indicator
        }
    if not math.isfinite(content.target):
        found["target"] = _("Målvärdet ska vara ett tal.")
    elif content.baseline is not None and not _leads(content):
        found["target"] = _("Målvärdet ligger inte åt det håll som målet ska gå från utgångsläget.")
    return found


def _leads(content: TargetContent) -> bool:
    away = content.target - (content.baseline or 0.0)
    return away > 0 if content.direction == "up" else away < 0


def _words(code: str) -> str:
    return {
        "before_baseline": _("Målåret ska komma efter utgångsåret."),
        "place_missing": _("Välj vilken plats målvärdet gäller."),
        "place_not_asked": _(
            "Målvärdet gäller inte en plats. Ta bort platsen, eller välj att det gäller en."
        ),
        "type_missing": _("Välj vilket slags områden målvärdet gäller."),
        "type_unknown": _("Det finns ingen sådan områdestyp. Välj en i listan."),
        "type_not_asked": _("Målvärdet gäller inte ett slags områden. Ta bort områdestypen."),
    }[code]
