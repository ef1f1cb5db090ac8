"""The register of processing (GDPR, Article 30), made of what the models say of themselves and the retention rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from plats.catalog.dated import DatedValue
from plats.catalog.load import catalog
from plats.catalog.retention import RetentionRule
from plats.vocabulary.units import write_number
from plats.web.accounts.kinds import MUNICIPAL
from plats.web.accounts.models import Membership, Organisation, Release
from plats.web.accounts.roles import DataProtectionOfficer
from plats.web.common.language import language
from plats.web.common.processing import Processing, our_models, personal_fields, processing_of

# Article 30.1 g: what holds for every processing here.
MEASURES = (
    _("Behörighet efter organisation, slag och plats. Det man inte får se finns inte för en."),
    _("Två faktorer för dem som sköter systemet i drift, och ny bekräftelse före känsliga åtgärder."),
    _("Varje ändring, läsning av det som är skyddat och nekad sida står i en kedjad granskningslogg."),
    _(
        "Fri text prövas mot personnummer, telefonnummer, registreringsnummer och e-postadresser innan den sparas."
    ),
    _("Krypterad anslutning, krypterade hemligheter för inloggning, lösenord bara som hash."),
    _("Gallring enligt daterade regler. En återställd säkerhetskopia får inte tillbaka det som gallrats."),
    _("Säkerhetskopior som läses tillbaka och prövas. Loggrader för drift innehåller inga personuppgifter."),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """How long, counted from what, and who decided it. Counted from nothing: it is kept for good."""

    days: str
    counted_from: str
    needs_decision: bool
    decided_by: str
    reference: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One processing, as the register shows it."""

    name: str
    purpose: str
    legal_basis: str
    subjects: str
    data: str
    fields: list[str]
    secrecy: list[str]
    recipients: list[str]
    kept: Kept | None


@dataclass(frozen=True, slots=True)
class Group:
    """The processings of one part of the system."""

    name: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Controllers:
    """Who answers: the municipality's own organisations, and the function that the data protection officer has."""

    organisations: list[str]
    officers: list[str]


def processing_register() -> list[Group]:
    """Every processing there is, by the part of the system it is in."""
    takers = _takers()
    groups: dict[str, list[Entry]] = {}
    for model in our_models():
        processing = processing_of(model)
        if processing is not None:
            part = str(apps.get_app_config(model._meta.app_label).verbose_name)
            groups.setdefault(part, []).append(_entry(model, processing, takers))
    return [Group(name, entries) for name, entries in groups.items()]


def controllers(user: Any) -> Controllers:
    """Who is responsible, as the organisations themselves say it. Two queries."""
    mine = Organisation.objects.visible_to(user).open().filter(kind__in=MUNICIPAL).order_by("name")
    held = Membership.objects.current().filter(role=DataProtectionOfficer.id).values("organisation")
    officers = Organisation.objects.visible_to(user).filter(pk__in=held).order_by("name")
    return Controllers(
        [one.name for one in mine],
        [" · ".join(filter(None, (one.name, one.contact_email))) for one in officers],
    )


def register_rows(groups: list[Group]) -> Iterator[list[Any]]:
    """The register as a table, in the order of `header`."""
    for group in groups:
        for one in group.entries:
            kept = one.kept
            told = (
                (kept.days, kept.counted_from, kept.decided_by, kept.reference) if kept else ("", "", "", "")
            )
            yield [
                group.name, one.name, one.purpose, one.legal_basis, one.subjects, one.data, one.fields, one.secrecy,
                one.recipients, *told,
            ]  # fmt: skip


def header() -> list[str]:
    return [
        gettext("Del"),
        gettext("Behandling"),
        gettext("Ändamål"),
        gettext("Rättslig grund"),
        gettext("Registrerade"),
        gettext("Uppgifter"),
        gettext("Fält"),
        gettext("Sekretess att pröva"),
        gettext("Mottagare"),
        gettext("Gallras efter"),
        gettext("Räknat från"),
        gettext("Beslutat av"),
        gettext("Stöd för gallring"),
    ]


# Internals


def _entry(model: type[Model], processing: Processing, takers: dict[str, list[str]]) -> Entry:
    kind = str(getattr(model, "object_kind", "") or model._meta.model_name)
    labels = {one.name: str(one.verbose_name) for one in model._meta.concrete_fields}
    declared = [str(processing.recipients)] if processing.recipients else []
    return Entry(
        name=str(model._meta.verbose_name_plural),
        purpose=str(processing.purpose),
        legal_basis=processing.legal_basis,
        subjects=str(processing.subjects),
        data=str(processing.data),
        fields=[str(one.verbose_name) for one in personal_fields(model)],
        secrecy=[f"{labels.get(name, name)}: {section}" for name, section in processing.secrecy.items()],
        recipients=declared + takers.get(kind, []),
        kept=_kept(processing.retention),
    )


def _kept(rule_id: str) -> Kept | None:
    if not rule_id:
        return None
    rule = catalog().retention_rules[rule_id]
    decided = rule.on(timezone.localdate())
    return Kept(
        days=_days(rule, decided),
        counted_from="" if rule.is_for_ever else rule.counted_from.write(language()),
        needs_decision=rule.needs_decision,
        decided_by=decided.decided_by,
        reference=decided.reference,
    )


def _days(rule: RetentionRule, decided: DatedValue) -> str:
    if rule.is_for_ever:
        return gettext("bevaras")
    days = decided.whole("days")
    return ngettext("%(n)s dag", "%(n)s dagar", days) % {"n": write_number(days, 0, language())}


def _takers() -> dict[str, list[str]]:
    """The organisations that something of a kind is released to today, by kind. One query."""
    rows = (
        Release.objects.in_force()
        .order_by("to_organisation__name")
        .values_list("what", "to_organisation__name")
    )
    found: dict[str, dict[str, None]] = {}
    for what, name in rows:
        found.setdefault(what, {})[name] = None
    return {what: list(names) for what, names in found.items()}
