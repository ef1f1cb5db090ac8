"""What is counted while the site runs. Labels take few values: names of routes, never addresses, never people.

Names follow Prometheus: what it is, its unit, and `_total` for what only grows.
"""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()

REQUESTS = Counter(
    "plats_requests_total",
    "Requests answered, by the name of the route, method and status",
    ["route", "method", "status"],
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "plats_request_seconds",
    "Seconds from request to answer, by the name of the route",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
DATABASE_QUERIES = Counter(
    "plats_database_queries_total",
    "Questions to the database while answering, by the name of the route",
    ["route"],
    registry=REGISTRY,
)
DATABASE_SECONDS = Counter(
    "plats_database_seconds_total",
    "Seconds spent on questions to the database while answering, by the name of the route",
    ["route"],
    registry=REGISTRY,
)
SIGN_IN_FAILURES = Counter(
    "plats_sign_in_failures_total", "Sign-ins that did not succeed, whatever the reason", registry=REGISTRY
)


def begin_counting() -> None:
    """Called when a process starts, so that it is seen before anything has happened in it."""
    SIGN_IN_FAILURES.inc(0)


def count_sign_in_failure(**_: Any) -> None:
    """Called by Django when someone could not be signed in."""
    SIGN_IN_FAILURES.inc()
