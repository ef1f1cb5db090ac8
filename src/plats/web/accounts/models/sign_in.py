"""Failed sign-ins: enough to stop guessing, and nothing about those who succeed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from plats.web.common.processing import Processing


class SignInLock(models.Model):
    """Failures for one address that someone tried, whether an account has it or not. The address is kept as a keyed
    hash: the table tells nobody which addresses exist."""

    address_digest = models.CharField(_("adressens hash"), max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(_("misslyckade försök"), default=0)
    last_failed_at = models.DateTimeField(_("senaste"), null=True)
    locked_until = models.DateTimeField(_("spärrad till"), null=True)

    processing = Processing(
        purpose=_("Stoppa den som gissar lösenord."),
        legal_basis="GDPR 6.1 c och e, artikel 32",
        subjects=_("Den som försökt logga in"),
        data=_("Hash av den adress som skrevs, antal försök, tid"),
        personal=("address_digest",),
        retention="sign_in_lock",
    )

    class Meta:
        verbose_name = _("inloggningsspärr")
        verbose_name_plural = _("inloggningsspärrar")

    def __str__(self) -> str:
        return self.address_digest[:8]
