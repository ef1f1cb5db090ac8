"""A place and the area versions it has had."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plats.vocabulary.codes import AreaKey, Division


class Place(models.Model):
    """A place has a name and an address that stay when borders and editions change."""

    municipality = models.CharField(_("kommun"), max_length=4)
    division = models.CharField(_("indelning"), max_length=24)
    slug = models.SlugField(_("adress"), max_length=80)
    name = models.CharField(_("namn"), max_length=120)

    no_personal_data = "a place"

    class Meta:
        verbose_name = _("plats")
        verbose_name_plural = _("platser")
        ordering = ("division", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=["municipality", "division", "slug"], name="place_has_one_address"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:place", args=[self.division, self.slug])


class AreaVersion(models.Model):
    """The area that a place is in one edition of its division: figures point here."""

    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="versions", verbose_name=_("plats")
    )
    division = models.CharField(_("indelning"), max_length=24)
    edition = models.CharField(_("utgåva"), max_length=8, blank=True)
    code = models.CharField(_("kod"), max_length=20)
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    valid_to = models.DateField(_("gäller till"), null=True, blank=True)
    geometry_hash = models.CharField(_("gränsens hash"), max_length=64, blank=True)

    no_personal_data = "borders and codes"

    class Meta:
        verbose_name = _("områdesversion")
        verbose_name_plural = _("områdesversioner")
        ordering = ("division", "edition", "code")
        constraints = (
            models.UniqueConstraint(fields=["division", "edition", "code"], name="area_version_is_one"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="area_version_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return str(self.key)

    @property
    def key(self) -> AreaKey:
        return AreaKey(Division(self.division), self.edition, self.code)
