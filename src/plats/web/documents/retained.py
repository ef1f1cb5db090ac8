"""How long documents are kept, and everything that goes with one: its files, what was told of it, what was shared."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Release
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.documents.models import Attachment, Document, StoredFile
from plats.web.documents.uploads import remove_unreferenced
from plats.web.notices.models import Notice
from plats.web.retention.registry import Erasing, RetainedRows, register_retained, register_sweep

TITLE = "Raderad handling"
REASON = "Handlingen är raderad."


def closed() -> Any:
    """Those whose matter is over, by the day it was."""
    return Document.objects.filter(closed_on__isnull=False).annotate(event_on=F("closed_on"))


def erase(document: Document, erasing: Erasing) -> None:
    """The row with its attachments; contents that no other document has are removed once it is certain."""
    attachments = list(document.attachments.select_related("file"))
    for attachment in attachments:
        erasing.also(attachment.public_id)
    erasing.values_of(_entries_of_removed_files(document))
    _let_releases_go(document, erasing)
    Notice.objects.filter(url__contains=str(document.public_id)).delete()
    files: list[StoredFile] = [one.file for one in attachments]
    document.delete()
    if files:
        erasing.then(partial(remove_unreferenced, by=erasing.by, only=files))


def register() -> None:
    register_retained(RetainedRows("document", "document", _("handlingar"), closed, erase))
    register_sweep("files", lambda by: remove_unreferenced(by=by))


# Internals


def _entries_of_removed_files(document: Document) -> list[int]:
    """Entries about files that were taken from the document before: their names stand there, and no row does."""
    pointer = f'"document":[{document.pk},null]'
    removals = AuditEntry.objects.filter(kind=Attachment.object_kind, act="document.remove_attachment")
    about = AuditValues.objects.filter(pk__in=removals.values("pk"), values__contains=pointer)
    numbers = set(removals.filter(pk__in=about.values("pk")).values_list("object_id", flat=True))
    told = AuditEntry.objects.filter(kind=Attachment.object_kind, object_id__in=numbers).order_by("pk")
    return list(told.values_list("pk", flat=True))


def _let_releases_go(document: Document, erasing: Erasing) -> None:
    """That something was shared stays in the register of data flows for its own time, without saying what."""
    releases = Release.objects.filter(what=Document.object_kind, object_id=document.public_id)
    for release in releases:
        erasing.also(release.public_id)
        release.title = TITLE
        if release.is_in_force:
            release.revoked_at, release.revoke_reason = timezone.now(), REASON
        release.save(update_fields=["title", "revoked_at", "revoke_reason"])
