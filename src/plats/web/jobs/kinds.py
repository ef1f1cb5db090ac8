"""The kinds of jobs. An app registers its own in ``AppConfig.ready()``::

    register_job(
        JobKind(
            id="report",
            label=_("Skriv rapporten"),
            explanation=_("Kommunens rapport som PDF, DOCX och XLSX."),
            run=run_report,            # run_report(progress, **parameters) -> JobResult
            permission=START,
            form=ReportForm,           # its cleaned data are the parameters
        )
    )

`run` may be started again after a worker has died in the middle of it, so a second time must do no harm: files go to
`progress.folder`, which is the attempt's own; what is written elsewhere is written whole or not at all. Parameters are
plain values and never personal data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django import forms

from plats.vocabulary.messages import Message
from plats.web.common.permissions import Permission
from plats.web.jobs.rules import MAX_ATTEMPTS


class Progress(Protocol):
    """How a job tells how far it has come. A call ends the job when someone has cancelled it."""

    folder: Path

    def __call__(self, text: str | Message, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """What a job came to: a sentence, the files it made in its folder, and the page where the result is seen."""

    summary: Message
    files: tuple[Path, ...] = ()
    url: str = ""


class JobError(Exception):
    """A job that cannot be done; the message says to people what is wrong and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of long work.

    permission  what it takes to start one
    describe    what this job is called, from its parameters; the label when it says nothing
    retries     whether it is tried again when its worker has died
    alone       at most one is queued or running at a time
    listed      whether it is started from the page of jobs; False for one that has a page of its own
    """

    id: str
    label: Any
    explanation: Any
    run: Callable[..., JobResult | None]
    permission: Permission
    describe: Callable[[Mapping[str, Any]], Message]
    form: type[forms.Form] = forms.Form
    button: Any = ""
    retries: bool = True
    max_attempts: int = MAX_ATTEMPTS
    alone: bool = False
    listed: bool = True


_kinds: dict[str, JobKind] = {}


def register_job(kind: JobKind) -> None:
    """Make a kind known; the same id again replaces it."""
    _kinds[kind.id] = kind


def forget_job(kind_id: str) -> None:
    """Take a kind away again: for tests that have put it there."""
    _kinds.pop(kind_id, None)


def job_kind(kind_id: str) -> JobKind | None:
    """The kind, or None when nobody has registered it."""
    return _kinds.get(kind_id)


def job_kinds() -> list[JobKind]:
    """Every kind, by id."""
    return [_kinds[one] for one in sorted(_kinds)]


def kinds_to_start(user: Any) -> list[JobKind]:
    """Those this person may start from the page of jobs."""
    return [kind for kind in job_kinds() if kind.listed and user.may(kind.permission)]
