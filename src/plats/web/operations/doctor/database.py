"""The database: does it answer, is it one we know, has it the form that the program expects?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone

from plats.web.audit.chain import GENESIS, hash_of
from plats.web.audit.key import audit_key, read_anchor
from plats.web.audit.models import AuditEntry, AuditHead
from plats.web.audit.recording import parts_of
from plats.web.operations.doctor.check import Check, Finding, home
from plats.web.operations.failures import words_of

OLDEST = {"postgresql": (15, 0), "sqlite": (3, 37)}
_DRIFT = timedelta(seconds=5)


class DatabaseAnswers(Check):
    id = "database_answers"
    title = "Databasen svarar"

    def findings(self) -> Iterator[Finding]:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DatabaseError as error:
            yield self.error(
                f"Databasen ({connection.vendor}) svarar inte: {words_of(error)}",
                "Starta den, och kontrollera DATABASE_URL.",
            )


class DatabaseVersion(Check):
    id = "database_version"
    title = "Databasen är av en utgåva som stöds"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        oldest = OLDEST[connection.vendor]
        found = connection.get_database_version()
        if found < oldest:
            yield self.error(
                f"{connection.display_name} är {_dotted(found)}. Äldst som stöds är {_dotted(oldest)}.",
                "Uppgradera databasen efter en säkerhetskopia.",
            )


class WriteAheadLog(Check):
    id = "write_ahead_log"
    title = "SQLite läser och skriver samtidigt (WAL)"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
            return
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            (mode,) = cursor.fetchone()
        if mode != "wal":
            yield self.error(
                f"Databasen är i läget {mode} i stället för wal: läsare och skrivare väntar på varandra.",
                "Ligger PLATS_HOME på en lokal disk? Starta om tjänsterna.",
            )


class Migrations(Check):
    id = "migrations"
    title = "Databasen har programmets form"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            names = ", ".join(f"{one.app_label}.{one.name}" for one, _ in plan[:3])
            yield self.error(
                f"{len(plan)} databasändringar är inte gjorda: {names}.",
                "Ta en säkerhetskopia och kör plats init --if-needed.",
            )


class AuditEnd(Check):
    """The end of the chain only: `plats audit verify` reads all of it."""

    id = "audit_end"
    title = "Granskningsloggens ände är den som noterats utanför databasen"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
        anchor = read_anchor()
        end = head.sequence if head else 0
        advice = (
            "Kör plats audit verify. Har databasen ersatts för hand: återställ med plats restore i stället."
        )
        if anchor is None:
            if end:
                yield self.error(
                    f"Noteringen i {home() / 'audit'} är borta, och loggen har {end} poster.", advice
                )
        elif anchor.sequence > end:
            yield self.error(
                f"Loggen slutar vid {end}, men utanför databasen är {anchor.sequence} noterad.", advice
            )
        elif not AuditEntry.objects.filter(pk=anchor.sequence, hash=anchor.hash).exists():
            yield self.error(
                f"Post {anchor.sequence} är en annan än den som noterats utanför databasen.", advice
            )


class AuditKey(Check):
    id = "audit_key"
    title = "Granskningsloggens nyckel är den som loggen skrivs med"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        last = AuditEntry.objects.order_by("-sequence").first()
        if last is None:
            return
        if hash_of(audit_key(), last.previous or GENESIS, parts_of(last)) != last.hash:
            yield self.error(
                f"Den senaste posten ({last.sequence}) stämmer inte med nyckeln.",
                f"Lägg tillbaka {home() / 'audit_key'} (eller PLATS_AUDIT_KEY) från säkerhetskopian och kör "
                "plats audit verify.",
            )


class Clock(Check):
    id = "clock"
    title = "Klockan går rätt"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        now = timezone.now()
        advice = "Slå på tidssynkronisering (systemd-timesyncd eller chrony) på datorn."
        last = AuditEntry.objects.aggregate(last=Max("at"))["last"]
        if last is not None and last > now + _DRIFT:
            yield self.error(
                f"Granskningsloggens senaste post är från {last:%Y-%m-%d %H:%M} UTC, i framtiden.", advice
            )
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT clock_timestamp()")
                (theirs,) = cursor.fetchone()
            drift = abs(theirs - timezone.now())
            if drift > _DRIFT:
                yield self.warning(
                    f"Databasens klocka skiljer {drift.total_seconds():.0f} s från datorns.", advice
                )


CHECKS: tuple[type[Check], ...] = (
    DatabaseAnswers, DatabaseVersion, WriteAheadLog, Migrations, AuditEnd, AuditKey, Clock,
)  # fmt: skip


# Internals


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
