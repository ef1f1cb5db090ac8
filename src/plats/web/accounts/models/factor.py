"""Second factors: what someone has besides the password. The rows are django-allauth's, the words ours."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.db import models
from django.utils.translation import gettext_lazy as _

from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.common.processing import Processing


class SecondFactorQuerySet(RecordedQuerySet["SecondFactor"]):
    def visible_to(self, user: Any) -> SecondFactorQuerySet:
        """One's own, nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def of(self, user: Any) -> SecondFactorQuerySet:
        """All that the account has, for the sign-in itself."""
        return self.filter(user=user).order_by("created_at", "pk")


class SecondFactor(Recorded, Authenticator):  # type: ignore[misc]
    """An app for codes, a passkey, or a set of recovery codes. Secrets in `data` are encrypted (`signin.adapters`)."""

    object_kind = "second_factor"
    secret_fields = frozenset({"data"})

    objects: ClassVar[Any] = models.Manager.from_queryset(SecondFactorQuerySet)()

    processing = Processing(
        purpose=_("Kräva mer än ett lösenord av den som loggar in."),
        legal_basis="GDPR 6.1 c och e, artikel 32",
        subjects=_("De som arbetar i systemet"),
        data=_("Slag av skydd, krypterad hemlighet eller öppen nyckel, tid"),
        personal=("user", "data", "created_at", "last_used_at"),
    )

    class Meta:
        proxy = True
        verbose_name = _("andra faktor")
        verbose_name_plural = _("andra faktorer")

    def __str__(self) -> str:
        return str(self.name or self.get_type_display())

    @property
    def public_id(self) -> uuid.UUID:
        """The number it has outside the database."""
        return uuid.UUID(self.data["number"])

    @property
    def name(self) -> str:
        """What its owner calls it; '' for what has no name."""
        return str(self.data.get("name", ""))
