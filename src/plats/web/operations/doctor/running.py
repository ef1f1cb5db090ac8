"""What must go on by itself: jobs, backups, retention; and what must hang together: people, rows, files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from plats.web.accounts.models import Membership, Organisation, User
from plats.web.accounts.responsibility import responsibilities
from plats.web.documents.models import StoredFile
from plats.web.documents.uploads.storage import files_root, path_of
from plats.web.jobs.models import Job
from plats.web.jobs.rules import DEAD_AFTER
from plats.web.jobs.states import State
from plats.web.operations.backup import stamps
from plats.web.operations.doctor.check import Check, Finding, home
from plats.web.operations.sharing import Kind, processes
from plats.web.retention.planning import make_plan

BACKUP_LATE, BACKUP_LOST = timedelta(hours=26), timedelta(days=8)
DRILL_LATE = timedelta(days=100)
WAITS_LONG = timedelta(minutes=10)
RETENTION_LATE = timedelta(days=7)
_LEFT_SECONDS = 24 * 60 * 60


class Worker(Check):
    id = "worker"
    title = "Arbetaren kör jobben"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        now = timezone.now()
        advice = "Starta arbetaren (plats work, eller tjänsten plats-worker) och se i dess logg."
        if not processes(home())[Kind.WORK]:
            yield self.in_production("Ingen arbetare är igång: jobb och brev blir liggande.", advice)
        silent = Q(heartbeat_at__lt=now - DEAD_AFTER) | Q(heartbeat_at__isnull=True)
        if dead := Job.objects.filter(silent, state=State.RUNNING).count():
            yield self.error(f"{dead} jobb står som pågående utan livstecken.", advice)
        waiting = Job.objects.filter(state=State.QUEUED, created_at__lt=now - WAITS_LONG).count()
        if waiting:
            yield self.warning(
                f"{waiting} jobb har väntat mer än {WAITS_LONG.seconds // 60} minuter.", advice
            )


class LastBackup(Check):
    id = "last_backup"
    title = "En säkerhetskopia är tagen nyligen"

    def findings(self) -> Iterator[Finding]:
        last = stamps.last(home(), stamps.BACKUP)
        advice = "Kör plats backup, och låt en timer göra det varje natt. Flytta kopian till en annan dator."
        if last is None:
            yield self.in_production("Ingen säkerhetskopia är tagen.", advice)
            return
        age = timezone.now() - last.at
        if age > BACKUP_LOST:
            yield self.error(f"Den senaste säkerhetskopian är {_days(age)} gammal.", advice)
        elif age > BACKUP_LATE:
            yield self.warning(f"Den senaste säkerhetskopian är {_days(age)} gammal.", advice)


class LastDrill(Check):
    id = "last_drill"
    title = "En återställning är övad i år"

    def findings(self) -> Iterator[Finding]:
        last = stamps.last(home(), stamps.DRILL)
        advice = "Kör plats restore --drill på den senaste kopian, gärna på en annan dator."
        if last is None:
            yield self.warning("Ingen återställning är övad: ingen vet om kopiorna går att använda.", advice)
        elif timezone.now() - last.at > DRILL_LATE:
            yield self.warning(f"Den senaste övningen var {last.at:%Y-%m-%d}.", advice)


class Retention(Check):
    id = "retention"
    title = "Gallringen är gjord"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        plan = make_plan()
        limit = plan.as_of - RETENTION_LATE
        late = sum(item.count for item in plan.items if item.due_on < limit)
        if late:
            yield self.error(
                f"{late} poster skulle ha gallrats för mer än {RETENTION_LATE.days} dagar sedan.",
                "Kör plats retain, och låt en timer göra det varje natt.",
            )
        waiting = sum(item.count for item in plan.waiting if item.due_on < limit)
        if waiting:
            yield self.warning(
                f"{waiting} poster väntar på gallringsbeslut.",
                "Se listan med plats retain --dry-run och fatta beslut.",
            )


class Orphans(Check):
    """Things whose holder can no longer reach them."""

    id = "orphans"
    title = "Allt har någon som svarar för det"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        left = [held for gone in self._gone() for held in gone]
        if left:
            yield self.warning(
                f"{len(left)} saker hör till personer som inte längre arbetar i organisationen.",
                "Gå till personens sida i webbplatsen och för över ansvaret.",
            )
        if alone := self._without_lead():
            yield self.warning(
                f"{len(alone)} organisationer har medlemmar men ingen partneransvarig eller systemförvaltare, "
                f"först {alone[0]}.",
                "Låt systemförvaltaren bjuda in en partneransvarig.",
            )

    def _gone(self) -> Iterator[list[object]]:
        """What each person still answers for in an organisation where no role of theirs is current."""
        current = (
            Membership.objects.current().filter(user__is_active=True).values_list("user", "organisation")
        )
        inside = set(current)
        pairs = set(Membership.objects.values_list("user", "organisation")) - inside
        people = User.objects.in_bulk({user for user, _ in pairs})
        organisations = Organisation.objects.in_bulk({organisation for _, organisation in pairs})
        for user, organisation in sorted(pairs):
            for one in responsibilities():
                yield list(one.held_by(people[user], organisations[organisation]))

    def _without_lead(self) -> list[str]:
        current = Membership.objects.current().filter(user__is_active=True)
        led = current.filter(role__in=("partner_lead", "administrator")).values("organisation")
        members = current.exclude(organisation__in=led)
        return sorted({one.organisation.name for one in members.select_related("organisation")})


class Uploads(Check):
    id = "uploads"
    title = "Filerna på disken är de som raderna nämner"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        known = {}
        missing = 0
        for stored in StoredFile.objects.order_by("pk").iterator():
            path = path_of(stored.sha256)
            known[path.name] = True
            missing += not path.exists() or path.stat().st_size != stored.size
        if missing:
            yield self.error(
                f"{missing} filer saknas på disken eller har fel storlek.",
                "Återställ dem från en säkerhetskopia: de ligger i arkivets mapp home/files.",
            )
        before = time.time() - _LEFT_SECONDS
        paths = [path for path in files_root().glob("*/*") if path.is_file()] if files_root().exists() else []
        left = [path for path in paths if path.name not in known and path.stat().st_mtime < before]
        if left:
            size = sum(path.stat().st_size for path in left)
            yield self.warning(
                f"{len(left)} filer ({size / 1e6:.1f} MB) på disken nämns inte av någon rad.",
                "Arbetaren städar bort dem. Går de inte bort: se i dess logg.",
            )


CHECKS: tuple[type[Check], ...] = (Worker, LastBackup, LastDrill, Retention, Orphans, Uploads)


# Internals


def _days(age: timedelta) -> str:
    return f"{age.days} dygn" if age.days else f"{age.seconds // 3600} timmar"
