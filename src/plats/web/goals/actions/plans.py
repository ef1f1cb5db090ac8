"""Plans: made, drafted, adopted, published."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import locked, require
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import Record, recorded
from plats.web.goals import rules
from plats.web.goals.kinds import VersionState
from plats.web.goals.models import Goal, GoalVersion, Plan, PlanVersion
from plats.web.goals.models.frozen import FrozenError
from plats.web.goals.permissions import PLAN_ADOPT, PLAN_WRITE
from plats.web.partners.writing import free_slug, set_published


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a row comes from and which moment it depicts."""

    as_of: date | None = None
    source_title: str = ""
    source_url: str = ""
    is_example: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """What a person writes about a plan."""

    title: str
    kind: str
    case_number: str = ""


def create_plan(
    *,
    by: User | None,
    organisation: Organisation,
    content: PlanContent,
    source: Source | None = None,
    public: bool = False,
    first: tuple[date | None, date] | None = None,
) -> Plan:
    """Write a new plan; with a first draft for the days of `first`. Raises ValidationError, field by field, and then
    neither is written.

    Only the command line makes one that is public from the start; for others publishing is an act of its own.
    """
    require(by, organisation, PLAN_WRITE)
    plan = Plan(
        organisation=organisation,
        created_by=by,
        slug=free_slug(Plan, content.title),
        is_public=public and by is None,
        **asdict(content),
        **asdict(source or Source()),
    )
    with recorded(by=by, act="plan.create", organisation=organisation) as record:
        plan.full_clean()
        plan.save()
        record.created(plan)
        if first is not None:
            draft_version(by=by, plan=plan, starts_on=first[0], ends_on=first[1])
    return plan


def begin_plan(
    *,
    by: User | None,
    organisation: Organisation,
    content: PlanContent,
    starts_on: date | None,
    ends_on: date,
) -> PlanVersion:
    """Write a new plan and its first draft, both or neither. What an invented organisation plans is invented too."""
    plan = create_plan(
        by=by,
        organisation=organisation,
        content=content,
        source=Source(is_example=organisation.is_example),
        first=(starts_on, ends_on),
    )
    version: PlanVersion = plan.versions.get()
    return version


def draft_version(*, by: User | None, plan: Plan, starts_on: date | None, ends_on: date) -> PlanVersion:
    """Begin a new version. The adopted one's goals come along, with their targets and budget lines."""
    require(by, plan.organisation, PLAN_WRITE)
    with recorded(by=by, act="plan.draft", organisation=plan.organisation) as record:
        locked(plan)
        earlier = list(plan.versions.order_by("-number"))
        if any(one.state == VersionState.DRAFT for one in earlier):
            raise ValidationError(_("Planen har redan ett utkast. Ändra i det, eller låt anta det först."))
        number = earlier[0].number + 1 if earlier else 1
        version = PlanVersion(plan=plan, number=number, starts_on=starts_on, ends_on=ends_on)
        if starts_on is not None and ends_on < starts_on:
            raise ValidationError({"ends_on": _("Planen slutar innan den börjar. Välj ett senare slut.")})
        version.full_clean()
        version.save()
        record.created(version)
        adopted = next((one for one in earlier if one.state == VersionState.ADOPTED), None)
        if adopted is not None:
            _copy_goals(record, adopted, version)
    return version


def adopt(
    *,
    by: User | None,
    version: PlanVersion,
    revision: int,
    adopted_on: date | None,
    adopted_by: str,
    case_number: str = "",
) -> PlanVersion:
    """Say that the organ has adopted the draft. It is frozen, and the one adopted before becomes replaced.

    Raises FrozenError when it is no draft, ConflictError when it has been changed since `revision`, ValidationError
    when it has no goal or the day lies ahead.
    """
    require(by, version.plan.organisation, PLAN_ADOPT)
    with recorded(by=by, act="plan.adopt", organisation=version.plan.organisation) as record:
        plan: Plan = locked(version.plan)  # as it stands: it may have been published since it was read
        current: PlanVersion = locked(version)
        if not rules.may_change(current.state):
            raise FrozenError
        decision = {"adopted_on": adopted_on, "adopted_by": adopted_by, "case_number": case_number}
        locked_at_revision(current, revision, {})
        _require_adoptable(current)
        if by is not None:
            _require_decision(adopted_on, adopted_by)
        _replace_the_one_before(record, plan)
        record.watch(current)
        for name, value in decision.items():
            setattr(current, name, value)
        current.state = VersionState.ADOPTED
        current.revision += 1
        current.full_clean()
        current.save()
        _carry_to_goals(record, plan, current)
    return current


