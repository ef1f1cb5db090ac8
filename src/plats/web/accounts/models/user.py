"""A person with an account."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, ClassVar, cast

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.grants import Grants, load_grants
from plats.web.audit.recorded_models import Recorded, RecordedQuerySet
from plats.web.audit.recording import recorded
from plats.web.common.permissions import Permission
from plats.web.common.processing import Processing


class UserQuerySet(RecordedQuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        """Oneself, and those who work in organisations whose members one may see."""
        # Refers back to this module, through the model it belongs to.
        from plats.web.accounts.models.membership import Membership

        grants = user.grants
        if grants.everywhere("member.read_all"):
            return self
        mine = grants.organisation_ids("member.read")
        colleagues = Membership.objects.current().filter(organisation__in=mine).values("user")
        return self.filter(models.Q(pk=user.pk) | models.Q(pk__in=colleagues))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this address, however its letters are cased."""
        return cast("User", self.get(email=(username or "").strip().lower()))

    async def aget_by_natural_key(self, username: str | None) -> User:
        return cast("User", await self.aget(email=(username or "").strip().lower()))


class User(AbstractBaseUser, Recorded):
    """Signs in with an e-mail address. New accounts are made by `actions`, never here.

    `may_read` and `may_write` are master switches: they stand above whatever roles give, so that one field closes an
    account's reading or writing everywhere, from the next request. What the account may do where is in `grants`.
    """

    object_kind = "user"
    secret_fields = frozenset({"password"})
    unrecorded_fields = frozenset({"last_login"})

    public_id = models.UUIDField(_("nummer"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-postadress"), unique=True)
    name = models.CharField(_("namn"), max_length=150)
    is_active = models.BooleanField(_("aktivt"), default=True)
    may_read = models.BooleanField(_("får läsa"), default=False)
    may_write = models.BooleanField(_("får skriva"), default=False)
    created_at = models.DateTimeField(_("skapat"), default=timezone.now, editable=False)
    # Null: made at the command line, before there was anyone to make it.
    created_by = models.ForeignKey(
        "self",
        verbose_name=_("skapat av"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="created_users",
    )

    is_example = models.BooleanField(_("exempel"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    processing = Processing(
        purpose=_("Låta den som arbetar i systemet logga in och veta vem som gjort vad."),
        legal_basis="GDPR 6.1 c och e",
        subjects=_("De som arbetar i systemet"),
        data=_("Namn, e-postadress i tjänsten, tid för senaste inloggning"),
        personal=("email", "name", "password", "last_login"),
        retention="user",
        secrecy={"email": "OSL 21:3"},
    )

    class Meta:
        verbose_name = _("användare")
        verbose_name_plural = _("användare")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(
                name="user_who_writes_also_reads",
                condition=models.Q(may_write=False) | models.Q(may_read=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. A hash of an older make is written anew while the password is at hand."""

        def renew(password: str) -> None:
            self.set_password(password)
            self._password = None
            with recorded(by=None, act="user.rehash") as record:
                self.save(update_fields=["password"])
                record.noted(kind=self.object_kind, object_id=str(self.public_id))

        return check_password(raw_password, self.password, renew)

    @cached_property
    def grants(self) -> Grants:
        """What this account may do, and where. Read once per request: the user is read anew at each."""
        return load_grants(self)

    def may(self, permission: Permission, organisation: Any = None) -> bool:
        """Whether the account may do this; in this organisation, when one is given."""
        return self.grants.may(permission, organisation)
