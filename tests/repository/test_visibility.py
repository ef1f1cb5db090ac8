"""Rows reach a person through `visible_to(user)` or `changeable_by(user)`, and are changed by actions only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from plats.web.audit.recorded_models import Recorded
from tests.repository.tree import SOURCE, modules, name_of, tree

WEB = SOURCE / "web"
GATES = {"visible_to", "changeable_by"}

# Functions of queries that read without a gate, each with the reason. An address ends here only when what it reads
# is nobody's in particular, or when it reads for the machinery and hands nothing to a person.
WITHOUT_A_GATE: dict[str, str] = {
    "src/plats/web/accounts/queries.py:account_with_address": "asked with an invitation's secret in hand only",
    "src/plats/web/accounts/queries.py:invitation_by_token": "whoever holds the secret may ask, signed in or not",
    "src/plats/web/jobs/queries.py:counts_by_state": "numbers for those who watch the installation",
    "src/plats/web/operations/queries.py:open_jobs": "moments, for those who watch the installation",
    "src/plats/web/documents/queries.py:held_by": "a number, so that nobody leaves with something unhanded",
    "src/plats/web/efforts/queries.py:effort_url": "an address, which shows nothing to one who may not see the effort",
    "src/plats/web/notices/queries.py:feed_by_token": "whoever holds the secret may ask; asked on as its owner",
}


def guarded_models() -> set[str]:
    """The names of models whose rows belong to someone: those with a gate on their queryset."""
    return {model.__name__ for model in _ours() if any(hasattr(model.objects.all(), gate) for gate in GATES)}


def _ours() -> list[type[Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("plats.")
        for model in config.get_models()
    ]


def _page_modules() -> list[Path]:
    """Where a person's request is answered: views and API, never below them."""
    return [
        path
        for path in modules(tests=False)
        if path.is_relative_to(WEB)
        and (path.stem.startswith("views") or path.parent.name == "views" or path.stem == "api")
    ]


def _query_modules() -> list[Path]:
    return [
        path
        for path in modules(tests=False)
        if path.is_relative_to(WEB) and (path.stem.startswith("queries") or path.parent.name == "queries")
    ]


def _objects_used(node: ast.AST) -> Iterator[str]:
    """The models whose manager is used below this node."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr == "objects" and isinstance(part.value, ast.Name):
            yield part.value.id


def _calls(node: ast.AST) -> set[str]:
    return {
        part.func.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute)
    }


def test_there_are_models_with_a_gate() -> None:
    assert {"Organisation", "Membership", "Release", "Invitation", "User"} <= guarded_models()


@pytest.mark.parametrize("path", _page_modules(), ids=name_of)
def test_a_view_asks_queries_and_no_table(path: Path) -> None:
    used = [f"{name_of(path)}: {name}.objects" for name in _objects_used(tree(path))]
    assert not used, f"Put the question in the app's queries: {used}"


def test_every_query_of_someones_rows_goes_through_a_gate() -> None:
    guarded = guarded_models()
    open_ones = []
    for path in _query_modules():
        for function in ast.walk(tree(path)):
            if not isinstance(function, ast.FunctionDef):
                continue
            names = guarded & set(_objects_used(function))
            if names and not GATES & _calls(function):
                open_ones.append(f"{name_of(path)}:{function.name}")
    assert sorted(set(open_ones) - WITHOUT_A_GATE.keys()) == []
    assert sorted(WITHOUT_A_GATE.keys() - set(open_ones)) == [], (
        "These have a gate now, or are gone: take them off."
    )


def test_every_owned_row_is_recorded() -> None:
    """A table that people write in cannot be written past the audit chain."""
    outside = [
        model.__name__
        for model in _ours()
        if hasattr(model, "organisation_id") and not issubclass(model, Recorded)
    ]
    assert outside == []


def test_actions_say_who() -> None:
    """Every public function of an app's actions takes `by`, by keyword only."""
    nameless = []
    for path in modules(tests=False):
        if not path.is_relative_to(WEB) or not (path.stem == "actions" or path.parent.name == "actions"):
            continue
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                keywords = {argument.arg for argument in node.args.kwonlyargs}
                if "by" not in keywords and f"{name_of(path)}:{node.name}" not in NO_PERSON:
                    nameless.append(f"{name_of(path)}:{node.name}")
    assert nameless == []


# Actions of the machinery itself, that no person asks for.
NO_PERSON: dict[str, str] = {
    "src/plats/web/places/actions.py:sync_places": "places follow the figures when they are derived",
}


# Programs that write without an act, each with the reason. Tests may.
UNRECORDED: dict[str, str] = {}


def test_no_program_writes_past_the_audit_chain() -> None:
    found = set()
    for path in modules(tests=False):
        if not path.is_relative_to(SOURCE) or path.name == "recording.py":
            continue
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "unrecorded"
            ):
                found.add(name_of(path))
    assert found == UNRECORDED.keys()
