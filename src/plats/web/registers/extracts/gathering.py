"""Gathering everything about a person: every model is asked once for each way its rows can have to do with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, Q, TextField
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from plats.catalog.load import catalog
from plats.web.accounts.models import User
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import recorded
from plats.web.audit.values import changes_in
from plats.web.audit.words import field_word, kind_words, verb_of
from plats.web.common.guard import GuardedCharField
from plats.web.common.processing import our_models, processing_of
from plats.web.registers.extracts.model import Extract, Mention, Row, Section
from plats.web.registers.extracts.others import Others
from plats.web.registers.extracts.subjects import Subject
from plats.web.registers.extracts.ties import is_about, ties_of, values_about

ACT = "extract.make"
_LINE_OF_TEXT = 100


def make_extract(*, by: Any, subject: Subject, form: str) -> Extract:
    """Gather it, and note that someone did: about which account, and in which form. The address is not noted."""
    with recorded(by=by, act=ACT) as record:
        record.noted(kind="user", object_id=subject.number, note=form)
        others = Others(subject)
        sections = [section for model in _models() if (section := _section(model, subject, others)).rows]
        log = _log_section(subject, others)
        return Extract(
            name=subject.user.name if subject.user is not None else "",
            email=subject.email,
            number=subject.number,
            made_at=timezone.now(),
            sections=tuple(sections + ([log] if log.rows else [])),
            mentions=tuple(_mentions(subject)),
        )


# Internals


def _models() -> list[type[Model]]:
    """Ours, and those of the programs we use that hold accounts; one that ours stands in for is not asked twice."""
    ours = our_models()
    stood_in_for = {model._meta.concrete_model for model in ours if model._meta.proxy}
    theirs = [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("allauth.")
        for model in config.get_models()
        if model not in stood_in_for
    ]
    return [model for model in (*ours, *theirs) if model is not AuditEntry]


def _section(model: type[Model], subject: Subject, others: Others) -> Section:
    rows = [*_own_account(model, subject, others), *_tied_rows(model, subject, others)]
    processing = processing_of(model)
    return Section(
        name=str(model._meta.verbose_name_plural),
        purpose=str(processing.purpose) if processing else "",
        legal_basis=processing.legal_basis if processing else "",
        kept=_kept(processing.retention if processing else ""),
        rows=tuple(rows),
    )


def _own_account(model: type[Model], subject: Subject, others: Others) -> Iterator[Row]:
    if model is User and subject.user is not None:
        tie = User._meta.get_field("email")
        yield Row(subject.number, gettext("kontot"), values_about(subject.user, tie, others))


def _tied_rows(model: type[Model], subject: Subject, others: Others) -> Iterator[Row]:
    for tie, question in ties_of(model, subject):
        if model is User and tie.name == "email":
            continue  # the account itself, above
        for row in model._base_manager.filter(question).order_by("pk"):
            values = values_about(row, tie, others) if is_about(tie) else _when(row)
            yield Row(_number(row), str(tie.verbose_name), values)


def _when(row: Model) -> tuple[tuple[str, str], ...]:
    """Of a row that is about something else: when it was made, and no more."""
    for name in ("created_at", "made_at", "added_at", "erased_at", "started_at"):
        moment = getattr(row, name, None)
        if moment is not None:
            label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            return ((label, timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")),)
    return ()


def _number(row: Model) -> str:
    """The number it has outside the database; a row that has none is not told apart."""
    return str(getattr(row, "public_id", ""))


def _kept(rule_id: str) -> str:
    if not rule_id:
        return gettext("så länge det hör till finns")
    rule = catalog().retention_rules[rule_id]
    if rule.is_for_ever:
        return gettext("bevaras")
    days = rule.days(timezone.localdate())
    return ngettext("%(n)s dag", "%(n)s dagar", days) % {"n": days}


def _log_section(subject: Subject, others: Others) -> Section:
    """What the person did, by the audit chain; and what it holds about their account, until it is erased."""
    processing = processing_of(AuditEntry)
    rows = [*_did(subject, others), *_changed(subject, others)] if subject.user is not None else []
    return Section(
        name=str(AuditEntry._meta.verbose_name_plural),
        purpose=str(processing.purpose) if processing else "",
        legal_basis=processing.legal_basis if processing else "",
        kept=gettext("tills vidare, utan värden"),
        rows=tuple(rows),
    )


def _did(subject: Subject, others: Others) -> Iterator[Row]:
    entries = AuditEntry.objects.filter(actor=subject.number).order_by("sequence")
    for entry in entries.iterator():
        when = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
        did = f"{verb_of(entry.act)} {kind_words(entry.kind)}"
        what = others.number(entry.object_id)
        values = ((gettext("tidpunkt"), when), (gettext("gjorde"), did), (gettext("objekt"), what))
        yield Row(str(entry.sequence), gettext("den som gjorde"), values)


def _changed(subject: Subject, others: Others) -> Iterator[Row]:
    """Values of the fields that say who the person is, as they have been."""
    entries = AuditEntry.objects.filter(object_id=subject.number, kind="user").order_by("sequence")
    sides = {one.pk: one for one in AuditValues.objects.filter(pk__in=entries.values("pk"))}
    personal = {field_word("user", name) for name in ("email", "name")}
    for entry in entries:
        side = sides.get(entry.pk)
        if side is None:
            continue
        told = [one for one in changes_in("user", side.values) if one.field in personal]
        values = [(one.field, f"{one.before} → {one.after}" if one.before else one.after) for one in told]
        if side.reason:
            values.append((gettext("skäl"), others.masked(side.reason)))
        if values:
            yield Row(str(entry.sequence), gettext("kontot ändrades"), tuple(values))


def _mentions(subject: Subject) -> Iterator[Mention]:
    """Free texts where the person's name or address stands: someone must read them to tell what is about whom."""
    called = [one for one in (subject.email, subject.user.name if subject.user else "") if one]
    for model in our_models():
        for field in model._meta.concrete_fields:
            if _is_free_text(field):
                yield from _mentions_in(model, field, called)


def _is_free_text(field: Any) -> bool:
    if isinstance(field, TextField | GuardedCharField):
        return True
    is_line = type(field) is CharField and not field.choices
    return is_line and (field.max_length or 0) >= _LINE_OF_TEXT


def _mentions_in(model: type[Model], field: Any, called: list[str]) -> Iterator[Mention]:
    if model in (AuditEntry, AuditValues, User):
        return
    question = Q()
    for one in called:
        question |= Q(**{f"{field.name}__icontains": one})
    rows = model._base_manager.filter(question).order_by("pk") if called else model._base_manager.none()
    for row in rows:
        yield Mention(str(model._meta.verbose_name), _number(row), str(field.verbose_name))
