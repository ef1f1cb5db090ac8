"""`plats work`: runs the jobs that people have started on the site, and sends the letters that wait."""

from __future__ import annotations

import logging
import signal
import sys
from threading import Thread
from types import FrameType
from typing import Any

import click

from plats.cli.output import Printer, home, json_option, told
from plats.web.operations.sharing import Kind, share_counts

GRACE_SECONDS = 60

_log = logging.getLogger(__name__)


@click.command()
@click.option("--once", is_flag=True, help="Kör det som väntar och sluta sedan.")
@click.option("--reap", is_flag=True, help="Ta bara hand om jobb vars arbetare har dött, och sluta.")
@click.option(
    "--grace",
    type=click.IntRange(0, 3600),
    default=GRACE_SECONDS,
    show_default=True,
    help="Sekunder som ett jobb får gå på när arbetaren ombeds sluta; sedan lämnas det tillbaka till kön.",
)
@click.option(
    "--with-parent", is_flag=True, hidden=True, help="Sluta när det program som startade arbetaren slutar."
)
@json_option
@told
def work(once: bool, reap: bool, grace: int, with_parent: bool, as_json: bool) -> None:
    """Kör jobben: räkna om, skriva rapporter, skicka brev. Flera arbetare kan vara igång samtidigt.

    Slutar med Ctrl-C eller SIGTERM: jobbet som pågår får bli klart, eller lämnas tillbaka till kön.
    """
    from plats.cli.site import set_up_site

    share_counts(home(), Kind.WORK)
    set_up_site()
    from plats.web.common.presence import stay
    from plats.web.operations.metrics import begin_counting

    printer = Printer(as_json)
    if reap:
        _reap(printer)
        return
    stay(home())
    begin_counting()
    _work(printer, once=once, grace=grace, with_parent=with_parent)


# Internals


def _reap(printer: Printer) -> None:
    from plats.web.jobs.reaping import reap

    reaped = reap()
    printer.line(
        f"Jobb vars arbetare dött: {reaped.queued} i kön igen, {reaped.failed} misslyckade, "
        f"{reaped.cancelled} avbrutna."
    )
    printer.result({"queued": reaped.queued, "failed": reaped.failed, "cancelled": reaped.cancelled})


def _work(printer: Printer, *, once: bool, grace: int, with_parent: bool) -> None:
    from plats.web.jobs.stopping import Stopping
    from plats.web.jobs.worker import Worker

    stopping = Stopping(grace)
    _stop_when_asked(stopping)
    if with_parent:
        Thread(target=_stop_with_parent, args=(stopping,), daemon=True).start()
    worker = Worker(stopping, tell=_tell)
    if once:
        count = worker.run_once()
        printer.line(f"{count} jobb körda.")
        printer.result({"jobs": count})
    else:
        worker.run()


def _stop_when_asked(stopping: Any) -> None:
    def ask(_number: int, _frame: FrameType | None) -> None:
        stopping.ask()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, ask)


def _stop_with_parent(stopping: Any) -> None:
    """Standard in is a pipe whose other end the parent holds: it ends however the parent ends, by kill -9 too."""
    sys.stdin.read()
    stopping.ask()


def _tell(attempt: Any, ended: str, seconds: float) -> None:
    """A line of the log for each job: there it has a time, and in production the form of all others."""
    _log.info("Job %s (%s) %s after %.1f s", attempt.public_id, attempt.kind, ended, seconds)
