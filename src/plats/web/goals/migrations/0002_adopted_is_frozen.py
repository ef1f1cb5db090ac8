"""The database itself refuses what would change an adopted plan: goals, targets and budget lines of a version that is
no draft, and the version's own words. An adopted version may only become replaced.

On SQLite removing is not refused here: a database that is emptied between tests removes row by row, and an own file
has no other door than the models, which refuse it (`plats.web.goals.models.frozen`).
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

_WORDS = ("plan_id", "number", "starts_on", "ends_on", "adopted_on", "adopted_by", "case_number", "public_id")
_SAID = "Planversionen är antagen och ändras inte."
_BELOW = {
    "goals_goalversion": "(SELECT state FROM goals_planversion WHERE id = {row}.plan_version_id)",
    "goals_target": "(SELECT v.state FROM goals_planversion v JOIN goals_goalversion g ON g.plan_version_id = v.id "
    "WHERE g.id = {row}.goal_version_id)",
}
_BELOW["goals_budgetline"] = _BELOW["goals_target"]


def freeze(apps: Any, schema_editor: Any) -> None:
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in make():
        schema_editor.execute(statement)


def thaw(apps: Any, schema_editor: Any) -> None:
    for table in ("goals_planversion", *_BELOW):
        for event in ("insert", "update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen_{event}{on}")


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_ground")]
    operations = [migrations.RunPython(freeze, thaw)]


# Internals


def _version_changed(distinct: str) -> str:
    same = " OR ".join(f"NEW.{name} {distinct} OLD.{name}" for name in _WORDS)
    return f"OLD.state <> 'draft' AND (NOT (NEW.state = OLD.state OR (OLD.state = 'adopted' AND NEW.state = 'replaced')) OR {same})"


def _frozen(table: str, row: str) -> str:
    return f"{_BELOW[table].format(row=row)} <> 'draft'"


def _refused() -> list[tuple[str, str, str]]:
    """Table, event, and the condition under which the event is refused."""
    found = []
    for table in _BELOW:
        found.append((table, "insert", _frozen(table, "NEW")))
        found.append((table, "update", f"{_frozen(table, 'OLD')} OR {_frozen(table, 'NEW')}"))
        found.append((table, "delete", _frozen(table, "OLD")))
    return found


def _sqlite() -> list[str]:
    refused = [one for one in _refused() if one[1] != "delete"]
    refused.append(("goals_planversion", "update", _version_changed("IS NOT")))
    return [
        f"CREATE TRIGGER {table}_frozen_{event} BEFORE {event.upper()} ON {table} FOR EACH ROW "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        for table, event, condition in refused
    ]


def _postgresql() -> list[str]:
    refused = _refused()
    refused.append(("goals_planversion", "update", _version_changed("IS DISTINCT FROM")))
    refused.append(("goals_planversion", "delete", "OLD.state <> 'draft'"))
    statements = []
    for table, event, condition in refused:
        name, answer = f"{table}_frozen_{event}", "OLD" if event == "delete" else "NEW"
        statements.append(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN {answer}; END $$"
        )
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    return statements
