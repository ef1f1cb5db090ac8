"""An identity at the municipality's identity provider that belongs to an account. The rows are django-allauth's."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.socialaccount.models import SocialAccount
from django.db import models
from django.utils.translation import gettext_lazy as _

from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing


class LinkedIdentityQuerySet(RecordedQuerySet["LinkedIdentity"]):
    def visible_to(self, user: Any) -> LinkedIdentityQuerySet:
        """One's own, nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class LinkedIdentity(Recorded, SocialAccount):  # type: ignore[misc]
    """Issuer (in `provider`) and subject (in `uid`). The pair decides, not the e-mail address: an address can be given
    to someone else, a subject never is. Nothing else that the provider says is kept."""

    object_kind = "linked_identity"
    secret_fields = frozenset({"uid"})

    objects: ClassVar[Any] = models.Manager.from_queryset(LinkedIdentityQuerySet)()

    processing = Processing(
        purpose=_("Känna igen den som loggar in genom kommunens inloggning."),
        legal_basis="GDPR 6.1 c och e",
        subjects=_("De som arbetar i systemet"),
        data=_("Utfärdare och den beteckning som utfärdaren gett personen"),
        personal=("user", "uid"),
    )

    class Meta:
        proxy = True
        verbose_name = _("kopplad identitet")
        verbose_name_plural = _("kopplade identiteter")

    def __str__(self) -> str:
        return str(self.provider)
