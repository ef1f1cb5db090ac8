"""What someone has said that they will do, and what became of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.web.accounts.models import Organisation
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.common.processing import Processing
from plats.web.partners.kinds import CommitmentState, MadeIn
from plats.web.partners.models.agreement import Agreement
from plats.web.partners.models.steering import Handled, SteeringQuerySet
from plats.web.places.models import Place


class CommitmentQuerySet(SteeringQuerySet["Commitment"]):
    """Commitments. What a person sees of them is said by `visible_to`."""


class Commitment(Handled):
    """A commitment made in an agreement, a plan or a published answer: what, who, when, state, evidence."""

    object_kind = "commitment"

    title = GuardedCharField(_("vad"), max_length=300)
    made_in = models.CharField(_("gjort i"), max_length=12, choices=MadeIn.choices)
    made_on = models.DateField(_("gjort"))
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("överenskommelse"),
    )
    who = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("vem")
    )
    due_on = models.DateField(_("senast"), null=True, blank=True)
    state = models.CharField(
        _("läge"), max_length=12, choices=CommitmentState.choices, default=CommitmentState.UNKNOWN
    )
    state_on = models.DateField(_("läget gäller"), null=True, blank=True)
    evidence = GuardedTextField(_("underlag"), blank=True, validators=[MaxLengthValidator(2000)])
    evidence_url = models.URLField(_("underlagets adress"), max_length=300, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(CommitmentQuerySet)()

    processing = Processing(
        purpose=_("Visa vad som lovats och vad det blev av det."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som skrivit in eller handlägger åtagandet"),
        data=_("Vem som skrivit och vem som handlägger"),
        personal=("created_by", "handler"),
        retention="steering",
    )

    class Meta:
        verbose_name = _("åtagande")
        verbose_name_plural = _("åtaganden")
        ordering = ("-made_on", "title")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:commitment", args=[self.slug])


class CitizenPromiseQuerySet(SteeringQuerySet["CitizenPromise"]):
    """Citizen promises. What a person sees of them is said by `visible_to`."""


class CitizenPromise(Handled):
    """What police and municipality promise those who live or are in a place, and how it went."""

    object_kind = "citizen_promise"
    place_field = "place"

    title = GuardedCharField(_("löfte"), max_length=300)
    theme = GuardedCharField(_("tema"), max_length=100)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plats")
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("överenskommelse"),
    )
    starts_on = models.DateField(_("gäller från"))
    ends_on = models.DateField(_("gäller till och med"))
    responsible = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ansvarig"),
    )
    activities = GuardedTextField(_("vad som görs"), blank=True, validators=[MaxLengthValidator(2000)])
    follow_up = GuardedTextField(_("uppföljning"), blank=True, validators=[MaxLengthValidator(2000)])
    public_answer = GuardedTextField(
        _("svar till invånarna"), blank=True, validators=[MaxLengthValidator(2000)]
    )

    objects: ClassVar[Any] = models.Manager.from_queryset(CitizenPromiseQuerySet)()

    processing = Processing(
        purpose=_("Visa vad polis och kommun lovat i en plats och hur det gick."),
        legal_basis="GDPR 6.1 e",
        subjects=_("De som skrivit in eller handlägger löftet"),
        data=_("Vem som skrivit och vem som handlägger"),
        personal=("created_by", "handler"),
        retention="steering",
    )

    class Meta:
        verbose_name = _("medborgarlöfte")
        verbose_name_plural = _("medborgarlöften")
        ordering = ("-starts_on", "title")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="citizen_promise_ends_after_it_starts",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:citizen_promise", args=[self.slug])
