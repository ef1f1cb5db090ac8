"""All the checks, one after the other: one that breaks does not keep the others from being made."""

from __future__ import annotations

from collections.abc import Sequence

from plats.web.operations.doctor import database, figures, folder, openness, running
from plats.web.operations.doctor.check import Check, Finding, Severity
from plats.web.operations.failures import words_of

CHECKS: tuple[type[Check], ...] = (
    *folder.CHECKS,
    *database.CHECKS,
    *figures.CHECKS,
    *openness.CHECKS,
    *running.CHECKS,
)


def examine(checks: Sequence[type[Check]] = CHECKS) -> list[Finding]:
    """What every check says: its findings, or one that says that all is well."""
    found: list[Finding] = []
    answers = True
    for check in checks:
        if check.needs_database and not answers:
            continue
        said = _said(check())
        found += said or [Finding(check.id, Severity.OK, f"{check.title}.")]
        answers = answers and not (said and check is database.DatabaseAnswers)
    return found


# Internals


def _said(check: Check) -> list[Finding]:
    try:
        return list(check.findings())
    except Exception as error:  # noqa: BLE001  whatever broke is the finding
        return [
            check.error(
                f"{check.title}: gick inte att pröva ({words_of(error)}).",
                "Rätta det som står före. Står inget före är det ett fel i programmet: kör med --json och anmäl det.",
            )
        ]
