"""What every row that an organisation owns has in common, and who sees it.

    access = organisation × kind of object × place

A row is seen by those who hold '<kind>.read' in the organisation that owns it, for the place it is about; and by those
who hold it in an organisation to which the row, or everything of its kind, has been released.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models.organisation import Organisation
from plats.web.accounts.models.release import Release
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet

O = TypeVar("O", bound="Owned")  # noqa: E741


class OwnedQuerySet(RecordedQuerySet[O]):
    """Rows of an owned kind. Every list and every look-up goes through `visible_to` or `changeable_by`."""

    def visible_to(self, user: Any) -> OwnedQuerySet[O]:
        """What this person may see. Nothing, for one who is not signed in."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(self._own(user, "read") | self._released(user))

    def changeable_by(self, user: Any, act: str = "write") -> OwnedQuerySet[O]:
        """What this person may do `act` with. A release is for reading only."""
        return self.filter(self._own(user, act)) if user.is_authenticated else self.none()

    def _lying_in(self, places: Collection[int]) -> models.Q | None:
        """Rows about one of these places; None when the kind has no place: then a role for some places reaches all of
        it. A kind with several places per row says here how they are asked."""
        field = self.model.place_field
        return models.Q(**{f"{field}__in": places}) if field else None

    def _own(self, user: Any, act: str) -> models.Q:
        kind = self.model.object_kind
        whole, parts = [], models.Q(pk__in=[])
        for organisation, places in user.grants.places_by_organisation(f"{kind}.{act}").items():
            here = None if places is None else self._lying_in(places)
            if here is None:
                whole.append(organisation)
            else:
                parts |= models.Q(organisation=organisation) & (here | models.Q(created_by=user))
        return models.Q(organisation__in=whole) | parts

    def _released(self, user: Any) -> models.Q:
        """Released rows. The releases are read first, in one query: they are few, and a list of numbers costs less
        than a join."""
        kind = self.model.object_kind
        reach = user.grants.places_by_organisation(f"{kind}.read")
        taken = Release.objects.in_force().filter(to_organisation__in=list(reach), what=kind)
        numbers: dict[tuple[int, int], list[uuid.UUID | None]] = {}
        for taker, giver, number in taken.values_list("to_organisation", "from_organisation", "object_id"):
            numbers.setdefault((taker, giver), []).append(number)
        found = models.Q(pk__in=[])
        for (taker, giver), given in numbers.items():
            # With the giver: a release of what has since gone to another organisation is no release of theirs.
            rows = models.Q(organisation=giver)
            if None not in given:
                rows &= models.Q(public_id__in=given)
            here = None if reach[taker] is None else self._lying_in(reach[taker])
            if here is not None:
                rows &= here
            found |= rows
        return found


class Owned(Recorded):
    """A row that belongs to an organisation.

    object_kind  the kind, as permissions and releases call it: '<kind>.read', '<kind>.write'
    place_field  the field that says which place the row is about; '' when the kind has no place
    revision     counted up at each change, so that the second of two who edit is told
    """

    place_field: ClassVar[str] = ""

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)
    # Empty: the command line did, as with the embedded rows of a municipality.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("skapad av"),
    )
    changed_at = models.DateTimeField(_("ändrad"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("ändring"), default=1, editable=False)

    class Meta:
        abstract = True
