"""The processes of the loop that kills workers, each with one word of what to do.

    python -m bench.kill_jobs_child prepare HOME            the tables
    python -m bench.kill_jobs_child queue HOME              queue jobs: for each line of standard in, first and number
    python -m bench.kill_jobs_child work HOME [--once]      a worker
    python -m bench.kill_jobs_child told HOME               all jobs and their ends, as JSON

Each attempt writes in a ledger beside the database when it begins, and when its work is done. The times of the reaper
are short here, so that fifty rounds take minutes: the rules are the same.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

STEPS, STEP_SECONDS = 20, 0.03


def note(home: Path, **content: Any) -> None:
    """One line, written in one go: several processes write here."""
    line = json.dumps({**content, "pid": os.getpid(), "at": time.monotonic()}) + "\n"
    handle = os.open(home / "ledger.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def set_up(home: Path) -> None:
    os.environ["PLATS_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plats.web.config.settings")
    import django

    django.setup()
    from plats.vocabulary.messages import Message
    from plats.web.jobs import rules
    from plats.web.jobs.kinds import JobKind, Progress, register_job
    from plats.web.jobs.permissions import START

    rules.BEAT = timedelta(seconds=0.3)
    rules.DEAD_AFTER = timedelta(seconds=3)
    rules.CHORES_EVERY = timedelta(seconds=0.5)
    rules.POLL_EVERY = timedelta(seconds=0.05)
    rules.PROGRESS_EVERY = timedelta(seconds=0.05)

    def run(progress: Progress, *, number: int) -> None:
        attempt = int(progress.folder.name)
        note(home, event="begun", job=number, attempt=attempt)
        for step in range(STEPS):
            progress("räknar", step, STEPS)
            time.sleep(STEP_SECONDS)
        note(home, event="worked", job=number, attempt=attempt)

    register_job(
        JobKind(
            id="probe",
            label="Prov",
            explanation="",
            run=run,
            permission=START,
            describe=lambda parameters: Message("Prov {number}", number=str(parameters["number"])),
        )
    )


def prepare() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def queue() -> None:
    from plats.web.jobs.actions import start_job
    from plats.web.jobs.kinds import job_kind

    kind = job_kind("probe")
    assert kind is not None
    for line in sys.stdin:
        first, number = map(int, line.split())
        for one in range(first, first + number):
            start_job(by=None, kind=kind, parameters={"number": one})
        print("queued", flush=True)


def work(home: Path, *, once: bool) -> None:
    from plats.web.jobs.stopping import Stopping
    from plats.web.jobs.worker import Worker

    stopping = Stopping()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.ask())
    worker = Worker(stopping)
    note(home, event="ready")
    if once:
        worker.run_once()
    else:
        worker.run()


def told() -> dict[str, Any]:
    from django_tasks_db.models import DBTaskResult

    from plats.web.audit.models import AuditEntry
    from plats.web.audit.verify import verify
    from plats.web.jobs.models import Job

    fields = ("public_id", "parameters", "state", "attempts", "handed_back")
    ends = AuditEntry.objects.filter(act__in=("job.finish", "job.fail", "job.stop"), kind="job")
    return {
        "jobs": [
            {**row, "public_id": str(row["public_id"])} for row in Job.objects.order_by("pk").values(*fields)
        ],
        "ends": [list(one) for one in ends.order_by("sequence").values_list("act", "object_id")],
        "queued": DBTaskResult.objects.count(),
        "chain_whole": verify().whole,
    }


def main(act: str, home: Path, words: list[str]) -> None:
    set_up(home)
    if act == "prepare":
        prepare()
    elif act == "queue":
        queue()
    elif act == "work":
        work(home, once="--once" in words)
    else:
        print(json.dumps(told()))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
