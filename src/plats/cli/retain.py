"""`plats retain`: erase what has been kept for its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from plats.cli.output import Printer, json_option, told
from plats.cli.site import set_up_site

if TYPE_CHECKING:
    from plats.web.retention.planning import Planned


@click.command()
@click.option("--dry-run", is_flag=True, help="Skriv det som skulle gallras, och gallra inget.")
@click.option("--decision", default="", help="Gallringsbeslutets nummer, för det som kräver beslut.")
@click.option("--rule", "rules", multiple=True, help="Bara den här gallringsregeln. Kan anges flera gånger.")
@json_option
@told
def retain(dry_run: bool, decision: str, rules: tuple[str, ...], as_json: bool) -> None:
    """Gallra det som sparats sin tid, enligt reglerna i catalog/parameters/retention.

    Det som kräver beslut gallras bara med --decision. Avbryts körningen fortsätter nästa där den slutade.
    """
    set_up_site()
    from plats.web.retention.planning import make_plan
    from plats.web.retention.running import Outcome
    from plats.web.retention.running import retain as carry_out

    printer = Printer(as_json)
    plan = make_plan(decision=decision, rules=rules)
    outcome = Outcome(erased=list(plan.items)) if dry_run else carry_out(by=None, plan=plan)
    for item in outcome.erased:
        printer.line(_line(item, plan.decision_of(item.rule)))
    for item in outcome.passed:
        printer.line(f"  Obs: {item.kind} {item.number} ändrades under körningen och är kvar.")
    total = sum(item.count for item in outcome.erased)
    printer.line(f"{'Skulle gallra' if dry_run else 'Gallrade'} {total}.")
    if plan.waiting:
        waiting = ", ".join(dict.fromkeys(item.rule for item in plan.waiting))
        printer.line(f"{len(plan.waiting)} väntar på beslut ({waiting}). Ange det med --decision.")
    printer.result(
        {
            "dry_run": dry_run,
            "as_of": plan.as_of,
            "erased": [_row(item, plan.decision_of(item.rule)) for item in outcome.erased],
            "passed": [_row(item, "") for item in outcome.passed],
            "waiting": [_row(item, "") for item in plan.waiting],
        }
    )


# Internals


def _line(item: Planned, decision: str) -> str:
    what = f"{item.count} st" if item.is_trace else item.object_id
    return f"  {item.kind:<16} {what:<36} {item.event_on} gallras från {item.due_on} enligt {decision}"


def _row(item: Planned, decision: str) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "object_id": item.object_id,
        "count": item.count,
        "rule": item.rule,
        "event_on": item.event_on,
        "due_on": item.due_on,
        "decision": decision,
    }
