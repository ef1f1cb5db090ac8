"""What is read when someone asks for the metrics: the state of the store, the database and the processes.

A part that cannot be read is left out and counted in `plats_scrape_errors`, so that a missing curve is seen as a fault
and not as calm.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from plats import __version__
from plats.facts.versions import FactStore
from plats.web.jobs.queries import counts_by_state
from plats.web.operations import queries
from plats.web.operations.backup import stamps
from plats.web.operations.metrics import REGISTRY
from plats.web.operations.sharing import are_shared, count_files, processes

_log = logging.getLogger(__name__)


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Counts())
    registry.register(_State())
    return generate_latest(registry)


class _Counts(Collector):
    """What the processes have counted: together when they count in files, else this one's own."""

    def collect(self) -> Iterator[Metric]:
        if are_shared():
            files = count_files(Path(settings.PLATS_HOME))
            yield from MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
        else:
            yield from REGISTRY.collect()


class _State(Collector):
    def collect(self) -> Iterator[Metric]:
        errors = 0
        for part in _PARTS:
            try:
                yield from part()
            except Exception:  # noqa: BLE001  one part that fails must not hide the others
                errors += 1
                _log.exception("A part of the metrics could not be read: %s", part.__name__)
        yield GaugeMetricFamily(
            "plats_scrape_errors", "Parts of the metrics that could not be read this time", value=errors
        )


# Internals


def _build() -> list[Metric]:
    family = GaugeMetricFamily("plats_build_info", "The program's version", labels=["version"])
    family.add_metric([__version__], 1)
    return [family]


def _store() -> list[Metric]:
    written = datetime.fromisoformat(FactStore(Path(settings.PLATS_HOME)).current().manifest["written"])
    return [
        GaugeMetricFamily(
            "plats_store_version_age_seconds", "Age of the figures that are shown", value=_age(written)
        )
    ]


def _backup() -> list[Metric]:
    """Nothing before the first backup: an age that is missing is what an alarm is set on."""
    last = stamps.last(Path(settings.PLATS_HOME), stamps.BACKUP)
    if last is None:
        return []
    family = GaugeMetricFamily(
        "plats_backup_age_seconds", "Time since the last whole backup", value=_age(last.at)
    )
    size = GaugeMetricFamily("plats_backup_bytes", "Size of the last whole backup", value=last.bytes)
    return [family, size]


def _jobs() -> list[Metric]:
    family = GaugeMetricFamily("plats_jobs", "Jobs by state", labels=["state"])
    for state, number in counts_by_state().items():
        family.add_metric([state], number)
    return [family]


def _audit() -> list[Metric]:
    return [
        CounterMetricFamily(
            "plats_audit_entries", "Entries in the audit chain", value=queries.audit_entries()
        )
    ]


def _locks() -> list[Metric]:
    return [
        GaugeMetricFamily(
            "plats_sign_in_locks", "Addresses locked after failed sign-ins", value=queries.sign_in_locks()
        )
    ]


def _processes() -> list[Metric]:
    """Each kind's processes together, by prometheus-client's own reading of each."""
    found = processes(Path(settings.PLATS_HOME))
    count = GaugeMetricFamily("plats_processes", "Running processes", labels=["kind"])
    families: dict[str, Metric] = {}
    for kind, numbers in found.items():
        count.add_metric([kind], len(numbers))
        for name, (metric, value) in _summed(numbers).items():
            family = families.setdefault(name, Metric(name, metric.documentation, metric.type))
            family.add_sample(metric.samples[0].name, {"kind": str(kind)}, value)
    return [count, *families.values()]


_SUMMED = ("plats_process_resident_memory_bytes", "plats_process_cpu_seconds", "plats_process_open_fds")


def _summed(numbers: list[int]) -> dict[str, tuple[Metric, float]]:
    sums: Counter[str] = Counter()
    described: dict[str, Metric] = {}
    for number in numbers:
        for metric in ProcessCollector("plats", partial(str, number), registry=None).collect():
            if metric.name in _SUMMED:
                described[metric.name] = metric
                sums[metric.name] += metric.samples[0].value  # type: ignore[assignment]
    return {name: (described[name], sums[name]) for name in described}


def _age(moment: datetime) -> float:
    return max(0.0, (timezone.now() - moment).total_seconds())


_PARTS: tuple[Callable[[], list[Metric]], ...] = (_build, _store, _backup, _jobs, _audit, _locks, _processes)
