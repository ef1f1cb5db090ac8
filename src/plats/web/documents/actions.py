"""What is done with documents. Each act is one transaction with its entries in the audit chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from plats.web.accounts.allowed import NotAllowedError, locked
from plats.web.accounts.conflicts import locked_at_revision
from plats.web.accounts.models import Organisation, User
from plats.web.audit.recording import recorded
from plats.web.common.guard import overriding
from plats.web.documents.models import Attachment, Document
from plats.web.documents.permissions import WRITE
from plats.web.documents.rules import tidy_case_number
from plats.web.documents.uploads import claim, store, tidy_name
from plats.web.documents.uploads.limits import limit
from plats.web.places.models import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a person writes about a document."""

    title: str
    case_number: str = ""
    description: str = ""
    place: Place | None = None
    responsible: User
    is_protected: bool = False

    def tidied(self) -> dict[str, Any]:
        """By the document's field, as it is kept."""
        wanted = {one.name: getattr(self, one.name) for one in fields(self)}
        texts = {"title": self.title.strip(), "case_number": tidy_case_number(self.case_number)}
        return wanted | texts | {"description": self.description.replace("\r\n", "\n").strip()}


def create_document(*, by: User, organisation: Organisation, content: Content, reason: str = "") -> Document:
    """Write a new document. `reason` is why a description is saved that the guard stopped.

    Raises ValidationError, field by field, when something is missing or wrong.
    """
    _require_write(by, organisation, content.place)
    document = Document(organisation=organisation, created_by=by, **content.tidied())
    act = recorded(by=by, act="document.create", organisation=organisation, reason=reason)
    with act as record, overriding(record):
        if locked(organisation).closed_at is not None:
            raise ValidationError(_("Organisationen är avslutad och kan inte få nya handlingar."))
        document.full_clean()
        document.save()
        record.created(document)
    return document


def change_document(
    *, by: User, document: Document, revision: int, content: Content, reason: str = ""
) -> Document:
    """Write what has changed, if the document still is as it was at `revision`.

    Raises ConflictError when someone else has changed it, ValidationError when something is missing or wrong.
    """
    _require_changeable(by, document)
    wanted = content.tidied()
    act = recorded(by=by, act="document.change", organisation=document.organisation, reason=reason)
    with act as record, overriding(record):
        current = locked_at_revision(document, revision, wanted)
        _refuse_closed(current)
        if content.place != current.place:
            _require_write(by, document.organisation, content.place)
        record.watch(current)
        changed = [name for name, value in wanted.items() if getattr(current, name) != value]
        for name in changed:
            setattr(current, name, wanted[name])
        current.clean_fields(exclude={one.name for one in current._meta.fields} - set(changed))
        _save(current, changed)
    return current


def close_document(*, by: User, document: Document, closed_on: date) -> None:
    """Say that the matter is over: from this day its time in the archive is counted."""
    _require_changeable(by, document)
    if closed_on > timezone.localdate():
        raise ValidationError({"closed_on": _("Dagen har inte varit än. Välj i dag eller tidigare.")})
    made_on = timezone.localdate(document.created_at)
    if closed_on < made_on:
        # From this day its time is counted: a year mistyped would let it fall due at once.
        raise ValidationError(
            {"closed_on": _("Handlingen lades upp %(day)s. Välj den dagen eller senare.") % {"day": made_on}}
        )
    with recorded(by=by, act="document.close", organisation=document.organisation) as record:
        current = locked(document)
        record.watch(current)
        current.closed_on = closed_on
        _save(current, ["closed_on"])


def reopen_document(*, by: User, document: Document) -> None:
    """Go on with a matter that was said to be over."""
    _require_changeable(by, document)
    with recorded(by=by, act="document.reopen", organisation=document.organisation) as record:
        current = locked(document)
        record.watch(current)
        current.closed_on = None
        _save(current, ["closed_on"])


def attach(*, by: User, document: Document, file: BinaryIO, name: str) -> Attachment:
    """Add a file to a document. Raises ValidationError when the file or its name does not pass."""
    _require_changeable(by, document)
    Attachment._meta.get_field("name").clean(tidy_name(name), None)
    stored = store(file, by=by, name=name)
    with recorded(by=by, act="document.attach", organisation=document.organisation) as record:
        current = locked(document)
        _refuse_closed(current)
        there = list(current.attachments.select_related("file"))
        if any(one.file_id == stored.pk for one in there):
            raise ValidationError(_("Filen finns redan på handlingen."))
        if len(there) >= limit("most_files"):
            raise ValidationError(
                _("Handlingen har redan %(most)s filer, fler ryms inte. Lägg upp en handling till.")
                % {"most": limit("most_files")}
            )
        attachment = Attachment(document=current, file=claim(stored), name=tidy_name(name), added_by=by)
        attachment.save()
        record.created(attachment)
        _touch(record, current)
    return attachment


def remove_attachment(*, by: User, attachment: Attachment) -> None:
    """Take a file from its document. The content goes when nothing has it any more, after a while."""
    document = attachment.document
    _require_changeable(by, document)
    with recorded(by=by, act="document.remove_attachment", organisation=document.organisation) as record:
        current = locked(document)
        _refuse_closed(current)
        record.removed(attachment)
        attachment.delete()
        _touch(record, current)


def transfer_documents(
    *, by: User | None, from_user: User, to_user: User, organisation: Organisation
) -> None:
    """Let someone else answer for everything that one person answers for in the organisation."""
    with recorded(by=by, act="document.transfer", organisation=organisation) as record:
        mine = Document.objects.filter(organisation=organisation, responsible=from_user).order_by("pk")
        for document in mine.select_for_update():
            record.watch(document)
            document.responsible = to_user
            document.revision += 1
            document.save(update_fields=["responsible", "revision"])
        record.noted(kind="user", object_id=str(from_user.public_id))


# Internals


def _require_write(by: User, organisation: Organisation, place: Place | None) -> None:
    """Go on if `by` may write documents here, about this place. One whose role is for some places must name one."""
    reach = by.grants.places_by_organisation(WRITE.id)
    if organisation.pk not in reach:
        raise NotAllowedError(f"{by.public_id}: {WRITE.id}")
    places = reach[organisation.pk]
    if places is not None and (place is None or place.pk not in places):
        raise ValidationError({"place": _("Välj en av de platser som din roll gäller för.")})


def _require_changeable(by: User, document: Document) -> None:
    if not Document.objects.changeable_by(by).filter(pk=document.pk).exists():
        raise NotAllowedError(f"{by.public_id}: {WRITE.id} {document.public_id}")


def _refuse_closed(document: Document) -> None:
    if document.is_closed:
        raise ValidationError(_("Handlingen är avslutad. Öppna den igen för att ändra den."))


def _save(document: Document, changed: Iterable[str]) -> None:
    """Write the fields, count up the revision and note when."""
    document.revision += 1
    document.changed_at = timezone.now()
    document.save(update_fields=[*changed, "revision", "changed_at"])


def _touch(record: Any, document: Document) -> None:
    """What belongs to the document has changed, but nothing that two people could write at once."""
    record.watch(document)
    document.changed_at = timezone.now()
    document.save(update_fields=["changed_at"])
