"""What kinds of organisation there are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    COMMITTEE = "committee", _("Nämnd")
    DEPARTMENT = "department", _("Förvaltning")
    POLICE = "police", _("Polis")
    RESCUE_SERVICE = "rescue_service", _("Räddningstjänst")
    HOUSING_COMPANY = "housing_company", _("Bostadsbolag")
    PROBATION = "probation", _("Frivård")
    REGION = "region", _("Region")
    STATE_AGENCY = "state_agency", _("Statlig myndighet")
    ASSOCIATION = "association", _("Förening")
    BUSINESS = "business", _("Företag")
    SCHOOL = "school", _("Skola")


MUNICIPAL = frozenset({OrganisationKind.COMMITTEE, OrganisationKind.DEPARTMENT})
"""Parts of the municipality itself."""