def publish_plan(*, by: User, plan: Plan, revision: int, public: bool) -> Plan:
    """Let everyone see what of the plan is adopted, or no longer. A goal is seen as long as one plan that is seen
    has it. Raises NotAllowedError, and ConflictError when the plan has changed since it was read."""
    with recorded(by=by, act="plan.publish", organisation=plan.organisation) as record:
        if public and not plan.versions.exclude(state=VersionState.DRAFT).exists():
            raise ValidationError(
                _("Planen är inte antagen än. Låt anta utkastet först, så finns något att visa.")
            )
        current = set_published(by=by, row=plan, revision=revision, public=public)
        record.noted(kind="plan", object_id=str(plan.public_id))
        for goal in _adopted_goals(plan):
            _show(record, goal, public or _seen_elsewhere(goal, plan))
    return current


# Internals


def _require_adoptable(version: PlanVersion) -> None:
    if not version.goals.exists():
        raise ValidationError(_("Utkastet har inget mål. Skriv minst ett innan det antas."))


def _require_decision(adopted_on: date | None, adopted_by: str) -> None:
    """A person knows the day and the organ; what the command line takes from a source may lack them."""
    if adopted_on is None or adopted_on > timezone.localdate():
        raise ValidationError({"adopted_on": _("Dagen har inte varit än. Välj i dag eller tidigare.")})
    if not adopted_by.strip():
        raise ValidationError({"adopted_by": _("Skriv vilket organ som antog planen.")})


def _replace_the_one_before(record: Record, plan: Plan) -> None:
    for before in plan.versions.select_for_update().filter(state=VersionState.ADOPTED):
        record.watch(before)
        before.state = VersionState.REPLACED
        before.revision += 1
        before.save(update_fields=["state", "revision"])


def _carry_to_goals(record: Record, plan: Plan, version: PlanVersion) -> None:
    """A goal is called what the newest adopted version calls it, and is seen when its plan is."""
    for one in version.goals.select_related("goal").order_by("position", "pk"):
        goal = one.goal
        if goal.title != one.title:
            record.watch(goal)
            goal.title = one.title
            _save(goal, "title")
        if plan.is_public:
            _show(record, goal, True)


def _show(record: Record, goal: Goal, public: bool) -> None:
    if goal.is_public != public:
        record.watch(goal)
        goal.is_public = public
        _save(goal, "is_public")


def _save(goal: Goal, field: str) -> None:
    goal.revision += 1
    goal.changed_at = timezone.now()
    goal.save(update_fields=[field, "revision", "changed_at"])


def _adopted_goals(plan: Plan) -> list[Goal]:
    frozen = [VersionState.ADOPTED, VersionState.REPLACED]
    standing = Goal.objects.filter(
        versions__plan_version__plan=plan, versions__plan_version__state__in=frozen
    )
    return list(standing.distinct().order_by("pk"))


def _seen_elsewhere(goal: Goal, plan: Plan) -> bool:
    adopted = goal.versions.filter(
        plan_version__state=VersionState.ADOPTED, plan_version__plan__is_public=True
    )
    return bool(adopted.exclude(plan_version__plan=plan).exists())


def _copy_goals(record: Record, adopted: PlanVersion, version: PlanVersion) -> None:
    for one in adopted.goals.prefetch_related("targets", "budget_lines").order_by("position", "pk"):
        copy = GoalVersion(plan_version=version, **_values(one))
        copy.save()
        record.created(copy)
        for row in (*one.targets.all(), *one.budget_lines.all()):
            model: Any = type(row)
            below = model(goal_version=copy, **_values(row))
            below.save()
            record.created(below)


def _values(row: Any) -> dict[str, Any]:
    """What a row says, without its own numbers and what it hangs under."""
    own = {"id", "public_id", "plan_version", "goal_version"}
    return {
        field.attname: field.value_from_object(row) for field in row._meta.fields if field.name not in own
    }
