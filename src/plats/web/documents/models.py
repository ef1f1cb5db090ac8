"""Documents and the files that belong to them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Owned, OwnedQuerySet
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.common.processing import Processing
from plats.web.documents.rules import check_case_number, size_in_words
from plats.web.places.models import Place


class DocumentQuerySet(OwnedQuerySet["Document"]):
    """Documents. What a person sees of them is said by `visible_to`, as for every owned row."""


class Document(Owned):
    """Something written that an organisation answers for, perhaps about a place, perhaps with files."""

    object_kind = "document"
    place_field = "place"

    title = GuardedCharField(_("rubrik"), max_length=200)
    case_number = GuardedCharField(
        _("diarienummer"), max_length=40, blank=True, db_index=True, validators=[check_case_number]
    )
    description = GuardedTextField(
        _("beskrivning"), blank=True, validators=[MaxLengthValidator(10_000)], override_allowed=True
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plats")
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("ansvarig")
    )
    is_protected = models.BooleanField(
        _("skyddad"),
        default=False,
        help_text=_("Varje gång någon öppnar handlingen skrivs det i granskningsloggen."),
    )
    # The day its time in the archive is counted from. Empty: the matter goes on.
    closed_on = models.DateField(_("avslutad"), null=True, blank=True)

    # How many files it has, where a list has counted them.
    files: int = 0

    objects: ClassVar[Any] = models.Manager.from_queryset(DocumentQuerySet)()

    processing = Processing(
        purpose=_("Hålla ordning på de handlingar som organisationerna arbetar med på kommunens platser."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som ansvarar för en handling, och de som nämns i den trots spärren för fri text"),
        data=_("Rubrik, beskrivning, diarienummer, ansvarig"),
        personal=("title", "description", "responsible", "created_by"),
        retention="document",
        secrecy={"description": "OSL 21:1, 18:1 och 26:1"},
    )

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlingar")
        ordering = ("-changed_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "-changed_at"], name="document_latest_of_owner"),
            models.Index(fields=["-changed_at", "-id"], name="document_latest"),
            models.Index(fields=["closed_on"], name="document_closed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.public_id])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


class StoredFile(Recorded):
    """A content on disk, under its hash. Whatever has it points here; what nothing points at is swept."""

    object_kind = "file"

    sha256 = models.CharField(_("hash"), max_length=64)
    media_type = models.CharField(_("medietyp"), max_length=100)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    stored_at = models.DateTimeField(_("sparad"), default=timezone.now, editable=False)
    unreferenced_since = models.DateTimeField(
        _("utan hänvisning sedan"), null=True, blank=True, editable=False
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(RecordedQuerySet)()

    processing = Processing(
        purpose=_("Hålla de filer som bifogats handlingar."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som nämns eller syns i filerna"),
        data=_("Filens innehåll, utan uppgift om var och när en bild är tagen"),
        personal=("sha256",),
    )

    class Meta:
        verbose_name = _("lagrad fil")
        verbose_name_plural = _("lagrade filer")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sha256", "media_type"], name="stored_file_is_one"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class AttachmentQuerySet(RecordedQuerySet["Attachment"]):
    def visible_to(self, user: Any) -> AttachmentQuerySet:
        """Those of documents that the person may see."""
        return self.filter(document__in=Document.objects.visible_to(user))

    def changeable_by(self, user: Any) -> AttachmentQuerySet:
        """Those of documents that the person may change."""
        return self.filter(document__in=Document.objects.changeable_by(user))


class Attachment(Recorded):
    """A file of a document, under the name it was sent with."""

    object_kind = "attachment"

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("handling")
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("lagrad fil")
    )
    name = GuardedCharField(_("filens namn"), max_length=120)
    added_at = models.DateTimeField(_("bifogad"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("bifogad av")
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(AttachmentQuerySet)()

    processing = Processing(
        purpose=_("Veta vilka filer som hör till en handling och vem som bifogat dem."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som arbetar i systemet"),
        data=_("Filens namn, vem som bifogat den, tid"),
        personal=("name", "added_by"),
    )

    class Meta:
        verbose_name = _("bilaga")
        verbose_name_plural = _("bilagor")
        ordering = ("added_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "file"], name="attachment_is_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size_in_words(self) -> str:
        return size_in_words(self.file.size)
