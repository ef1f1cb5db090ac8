"""What belongs to an effort and comes and goes with time: resources, services, decisions, files, and the answers about
children. Each act is one transaction with its entry in the audit chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plats.web.accounts.models import User
from plats.web.audit.recording import recorded
from plats.web.documents.uploads.limits import limit
from plats.web.documents.uploads.names import tidy_name
from plats.web.documents.uploads.storage import claim, store
from plats.web.efforts.actions import require_may_change
from plats.web.efforts.kinds import ChildQuestion
from plats.web.efforts.models import (
    ChildImpact,
    Effort,
    EffortDecision,
    EffortFile,
    EffortResource,
    ServiceReach,
)

REMOVABLE: tuple[Any, ...] = (ServiceReach, EffortResource, EffortDecision, EffortFile)


def add_part(*, by: User, effort: Effort, row: Any) -> Any:
    """Add something that belongs to an effort: a resource, a service, a decision.

    Raises ValidationError, field by field.
    """
    require_may_change(by=by, effort=effort)
    row.effort = effort
    with recorded(by=by, act=f"{row.object_kind}.create", organisation=effort.organisation) as record:
        row.full_clean()
        row.save()
        record.created(row)
    return row


def attach(*, by: User, effort: Effort, file: BinaryIO, name: str) -> EffortFile:
    """Add a file to an effort; once it is published everyone may read the file.

    Raises ValidationError when the file or its name does not pass, and when the same file is there.
    """
    require_may_change(by=by, effort=effort)
    tidied = tidy_name(name)
    EffortFile._meta.get_field("name").clean(tidied, None)
    stored = store(file, by=by, name=name)
    with recorded(by=by, act="effort_file.create", organisation=effort.organisation) as record:
        Effort.objects.select_for_update().get(pk=effort.pk)
        there = list(EffortFile.objects.filter(effort=effort).values_list("file_id", flat=True))
        if stored.pk in there:
            raise ValidationError(_("Filen finns redan på insatsen."))
        if len(there) >= limit("most_files"):
            raise ValidationError(
                _("Insatsen har redan %(most)s filer, fler ryms inte. Ta bort en först.")
                % {"most": limit("most_files")}
            )
        row = EffortFile(effort=effort, file=claim(stored), name=tidied)
        row.save()
        record.created(row)
    return row


def remove_parts(*, by: User, effort: Effort, rows: Collection[Any]) -> None:
    """Take away what no longer belongs to an effort, all of it or nothing. What it said stands in the audit chain."""
    require_may_change(by=by, effort=effort)
    if not rows or any(one.effort_id != effort.pk for one in rows):
        raise ValidationError(_("Välj det som ska bort i listan."))
    with recorded(by=by, act="effort_part.remove", organisation=effort.organisation) as record:
        for one in rows:
            record.removed(one)
            one.delete()


def answer_children(*, by: User, effort: Effort, answers: Mapping[ChildQuestion, str]) -> None:
    """Write the answers about children. An empty answer takes away the one that stood: it is unanswered again.

    Answers that stand already write nothing.
    """
    require_may_change(by=by, effort=effort)
    stands = dict(ChildImpact.objects.filter(effort=effort).values_list("question", "answer"))
    if all(stands.get(question.value, "") == answer.strip() for question, answer in answers.items()):
        return
    with recorded(by=by, act="child_impact.change", organisation=effort.organisation) as record:
        Effort.objects.select_for_update().get(pk=effort.pk)
        # Noted whatever happens: someone else may have written the same a moment ago.
        record.noted(kind=effort.object_kind, object_id=str(effort.public_id))
        there = {one.question: one for one in ChildImpact.objects.filter(effort=effort)}
        for question, answer in answers.items():
            said, row = answer.strip(), there.get(question.value)
            if row is None and said:
                new = ChildImpact(effort=effort, question=question.value, answer=said)
                new.full_clean()
                new.save()
                record.created(new)
            elif row is not None and not said:
                record.removed(row)
                row.delete()
            elif row is not None and said != row.answer:
                record.watch(row)
                row.answer = said
                row.full_clean()
                row.save()
