"""For each address that is about an object: one of one's own organisation, and one of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from plats.web.accounts.models import Invitation, LegalBasis, Membership, Organisation, Release, Unit, User
from plats.web.accounts.tests.world import World, make_user
from plats.web.audit.models import AuditEntry
from plats.web.audit.recording import append, unrecorded
from plats.web.documents.models import Attachment, Document
from plats.web.documents.uploads import store
from plats.web.efforts.models import Effort
from plats.web.goals.models import BudgetLine, Goal, GoalVersion, Plan, PlanVersion, Target
from plats.web.jobs.models import Job
from plats.web.jobs.states import State
from plats.web.partners.models import (
    Activity,
    Agreement,
    CitizenPromise,
    Commitment,
    FocusArea,
    PartnerContact,
    PartnerPage,
)
from plats.web.registers.models import Handout

Arguments = Callable[["Things"], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Things:
    """What one organisation has: one of each kind."""

    organisation: Organisation
    person: User
    unit: Unit
    membership: Membership
    invitation: Invitation
    release: Release
    document: Document
    attachment: Attachment
    job: Job
    entry: int
    handout: Handout
    effort_file: Job
    agreement: Agreement
    commitment: Commitment
    activity: Activity
    promise: CitizenPromise
    contact: PartnerContact
    plan_version: PlanVersion
    goal_version: GoalVersion
    target: Target
    budget_line: BudgetLine
    effort: Effort


@dataclass(frozen=True, slots=True)
class Sample:
    """The address's arguments for an organisation's things, and why another organisation's opens where it does."""

    arguments: Arguments
    shared: str = ""


def _by(name: str) -> Arguments:
    return lambda things: {"public_id": getattr(things, name).public_id}


def _of(name: str, shared: str = "") -> Sample:
    return Sample(_by(name), shared)


def _activity(things: Things) -> dict[str, Any]:
    numbers = {"public_id": things.agreement.public_id, "number": things.activity.public_id}
    return {"part": "aktiviteter", **numbers}


ORGANISATIONS_ARE_KNOWN = "which organisations take part is known to all who do; who works there is not shown"
TITLE = {"text": "Rapport", "parts": {}}
FILE_TRIED = {"file": {"number": 1, "suffix": "csv"}, "who": {"number": 1}, "write": False}
ASKED_FOR = "a page that only asks for a name of a kind, not for an object of anyone's"

