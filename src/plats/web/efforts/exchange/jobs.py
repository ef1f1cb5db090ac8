"""Reading a file of efforts beside the site: tried first, then done, with progress and a report row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from plats.vocabulary.messages import Count, Message
from plats.web.accounts.models import User
from plats.web.documents.models import StoredFile
from plats.web.documents.uploads import open_stored
from plats.web.efforts.exchange.actions import ExchangeError, do_plan
from plats.web.efforts.exchange.files import TableError
from plats.web.efforts.exchange.kinds import KIND
from plats.web.efforts.exchange.planning import Fate, Plan, plan_file
from plats.web.efforts.exchange.report import REPORT, write_report
from plats.web.efforts.permissions import EXCHANGE
from plats.web.jobs.kinds import JobError, JobKind, JobResult, Progress, job_kind, register_job


def register_jobs() -> None:
    """Let a file of efforts be read beside the site."""
    register_job(
        JobKind(
            id=KIND,
            label=_("Läs in insatser"),
            explanation=_("Läser en fil med insatser: prövar den, eller skriver det som står i den."),
            run=run_file,
            permission=EXCHANGE,
            describe=_describe,
            listed=False,
        )
    )


def kind() -> JobKind:
    """The kind, to start one with. Parameters are numbers and no names."""
    found = job_kind(KIND)
    if found is None:
        raise LookupError(KIND)
    return found


def run_file(progress: Progress, *, file: dict[str, Any], who: dict[str, Any], write: bool) -> JobResult:
    """Read the file as the one who sent it may now. Started again it does no harm: what is written is unchanged."""
    by = User.objects.filter(pk=who["number"]).first()
    stored = StoredFile.objects.filter(pk=file["number"]).first()
    if by is None or not by.may(EXCHANGE) or stored is None:
        raise JobError(Message("Filen eller rätten att läsa in den finns inte längre. Skicka filen igen."))
    try:
        with open_stored(stored) as content:
            plan = plan_file(
                content.read(),
                file["suffix"],
                by=by,
                progress=lambda done, total: progress(Message("Läser raderna"), done, total + 1),
            )
        written = _written(by, plan, progress) if write else None
    except (TableError, ExchangeError) as error:
        raise JobError(Message("{text}", text=str(error))) from error
    progress.folder.mkdir(parents=True, exist_ok=True)
    path = progress.folder / REPORT
    path.write_bytes(write_report(plan))
    return JobResult(summary=_summary(plan, written), files=(path,))


# Internals


def _written(by: User, plan: Plan, progress: Progress) -> int | None:
    """How many were written; None when a row was refused, so that nothing was."""
    if plan.of(Fate.REFUSED):
        return None
    return do_plan(
        by=by,
        plan=plan,
        progress=lambda done, total: progress(Message("Skriver insatserna"), done, total + 1),
    )


def _summary(plan: Plan, written: int | None) -> Message:
    counts = {str(fate): Count(number) for fate, number in plan.counts.items()}
    if written is not None:
        return Message(
            "Skrivet: {new} nya och {changed} ändrade. {unchanged} var oförändrade.",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        )
    if plan.counts[Fate.REFUSED]:
        return Message(
            "Inget är skrivet. {refused} rader avvisas; {new} nya, {changed} ändrade, {unchanged} oförändrade.",
            **counts,
        )
    return Message(
        "Inget är skrivet än. {new} nya, {changed} ändrade, {unchanged} oförändrade, ingen avvisad.",
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
    )


def _describe(parameters: Mapping[str, Any]) -> Message:
    return Message("Läs in insatser ur fil") if parameters["write"] else Message("Pröva en fil med insatser")
