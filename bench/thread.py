"""`python -m bench thread [EFFORTS]`: the thread from 500 goals to 5,000 efforts, and pages beside 10,000 efforts.

A request goes through the whole site: middleware, access, questions to the database, the page. The figures are
Huddinge's; goals, efforts and accounts are made up. Beside each time stands the processor's, which a busy machine does
not decide.
"""

from __future__ import annotations

import random
import statistics
import time
from typing import Any

from bench.installation import installation, kind
from bench.measure import against_limit, busy

GOALS, EFFORTS, MORE_EFFORTS, USERS = 500, 5_000, 10_000, 1_000
THREAD_MS, PAGE_MS = 300.0, 100.0
ROUNDS = 40


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else EFFORTS
    with installation() as home:
        _loaded(home)
        print(f"{kind()}, {busy()}")
        _fill_goals()
        _fill_efforts(count)
        code = _measured(f"tråden, {GOALS} mål och {count} insatser", "/insatser/roda-traden/", THREAD_MS)
        _fill_efforts(MORE_EFFORTS - count)
        _fill_users()
        beside = f"{MORE_EFFORTS} insatser och {USERS} konton"
        code |= _measured(f"en plats bland {beside}", "/omraden/regso/varby-gard/", PAGE_MS)
        _measured(f"listan, {beside}", "/insatser/", float("inf"))
        return code


# Internals


def _loaded(home: Any) -> None:
    from datetime import date

    from plats.data import embedded
    from plats.derive.run import derive
    from plats.facts.versions import FactStore
    from plats.sources.files.load import load_many
    from plats.web.places.actions import sync_places

    store = FactStore(home)
    load_many(store, embedded("0126"))
    derive(store, "0126", on=date(2026, 11, 23))
    sync_places(store=store, municipality="0126")


def _fill_goals() -> None:
    from plats.web.accounts.tests.world import make_organisation
    from plats.web.audit.recording import unrecorded
    from plats.web.goals.models import Goal, GoalVersion, Plan, PlanVersion

    with unrecorded("a measurement"):
        owner = make_organisation("Nämnden (exempel)")
        plan = Plan.objects.create(
            organisation=owner, slug="plan", title="Plan", kind="committee", is_public=True
        )
        version = PlanVersion.objects.create(plan=plan, number=1, ends_on="2099-12-31")
        goals = Goal.objects.bulk_create(
            Goal(organisation=owner, slug=f"mal-{n}", title=f"Mål {n}", is_public=True) for n in range(GOALS)
        )
        GoalVersion.objects.bulk_create(
            GoalVersion(
                goal=goal,
                plan_version=version,
                level="goal",
                title=goal.title,
                position=n,
                parent=goals[n // 10] if n else None,
            )
            for n, goal in enumerate(goals)
        )
        PlanVersion.objects.filter(pk=version.pk).update(state="adopted")


def _fill_efforts(count: int) -> None:
    from plats.web.accounts.models import Organisation
    from plats.web.audit.recording import unrecorded
    from plats.web.efforts.kinds import EffortKind
    from plats.web.efforts.models import Effort, EffortGoal, EffortPlace, ServiceReach
    from plats.web.goals.models import Goal
    from plats.web.places.models import Place

    draw = random.Random(count)  # noqa: S311  a seed gives the same efforts each time
    owner = Organisation.objects.get(name="Nämnden (exempel)")
    goals, places = list(Goal.objects.all()), list(Place.objects.all())
    there = Effort.objects.count()
    with unrecorded("a measurement"):
        efforts = Effort.objects.bulk_create(
            Effort(
                organisation=owner,
                slug=f"insats-{there + n}",
                title=f"Insats {there + n}",
                kind=draw.choice(EffortKind.values),
                state="under_way",
                problem="Ett problem",
                cause="En orsak",
                is_public=True,
            )
            for n in range(count)
        )
        EffortPlace.objects.bulk_create(EffortPlace(effort=one, place=draw.choice(places)) for one in efforts)
        EffortGoal.objects.bulk_create(
            EffortGoal(effort=one, goal=draw.choice(goals)) for one in efforts if draw.random() < 0.9
        )
        ServiceReach.objects.bulk_create(
            ServiceReach(effort=one, opening_hours="Fredag 18-22") for one in efforts[::20]
        )


def _fill_users() -> None:
    from plats.web.accounts.tests.world import make_user

    for _ in range(USERS):
        make_user()


def _measured(title: str, address: str, limit: float) -> int:
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    client = Client()
    client.get(address)
    clock, computing = [], []
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        clock.append(1000 * (time.perf_counter() - began))
        computing.append(1000 * (time.process_time() - worked))
        assert answer.status_code == 200, answer.status_code
    p95 = sorted(clock)[int(0.95 * ROUNDS)]
    own = statistics.median(computing)
    print(
        f"  {title}: median {statistics.median(clock):.0f} ms, processorn {own:.0f} ms, {len(answer.content)} byte"
    )
    return against_limit(f"{title}, p95", p95, limit, "ms")