SAMPLES: dict[str, Sample] = {
    "audit:entry": Sample(lambda things: {"sequence": things.entry}),
    "audit:object": Sample(lambda things: {"object_id": str(things.document.public_id)}),
    "registers:hand_out": Sample(lambda things: {"kind": "document", "number": things.document.public_id}),
    "registers:handout": Sample(lambda things: {"number": things.handout.public_id}),
    "registers:handout_file": Sample(lambda things: {"number": things.handout.public_id}),
    "accounts:organisation": _of("organisation", ORGANISATIONS_ARE_KNOWN),
    "accounts:organisation_change": _of("organisation"),
    "accounts:organisation_close": _of("organisation"),
    "accounts:unit_new": _of("organisation"),
    "accounts:invite": _of("organisation"),
    "accounts:handover": _of("organisation"),
    "accounts:role_new": Sample(
        lambda things: {"public_id": things.organisation.public_id, "person_id": things.person.public_id}
    ),
    "accounts:unit_change": _of("unit"),
    "accounts:unit_close": _of("unit"),
    "accounts:membership_change": _of("membership"),
    "accounts:membership_end": _of("membership"),
    "accounts:invitation_resend": _of("invitation"),
    "accounts:invitation_withdraw": _of("invitation"),
    "accounts:account": _of("person"),
    "accounts:account_restore": _of("person"),
    "accounts:account_switch": _of("person"),
    "accounts:account_close": _of("person"),
    "accounts:account_reopen": _of("person"),
    "accounts:release": _of("release"),
    "accounts:release_revoke": _of("release"),
    "efforts:change": _of("effort"),
    "efforts:publish": _of("effort"),
    "efforts:part_new": Sample(lambda things: {"public_id": things.effort.public_id, "part": "service"}),
    "efforts:file_new": _of("effort"),
    "efforts:children": _of("effort"),
    "efforts:shares": _of("effort"),
    "efforts:parts_remove": _of("effort"),
    "efforts:tie": Sample(lambda things: {"slug": things.effort.slug}),
    "exchange:export": Sample(lambda _: {"suffix": "csv"}, ASKED_FOR),
    "exchange:outcome": _of("effort_file"),
    "exchange:write": _of("effort_file"),
    "jobs:start": Sample(lambda _: {"kind": "report"}, ASKED_FOR),
    "jobs:job": _of("job"),
    "jobs:state": _of("job"),
    "jobs:cancel": _of("job"),
    "jobs:file": Sample(lambda things: {"public_id": things.job.public_id, "name": "rapport.pdf"}),
    "partners:agreement_change": _of("agreement"),
    "partners:agreement_publish": _of("agreement"),
    "partners:commitment_change": _of("commitment"),
    "partners:commitment_publish": _of("commitment"),
    "partners:agreement_plan": _of("agreement"),
    "partners:agreement_renew": _of("agreement"),
    "partners:contact_change": _of("contact"),
    "partners:contact_new": _of("organisation"),
    "partners:contact_remove": _of("contact"),
    "partners:page_write": _of("organisation"),
    "partners:part_change": Sample(_activity),
    "partners:part_new": Sample(
        lambda things: {"public_id": things.agreement.public_id, "part": "aktiviteter"}
    ),
    "partners:part_remove": Sample(_activity),
    "partners:promise_change": _of("promise"),
    "partners:promise_publish": _of("promise"),
    "partners:duty_change": Sample(
        lambda things: {"public_id": things.organisation.public_id, "duty": "council"}
    ),
    "goals:adopt": _of("plan_version"),
    "goals:budget_new": _of("goal_version"),
    "goals:budget_remove": _of("budget_line"),
    "goals:draft": _of("plan_version"),
    "goals:draft_new": Sample(lambda things: {"slug": things.plan_version.plan.slug}),
    "goals:follow_up": Sample(lambda things: {"slug": things.goal_version.goal.slug}),
    "goals:goal_change": _of("goal_version"),
    "goals:goal_new": _of("plan_version"),
    "goals:goal_place": _of("goal_version"),
    "goals:goal_remove": _of("goal_version"),
    "goals:plan_publish": Sample(lambda things: {"slug": things.plan_version.plan.slug}),
    "goals:target_change": _of("target"),
    "goals:target_new": _of("goal_version"),
    "goals:target_remove": _of("target"),
    "documents:export": Sample(lambda _: {"suffix": "csv"}, ASKED_FOR),
    "documents:document": _of("document"),
    "documents:change": _of("document"),
    "documents:close": _of("document"),
    "documents:reopen": _of("document"),
    "documents:attach": _of("document"),
    "documents:download": Sample(
        lambda things: {
            "public_id": things.document.public_id,
            "attachment_id": things.attachment.public_id,
        }
    ),
    "documents:remove": Sample(
        lambda things: {
            "public_id": things.document.public_id,
            "attachment_id": things.attachment.public_id,
        }
    ),
}


def make_things(world: World, organisation: Organisation, analyst: User, third: Organisation) -> Things:
    """One of each kind for the organisation. `third` is neither of the two that are compared."""
    stored = store(BytesIO(b"exempel"), by=analyst, name="a.txt")
    with unrecorded("what the access matrix is asked with"):
        person = make_user()
        unit = Unit.objects.create(organisation=organisation, name="Enhet (exempel)")
        membership = Membership.objects.create(user=person, organisation=organisation, role="reporter")
        invitation = Invitation.objects.create(
            token_digest=f"{organisation.pk:064d}",
            email=f"inbjuden{organisation.pk}@exempel.se",
            organisation=organisation,
            role="reporter",
            expires_at=timezone.now() + timedelta(days=14),
        )
        release = Release.objects.create(
            from_organisation=organisation,
            to_organisation=third,
            what="other",
            title="Något (exempel)",
            purpose="Exempel",
            legal_basis=LegalBasis.PUBLIC,
            valid_until=timezone.localdate() + timedelta(days=30),
        )
        document = Document.objects.create(
            organisation=organisation, title="Handling (exempel)", created_by=analyst, responsible=analyst
        )
        attachment = Attachment.objects.create(document=document, file=stored, name="a.txt", added_by=analyst)
    job, handout = _job(organisation, analyst), _handout(document, analyst)
    told = {"kind": "document", "object_id": str(document.public_id)}
    append(by=analyst, act="exempel", organisation=organisation, **told)
    entry = AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True)[0]
    return Things(
        organisation,
        person,
        unit,
        membership,
        invitation,
        release,
        document,
        attachment,
        job,
        entry,
        handout,
        _job(organisation, analyst, "effort_file", FILE_TRIED),
        *_promised(organisation),
        *_planned(organisation),
        _done(organisation),
    )


