"""The guard of free text: nothing that saves a guarded field gets past it, and a form explains what it found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import translation

from plats.vocabulary.personal import EXPLANATIONS
from plats.web.accounts.models import Organisation, Release, Unit
from plats.web.audit.models import AuditEntry, AuditValues
from plats.web.audit.recording import recorded, unrecorded
from plats.web.common.guard import (
    GuardedCharField,
    GuardedForm,
    GuardedFormField,
    GuardedTextField,
    PersonalDataError,
    overriding,
)
from plats.web.common.translations import catalog_files, translated_messages

NUMBER = "640823-3234"
TEXT = f"Sökande {NUMBER}"


class Note(models.Model):
    """A row with a field of each kind. A test makes its table; its app is none of ours, so no rule of ours meets it."""

    title = GuardedCharField("rubrik", max_length=100)
    body = GuardedTextField("text", blank=True, override_allowed=True)

    object_kind = "note"
    no_personal_data = "a test's row"

    class Meta:
        app_label = "csp"
        managed = False


class NoteForm(GuardedForm):
    title = GuardedFormField(label="Rubrik", max_length=100)
    body = GuardedFormField(label="Text", required=False, override_allowed=True)
    kind = forms.CharField(label="Slag", required=False)


@pytest.fixture
def table(db: None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE csp_note (id integer PRIMARY KEY, title varchar(100), body text)")
    with translation.override("sv"):
        yield


def record(reason: str = "") -> Any:
    """A record of an act, as far as the guard knows one."""
    said: list[dict[str, str]] = []
    return SimpleNamespace(reason=reason, said=said, noted=lambda **what: said.append(what))


# models


@pytest.mark.parametrize(
    "save",
    [
        lambda: Note(pk=2, title="A", body=TEXT).save(),
        lambda: Note.objects.create(pk=2, title=TEXT),
        lambda: Note.objects.bulk_create([Note(pk=2, title="A", body=TEXT)]),
        lambda: Note.objects.update(body=TEXT),
        lambda: Note.objects.filter(pk=1).update(title=TEXT),
        lambda: Note.objects.bulk_update([Note(pk=1, title="A", body=TEXT)], ["body"]),
        lambda: Note.objects.update_or_create(pk=1, defaults={"body": TEXT}),
        lambda: Note.objects.get_or_create(pk=2, defaults={"title": TEXT}),
        lambda: Note(title="A", body=TEXT).full_clean(),
    ],
)
def test_no_way_of_saving_gets_past_the_guard(table: None, save: Any) -> None:
    Note.objects.create(pk=1, title="A")
    with pytest.raises(ValidationError), transaction.atomic():
        save()
    assert list(Note.objects.values_list("pk", "title", "body")) == [(1, "A", "")]


def test_what_is_raised_names_field_kind_and_place_and_nothing_of_the_text(table: None) -> None:
    with pytest.raises(PersonalDataError) as error:
        Note(title="A", body=TEXT).save()
    (message,) = error.value.messages
    assert "”text”" in message
    assert "ett personnummer" in message
    assert "9–19" in message
    assert "640823" not in message
    assert "Sökande" not in message


def test_text_without_a_finding_and_values_that_are_no_text_are_saved(table: None) -> None:
    Note.objects.create(pk=1, title="KS-2023/123", body="Tunneln vid 0126R020, 51 500 000 kr, lag (2023:196)")
    Note.objects.update(body=models.F("title"))
    assert Note.objects.get().body == "KS-2023/123"


def test_a_reason_lets_through_what_the_field_allows_and_is_told_to_the_record(table: None) -> None:
    told = record("Inkommen ansökan")
    with overriding(told):
        Note.objects.create(pk=7, title="A", body=f"{TEXT}, tel 070-174 06 05")
        with pytest.raises(PersonalDataError), transaction.atomic():
            Note.objects.create(pk=8, title=TEXT)
    assert told.said == [
        {"kind": "note", "object_id": "7", "note": "override body: personal_number,telephone"}
    ]
    with pytest.raises(PersonalDataError):
        Note.objects.update(body=TEXT)


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_record_without_a_reason_lets_nothing_through(table: None, reason: str) -> None:
    with overriding(record(reason)), pytest.raises(PersonalDataError):
        Note.objects.create(pk=9, title="A", body=TEXT)


def test_an_override_is_over_when_its_act_is_also_when_it_failed(table: None) -> None:
    with pytest.raises(RuntimeError), overriding(record("Skäl")):
        raise RuntimeError
    with pytest.raises(PersonalDataError):
        Note.objects.create(pk=9, title="A", body=TEXT)


def test_an_act_that_found_nothing_to_override_notes_nothing(table: None) -> None:
    told = record("För säkerhets skull")
    with overriding(told):
        Note.objects.create(pk=9, title="A", body="Inget")
    assert told.said == []


def test_the_reason_stands_in_the_chain_and_the_text_does_not(table: None) -> None:
    with recorded(by=None, act="note.create", reason="Inkommen ansökan") as told, overriding(told):
        Note.objects.create(pk=7, title="A", body=TEXT)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.kind, entry.object_id, entry.note) == (
        "note.create",
        "note",
        "7",
        "override body: personal_number",
    )
    assert AuditValues.objects.get().reason == "Inkommen ansökan"


def test_to_migrations_a_guarded_field_is_a_plain_one() -> None:
    """So that guarding a field, or ceasing to, changes no table."""
    for field, path in (
        (Note._meta.get_field("title"), "CharField"),
        (Note._meta.get_field("body"), "TextField"),
    ):
        _name, written, _args, kwargs = field.deconstruct()
        assert written == f"django.db.models.{path}"
        assert "override_allowed" not in kwargs


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "name"),
    [(Release, "purpose"), (Release, "revoke_reason"), (Organisation, "contact_function"), (Unit, "name")],
)
def test_free_text_of_organisations_and_releases_is_guarded_for_everyone(model: Any, name: str) -> None:
    field = model._meta.get_field(name)
    assert isinstance(field, GuardedCharField)
    assert not field.override_allowed
    with pytest.raises(PersonalDataError), unrecorded("a test's own write"):
        model.objects.update(**{name: TEXT})


# forms


@pytest.fixture
def swedish() -> Any:
    with translation.override("sv"):
        yield


def test_a_form_explains_what_it_found_and_asks_for_a_reason(swedish: None) -> None:
    form = NoteForm({"title": "A", "body": f"{TEXT}, bil ABC123"})
    assert not form.is_valid()
    person, plate, advice = form.errors["body"]
    assert "ett personnummer" in person
    assert "”64082…”" in person
    assert "registreringsnummer" in plate
    assert "Skäl att ändå spara" in advice
    assert [one.name for one in form.visible_fields()] == ["title", "body", "override_reason", "kind"]


def test_a_form_without_a_finding_asks_for_no_reason(swedish: None) -> None:
    for form in (NoteForm(), NoteForm({"title": "A", "body": "Inget", "override_reason": "Ändå"})):
        form.full_clean()
        assert [one.name for one in form.visible_fields()] == ["title", "body", "kind"]
    assert form.cleaned_data["override_reason"] == ""


def test_a_reason_lets_the_form_through(swedish: None) -> None:
    form = NoteForm({"title": "A", "body": TEXT, "override_reason": " Inkommen ansökan "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["override_reason"] == "Inkommen ansökan"


def test_a_reason_that_itself_points_out_a_person_does_not(swedish: None) -> None:
    form = NoteForm({"title": "A", "body": TEXT, "override_reason": "Ring 070-174 06 05"})
    assert not form.is_valid()
    assert set(form.errors) == {"body", "override_reason"}


def test_a_field_that_allows_no_reason_says_so(swedish: None) -> None:
    form = NoteForm({"title": TEXT, "override_reason": "Viktigt"})
    assert not form.is_valid()
    assert "Ta bort det innan du sparar" in form.errors["title"][-1]
    assert not form.asks_for_reason


def test_what_stood_there_before_is_not_asked_about_again(swedish: None) -> None:
    before = {"title": "A", "body": f"Rad ett\n{TEXT}"}
    assert NoteForm({"title": "B", "body": f"Rad ett\r\n{TEXT}\r\n"}, initial=before).is_valid()
    assert not NoteForm({"title": "B", "body": f"Rad två\r\n{TEXT}"}, initial=before).is_valid()


def test_many_findings_are_told_by_the_first(swedish: None) -> None:
    form = NoteForm({"title": "A", "body": " ".join(f"ABC12{number}" for number in range(9))})
    assert not form.is_valid()
    assert len(form.errors["body"]) == 6


def test_the_field_alone_in_a_plain_form_catches_too(swedish: None) -> None:
    class Plain(forms.Form):
        body = GuardedFormField(override_allowed=True)

    assert "Ta bort det innan du sparar" in Plain({"body": TEXT}).errors["body"][-1]


def test_a_models_own_form_field_is_guarded() -> None:
    field: Any = Note._meta.get_field("body").formfield()
    assert isinstance(field, GuardedFormField)
    assert field.override_allowed


def test_every_explanation_has_an_english_translation() -> None:
    english = {message for path in catalog_files() for message in translated_messages(path)}
    assert set(EXPLANATIONS.values()) <= english
