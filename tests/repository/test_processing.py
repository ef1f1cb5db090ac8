"""Personal data is accounted for: what a model holds, why, how long. The Article 30 register is printed from that."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db.models import (
    CharField,
    EmailField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    OneToOneField,
    TextField,
    URLField,
)

from plats.catalog.load import catalog
from plats.web.audit.words import VERBS, kind_choices
from plats.web.common.guard import GuardedCharField, GuardedTextField
from plats.web.common.processing import account_links, our_models, personal_fields, processing_of
from plats.web.retention.registry import retained
from tests.repository.tree import SOURCE, modules, text

MODELS = our_models()
# Names that say that the field is about someone, or about where someone was.
TELLING = re.compile(
    r"(^|_)(name|email|mail|phone|telephone|address|network|browser|ip|person|actor|first_name|last_name|birth|digest)($|_)"
)
# A line of free text is long enough for a sentence; below that it is a code.
SENTENCE = 100

# Fields that look as if they held personal data and do not, each with the reason.
NOT_PERSONAL = {
    "AuditEntry.digest": "a salted hash",
    "AuditEntry.fields": "names of fields",
    "AuditEntry.note": "numbers and decisions; never personal, since it is never erased",
    "CalendarFeed.token_digest": "the hash of a random secret",
    "Document.case_number": "a number in the registry",
    "Handout.protocol": "what was masked and on which section, no text of the record",
    "Invitation.place_keys": "addresses of places",
    "Invitation.token_digest": "the hash of a random secret",
    "Job.error": "a message of ours",
    "Job.parameters": "what was chosen: places, periods, formats",
    "Job.progress_text": "a message of ours",
    "Job.result": "a message of ours, names of files and an address of the site",
    "Job.title": "a message of ours",
    "LinkedIdentity.extra_data": "kept empty: nothing that the provider says but issuer and subject",
    "LinkedIdentity.provider": "the issuer's address, the same for everyone",
    "MembershipPlace.place_key": "the address of a place",
    "Notice.text": "a message of ours, about what and not about whom",
    "Notice.url": "an address of the site",
    "Organisation.contact_function": "a function, guarded against naming a person",
    "Organisation.name": "what a committee or a company is called",
    "Place.name": "what a place is called",
    "ServiceReach.phone": "a function's number, as it is published",
    "Release.purpose": "guarded, and about the organisations' work",
    "Release.revoke_reason": "guarded, and about the organisations' work",
    "Release.title": "what is shared; guarded where it is written, or the name of a kind",
    "SeenUpTo.known": "keys of due days that have been shown",
    "StoredFile.media_type": "a type of file",
    "Tombstone.decision": "a decision's number, guarded",
    "Unit.name": "what a unit is called, guarded",
}


# Apps whose guarded texts are written to be published, about what organisations do: no place for anyone's data.
PUBLISHED_TEXTS = frozenset({"partners", "goals", "efforts"})


def looks_personal(field: Field[Any, Any]) -> bool:
    """Whether a field could hold something about someone, by its type or its name."""
    if isinstance(field, GuardedCharField | GuardedTextField | URLField):
        return field.model._meta.app_label not in PUBLISHED_TEXTS
    if isinstance(field, EmailField | TextField | JSONField):
        return True
    if TELLING.search(field.name) and not isinstance(field, ForeignKey | OneToOneField):
        return True
    is_line = isinstance(field, CharField) and not field.choices
    return is_line and (field.max_length or 0) >= SENTENCE


def name_of(model: type[Model], field: Field[Any, Any]) -> str:
    return f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_says_what_personal_data_it_holds_or_why_none(model: type[Model]) -> None:
    has_none = getattr(model, "no_personal_data", "")
    processing = processing_of(model)
    assert bool(has_none) != (processing is not None), (
        "Declare `processing` or `no_personal_data`, one of them."
    )
    if processing is not None:
        for said in ("purpose", "legal_basis", "subjects", "data"):
            assert str(getattr(processing, said)).strip(), f"processing.{said} is empty"
        fields = {one.name for one in model._meta.get_fields()}
        assert set(processing.personal) <= fields, "processing.personal names a field that does not exist."
        assert set(processing.secrecy) <= fields, "processing.secrecy names a field that does not exist."
        assert personal_fields(model), "It holds personal data in no field: say no_personal_data."


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_field_that_looks_personal_is_accounted_for(model: type[Model]) -> None:
    accounted = {one.name for one in personal_fields(model)} if processing_of(model) else set()
    forgotten = [
        name_of(model, one)
        for one in model._meta.concrete_fields
        if looks_personal(one) and one.name not in accounted and name_of(model, one) not in NOT_PERSONAL
    ]
    assert not forgotten, f"Name them in processing.personal, or say why not in NOT_PERSONAL: {forgotten}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_without_personal_data_points_at_no_account(model: type[Model]) -> None:
    if getattr(model, "no_personal_data", ""):
        assert [one.name for one in account_links(model)] == []


def test_the_list_of_exceptions_names_only_what_looks_personal() -> None:
    looking = {
        name_of(model, one) for model in MODELS for one in model._meta.concrete_fields if looks_personal(one)
    }
    assert NOT_PERSONAL.keys() <= looking, (
        f"Take these off NOT_PERSONAL: {sorted(NOT_PERSONAL.keys() - looking)}"
    )


def test_every_rule_that_a_model_names_is_in_the_catalog_and_the_other_way_round() -> None:
    named = {found.retention for model in MODELS if (found := processing_of(model)) and found.retention}
    assert named == set(catalog().retention_rules)


def test_every_rule_is_carried_out_by_some_kind_and_no_kind_by_a_rule_that_is_not() -> None:
    """What is kept for good is carried out by none: nothing is ever erased by such a rule."""
    rules = catalog().retention_rules
    assert {one.rule for one in retained()} == {one for one, rule in rules.items() if not rule.is_for_ever}


def test_what_takes_a_decision_is_found_again_by_its_number() -> None:
    """Traces are erased anew by their day after a restore, without asking anyone; so they may take no decision."""
    rules = catalog().retention_rules
    assert [one.kind for one in retained() if one.is_trace and rules[one.rule].needs_decision] == []


def test_an_account_is_not_let_go_after_its_memberships_are() -> None:
    """The last membership's end is part of what says when an account was last used."""
    rules = catalog().retention_rules
    for value in rules["user"].values:
        assert value.whole("days") <= rules["membership"].on(value.from_).whole("days")


def test_every_kind_that_is_kept_is_a_kind_of_the_log() -> None:
    assert {one.kind for one in retained()} <= dict(kind_choices()).keys()


def test_every_act_has_a_verb_in_the_log() -> None:
    """An act is '<kind>.<verb>'; the log says it in words."""
    acts = set()
    for path in modules(tests=False):
        if path.is_relative_to(SOURCE / "web"):
            acts |= set(re.findall(r'\b(?:act|ACT)\s*=\s*"([a-z_]+(?:\.[a-z_]+)?)"', text(path)))
    silent = sorted(act for act in acts if act.rsplit(".", maxsplit=1)[-1] not in VERBS)
    assert len(acts) > 30
    assert not silent, f"Add the verb to VERBS in plats.web.audit.words: {silent}"
