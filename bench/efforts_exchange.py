"""Ten thousand efforts out of a file, in, and out again: how long, and that not a cell has changed.

The limit is ours: reading and writing 10,000 efforts with everything that belongs to them takes under 20 seconds on a
machine that does nothing else. Counted is the processor's time, so that a busy machine does not decide; the clock's
stands beside it.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from typing import Any

from bench.measure import busy

EFFORTS = 10_000
LIMIT_SECONDS = 20.0
WORDS = "lov läxa trygg gård fritid väg vuxen lek natt skola språk mötesplats arbete musik idrott"


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else EFFORTS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PLATS_HOME"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plats.web.config.settings")
        return _measured(count)


# Internals


def _measured(count: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from plats.web.efforts.exchange.export import export_efforts
    from plats.web.efforts.exchange.planning import Fate

    call_command("migrate", verbosity=0)
    print(busy())
    _ground()
    slowest = 0.0
    for suffix in ("csv", "xlsx"):
        first = _file(count, suffix)
        plan, seconds, waited = _imported(first, suffix)
        assert plan.counts[Fate.NEW] == count, plan.of(Fate.REFUSED)[:3]
        slowest = max(slowest, seconds)
        began = time.process_time()
        out = export_efforts(by=None, suffix=suffix)
        exporting = time.process_time() - began
        assert _cells(out, suffix) == _cells(first, suffix), "A cell has changed on its way in and out."
        again, unchanged, _waited = _imported(out, suffix)
        assert again.counts[Fate.UNCHANGED] == count
        size = len(out) / 1e6
        print(
            f"{suffix}: {count} efforts in {seconds:.1f} s in ({waited:.1f} s by the clock), "
            f"{exporting:.1f} s out ({size:.1f} MB), "
            f"{unchanged:.1f} s when nothing has changed; identical"
        )
        _emptied()
    print(f"limit {LIMIT_SECONDS:.0f} s: {'held' if slowest < LIMIT_SECONDS else 'broken'}")
    return int(count >= EFFORTS and slowest >= LIMIT_SECONDS)


def _imported(content: bytes, suffix: str) -> tuple[Any, float, float]:
    from plats.web.efforts.exchange.actions import do_plan
    from plats.web.efforts.exchange.planning import plan_file

    told: list[int] = []
    began, clock = time.process_time(), time.perf_counter()
    plan = plan_file(content, suffix, by=None, progress=lambda done, _total: told.append(done))
    do_plan(by=None, plan=plan, progress=lambda done, _total: told.append(done))
    seconds, waited = time.process_time() - began, time.perf_counter() - clock
    assert len(told) > len(plan.rows) / 500, "Nobody was told how far it had come."
    return plan, seconds, waited


def _ground() -> None:
    """Organisations, goals and places for the rows to point at."""
    from plats.web.accounts.models import Organisation
    from plats.web.audit.recording import unrecorded
    from plats.web.goals.models import Goal
    from plats.web.places.models import Place

    with unrecorded("the ground of a measurement"):
        owners = [
            Organisation.objects.create(name=f"Nämnd {number} (exempel)", kind="committee", is_example=True)
            for number in range(5)
        ]
        for number in range(500):
            Goal.objects.create(organisation=owners[0], slug=f"mal-{number}", title=f"Mål {number} (exempel)")
    Place.objects.bulk_create(
        Place(municipality="0126", division="regso", slug=f"exempel-{number}", name=f"Exempel {number}")
        for number in range(60)
    )


def _file(count: int, suffix: str) -> bytes:
    from django.utils import translation

    from plats.web.efforts.exchange.content import header, written
    from plats.web.efforts.exchange.files import write_csv, write_xlsx

    with translation.override("sv"):
        cells = [written(content) for content in _contents(count)]
    rows = [["", "", *(row[name] for name in header()[2:])] for row in cells]
    return write_csv(header(), rows) if suffix == "csv" else write_xlsx(header(), rows, [])


def _contents(count: int) -> list[object]:
    """Rows of every shape: unknown shares and amounts, texts that look like formulas, several years."""
    from plats.web.efforts.exchange.content import Content
    from plats.web.efforts.kinds import EffortKind, EffortState

    draw = random.Random(4)  # noqa: S311  the same rows each time
    words = WORDS.split()

    def text(length: int) -> str:
        return " ".join(draw.choice(words) for _ in range(length))

    kinds, states = list(EffortKind.values), list(EffortState.values)
    empty = {"summary": "", "factor_kind": "", "factor": "", "effect_indicator": "", "effect": ""}
    unknown = dict.fromkeys(("starts_on", "ends_on", "age_from", "age_to", "group_size", "effect_size"))
    found = []
    for number in range(count):
        values = {
            **empty,
            **unknown,
            "title": f"{'=' if number % 50 == 0 else ''}{text(3)} {number:05d} (exempel)",
            "kind": draw.choice(kinds),
            "level": "unknown",
            "moment": "before",
            "state": draw.choice(states),
            "problem": text(12),
            "cause": text(12),
            "sex": "all",
            "effect_year": draw.choice([None, 2028]),
            "follow_up": text(6),
            "as_of": None,
            "source_title": "",
            "source_url": "",
            "case_number": "",
            "is_public": number % 3 == 0,
            "is_example": True,
        }
        places = draw.sample(range(60), 3)
        found.append(
            Content(
                organisation=f"Nämnd {number % 5} (exempel)",
                values=values,
                goals=[f"mal-{draw.randrange(500)}"],
                places=[(f"regso/exempel-{place}", draw.choice([None, 333_333])) for place in places],
                partners=[(f"Nämnd {(number + 1) % 5} (exempel)", "Lokal | och tid")],
                resources=[
                    (year, "", "", draw.choice([None, 12_345_00]), draw.choice([None, 0, 40]), None)
                    for year in (2025, 2026)
                ],
            )
        )
    return found


def _cells(content: bytes, suffix: str) -> list[list[str]]:
    """What the file says, without numbers and revisions, in one order."""
    from plats.web.efforts.exchange.files import read_table

    _head, rows = read_table(content, suffix)
    width = max(map(len, rows))
    return sorted([*row, *[""] * (width - len(row))][2:] for row in rows)


def _emptied() -> None:
    from plats.web.audit.recording import unrecorded
    from plats.web.efforts.models import Effort

    with unrecorded("between two measurements"):
        Effort.objects.all().delete()