# Internals


def _job(organisation: Organisation, analyst: User, kind: str = "report", parameters: Any = None) -> Job:
    """A job that is done, with a report as its file."""
    with unrecorded("what the access matrix is asked with"):
        job = Job.objects.create(
            kind=kind,
            parameters=parameters or {},
            title=TITLE,
            started_by=analyst,
            organisation=organisation,
            state=State.DONE,
            finished_at=timezone.now(),
            result={"summary": TITLE, "url": "", "files": ["rapport.pdf"]},
        )
    job.folder_of(job.attempts).mkdir(parents=True, exist_ok=True)
    (job.folder_of(job.attempts) / "rapport.pdf").write_bytes(b"%PDF-exempel")
    return job


def _handout(document: Document, analyst: User) -> Handout:
    with unrecorded("what the access matrix is asked with"):
        handout: Handout = Handout.objects.create(
            organisation=document.organisation,
            kind="document",
            object_id=document.public_id,
            content=[{"label": "rubrik", "text": "Handling (exempel)"}],
            made_by=analyst,
        )
    return handout


def _promised(
    organisation: Organisation,
) -> tuple[Agreement, Commitment, Activity, CitizenPromise, PartnerContact]:
    """An agreement with an activity, a commitment, a citizen promise and a page with a contact, none published."""
    today = timezone.localdate()
    with unrecorded("what the access matrix is asked with"):
        agreement: Agreement = Agreement.objects.create(
            organisation=organisation,
            slug=f"avtal-{organisation.pk}",
            title="Avtal (exempel)",
            starts_on=today,
            ends_on=today,
        )
        commitment: Commitment = Commitment.objects.create(
            organisation=organisation,
            slug=f"lofte-{organisation.pk}",
            title="Löfte (exempel)",
            made_in="plan",
            made_on=today,
        )
        area = FocusArea.objects.create(agreement=agreement, topic="other")
        activity: Activity = Activity.objects.create(focus_area=area, what="Något (exempel)")
        promise: CitizenPromise = CitizenPromise.objects.create(
            organisation=organisation,
            slug=f"medborgarlofte-{organisation.pk}",
            title="Löfte (exempel)",
            theme="Något (exempel)",
            starts_on=today,
            ends_on=today,
        )
        page = PartnerPage.objects.create(organisation=organisation, slug=f"partner-{organisation.pk}")
        contact: PartnerContact = PartnerContact.objects.create(page=page, function="Växeln (exempel)")
    return agreement, commitment, activity, promise, contact


def _planned(organisation: Organisation) -> tuple[PlanVersion, GoalVersion, Target, BudgetLine]:
    """A draft with a goal, a target and a budget line, of a plan that is not published."""
    today, number = timezone.localdate(), organisation.pk
    with unrecorded("what the access matrix is asked with"):
        plan = Plan.objects.create(
            organisation=organisation, slug=f"plan-{number}", title="Plan (exempel)", kind="committee"
        )
        goal = Goal.objects.create(organisation=organisation, slug=f"mal-{number}", title="Mål (exempel)")
        version: PlanVersion = PlanVersion.objects.create(plan=plan, number=1, starts_on=today, ends_on=today)
        said: GoalVersion = GoalVersion.objects.create(
            goal=goal, plan_version=version, level="goal", title="Mål (exempel)"
        )
        target: Target = Target.objects.create(
            goal_version=said,
            indicator="employed_share",
            scope="municipality",
            direction="up",
            baseline_year=2022,
            target=0.8,
            target_year=2030,
        )
        line: BudgetLine = BudgetLine.objects.create(goal_version=said, label="Rad (exempel)")
    return version, said, target, line


def _done(organisation: Organisation) -> Effort:
    """An effort that is not published."""
    with unrecorded("what the access matrix is asked with"):
        effort: Effort = Effort.objects.create(
            organisation=organisation,
            slug=f"insats-{organisation.pk}",
            title="Insats (exempel)",
            kind="other",
            problem="Något (exempel)",
            cause="Okänd",
        )
    return effort
