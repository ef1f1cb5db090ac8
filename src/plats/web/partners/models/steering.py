"""What agreements, goals, efforts and commitments have in common: owned by one organisation, published when decided."""

from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Owned, OwnedQuerySet
from plats.web.common.guard import GuardedCharField
from plats.web.documents.rules import check_case_number

S = TypeVar("S", bound="Steering")


class SteeringQuerySet(OwnedQuerySet[S]):
    """Rows that everyone sees when they are published, and otherwise those who see the owner's rows."""

    def published(self) -> SteeringQuerySet[S]:
        """What everyone sees."""
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> SteeringQuerySet[S]:
        if not user.is_authenticated:
            return self.published()
        return self.filter(models.Q(is_public=True) | self._own(user, "read") | self._released(user))


class Steering(Owned):
    """A row that steers or tells what is done.

    slug     its address, made from the title once and never changed
    as_of    the moment it depicts; empty: today
    """

    slug = models.SlugField(_("adress"), max_length=90, unique=True, editable=False)
    is_public = models.BooleanField(_("publicerad"), default=False)
    is_example = models.BooleanField(_("exempel"), default=False, editable=False)
    as_of = models.DateField(_("läge"), null=True, blank=True)
    source_title = GuardedCharField(_("källa"), max_length=200, blank=True)
    source_url = models.URLField(_("källans adress"), max_length=300, blank=True)
    case_number = GuardedCharField(
        _("diarienummer"), max_length=40, blank=True, db_index=True, validators=[check_case_number]
    )

    class Meta:
        abstract = True


class Handled(Steering):
    """A row that someone in the owning organisation sees to: asked inside the house, never shown outside it.

    handler  empty when it came with the program, or when nobody has been named
    """

    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handläggare"),
    )

    class Meta:
        abstract = True
