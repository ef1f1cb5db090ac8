"""A person with an account."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this address, however its letters are cased."""
        return self.get(email=(username or "").strip().lower())

    async def aget_by_natural_key(self, username: str | None) -> User:
        return await self.aget(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Signs in with an e-mail address. New accounts are made by `actions.create_user`, never here.

    `may_read` and `may_write` are master switches: they stand above whatever roles and units give later, so
    that one field closes an account's reading or writing everywhere.
    """

    email = models.EmailField(_("e-postadress"), unique=True)
    name = models.CharField(_("namn"), max_length=150)
    role = models.CharField(
        _("roll"), max_length=150, blank=True, help_text=_("Visas för andra, till exempel Utredare.")
    )
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

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

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
