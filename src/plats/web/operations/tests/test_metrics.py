from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.test import Client
from hypothesis import given
from hypothesis import settings as generated
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from pytest_django import Settings

from plats.facts.query import Facts
from plats.web.common.access import routes
from plats.web.operations.backup import stamps
from plats.web.operations.metrics import REGISTRY
from plats.web.operations.observing import METHODS, OTHER_METHOD, STATIC, UNMATCHED
from plats.web.operations.sharing import Kind, count_files, processes, share_counts

TOKEN = "a token of this test and of no installation"  # noqa: S105


def samples(text: str) -> list[Sample]:
    return [sample for family in text_string_to_metric_families(text) for sample in family.samples]


def value(text: str, name: str, **labels: str) -> float:
    found = [one.value for one in samples(text) if one.name == name and one.labels == labels]
    return sum(found)


@pytest.mark.django_db
def test_the_format_is_prometheus_own_and_holds_each_family(client: Client, site: Facts) -> None:
    client.get("/omraden/")
    response = client.get("/matt/")
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert response.headers["Cache-Control"].startswith("max-age=0")
    names = {family.name for family in text_string_to_metric_families(response.content.decode())}
    assert {
        "plats_requests",
        "plats_request_seconds",
        "plats_database_queries",
        "plats_database_seconds",
        "plats_sign_in_failures",
        "plats_sign_in_locks",
        "plats_audit_entries",
        "plats_store_version_age_seconds",
        "plats_build_info",
        "plats_scrape_errors",
        "plats_processes",
    } <= names
    assert value(response.content.decode(), "plats_scrape_errors") == 0


@pytest.mark.django_db
def test_a_request_counts_once_with_its_route_its_time_and_its_questions(client: Client, site: Facts) -> None:
    def counted() -> tuple[float, float, float]:
        text = client.get("/matt/").content.decode()
        return (
            value(text, "plats_requests_total", route="places:list", method="GET", status="200"),
            value(text, "plats_request_seconds_count", route="places:list"),
            value(text, "plats_database_queries_total", route="places:list"),
        )

    before = counted()
    client.get("/omraden/")
    after = counted()
    assert after[:2] == (before[0] + 1, before[1] + 1)
    assert after[2] > before[2]


@pytest.mark.django_db
def test_a_failed_sign_in_counts_and_says_nothing_about_who(client: Client) -> None:
    before = value(client.get("/matt/").content.decode(), "plats_sign_in_failures_total")
    authenticate(username="tolvan@exempel.se", password="fel")  # noqa: S106
    text = client.get("/matt/").content.decode()
    assert value(text, "plats_sign_in_failures_total") == before + 1
    assert "tolvan" not in text


@pytest.mark.django_db
def test_the_age_of_the_last_backup_and_of_the_figures_is_told(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.PLATS_HOME = tmp_path
    archive = tmp_path / "kopia.tar"
    archive.write_bytes(b"x" * 512)
    text = client.get("/matt/").content.decode()
    assert "plats_backup_age_seconds" not in text
    # An empty home has no figures, and that is a fault and no silence.
    assert value(text, "plats_scrape_errors") == 1
    with time_machine.travel(datetime(2026, 11, 23, 2, 0, tzinfo=UTC), tick=False):
        stamps.note(tmp_path, stamps.BACKUP, archive=archive, seconds=1.0)
    with time_machine.travel(datetime(2026, 11, 24, 2, 0, 30, tzinfo=UTC), tick=False):
        text = client.get("/matt/").content.decode()
    assert value(text, "plats_backup_age_seconds") == 24 * 60 * 60 + 30
    assert value(text, "plats_backup_bytes") == 512


def test_labels_take_few_values_whatever_is_asked_for() -> None:
    """Random addresses and methods: the label values stay within the routes' names and a few words of ours."""
    client = Client(raise_request_exception=False)
    allowed = {route.name for route in routes()} | {STATIC, UNMATCHED}

    @generated(max_examples=150)
    @given(
        st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), max_size=20),
        st.sampled_from(["", "/omraden/", "/statisk/", "/en/", "/indikatorer/"]),
        st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=10),
    )
    def ask(tail: str, head: str, method: str) -> None:
        client.generic(method, f"{head or '/'}{tail}-finns-inte/?q={tail}")

    before = _counted()
    ask()
    routes_seen, methods_seen = zip(*(_counted() - before), strict=True)
    assert set(routes_seen) <= allowed
    assert set(methods_seen) <= METHODS | {OTHER_METHOD}
    assert (UNMATCHED, OTHER_METHOD) in _counted()


def test_no_label_is_about_a_person() -> None:
    labels = {name for family in REGISTRY.collect() for sample in family.samples for name in sample.labels}
    assert labels <= {"route", "method", "status", "le"}


# Who may read them


@pytest.mark.parametrize("address", ["192.0.2.17", "10.0.0.1", "2001:db8::7", ""])
def test_another_machine_is_refused(client: Client, address: str) -> None:
    response = client.get("/matt/", REMOTE_ADDR=address)
    assert response.status_code == 403
    assert b"plats_" not in response.content


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded", "x-client-ip"])
@pytest.mark.parametrize("behind_proxy", [True, False])
def test_a_forged_header_opens_nothing(
    client: Client, settings: Settings, header: str, behind_proxy: bool
) -> None:
    settings.PLATS_BEHIND_PROXY = behind_proxy
    for forged in ("127.0.0.1", "::1", "127.0.0.1, 127.0.0.1", "for=127.0.0.1"):
        assert client.get("/matt/", REMOTE_ADDR="192.0.2.17", headers={header: forged}).status_code == 403


def test_one_who_comes_through_the_server_in_front_is_refused(client: Client) -> None:
    """nginx connects from this machine, for someone else."""
    through = {"x-forwarded-for": "192.0.2.17", "x-forwarded-proto": "https"}
    assert client.get("/matt/", REMOTE_ADDR="127.0.0.1", headers=through).status_code == 403
    assert client.get("/en/matt/", REMOTE_ADDR="127.0.0.1", headers=through).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (TOKEN, 403),
        (f"Basic {TOKEN}", 403),
        (f"Bearer {TOKEN}x", 403),
        ("Bearer ", 403),
        ("Bearer åäö", 403),
        ("", 403),
    ],
)
def test_the_installations_token_opens_from_anywhere(
    client: Client, settings: Settings, sent: str, status: int
) -> None:
    settings.PLATS_METRICS_TOKEN = TOKEN
    assert (
        client.get("/matt/", REMOTE_ADDR="192.0.2.17", headers={"authorization": sent}).status_code == status
    )


@pytest.mark.parametrize("sent", ["Bearer ", "Bearer", "Bearer None"])
def test_no_token_set_means_that_none_fits(client: Client, settings: Settings, sent: str) -> None:
    settings.PLATS_METRICS_TOKEN = ""
    assert client.get("/matt/", REMOTE_ADDR="192.0.2.17", headers={"authorization": sent}).status_code == 403


# Over several processes

_COUNT = """
import sys
from pathlib import Path
from plats.web.operations.sharing import Kind, share_counts
share_counts(Path(sys.argv[1]), Kind(sys.argv[2]))
from plats.web.operations.metrics import SIGN_IN_FAILURES
SIGN_IN_FAILURES.inc(int(sys.argv[3]))
print("plats", flush=True)
sys.stdin.read()
"""


def test_what_several_processes_have_counted_is_added_up(tmp_path: Path) -> None:
    from prometheus_client.multiprocess import MultiProcessCollector

    children = [
        _child(tmp_path, kind, number) for kind, number in ((Kind.WEB, 2), (Kind.WEB, 3), (Kind.WORK, 5))
    ]
    try:
        found = {one.name: one for one in MultiProcessCollector.merge(count_files(tmp_path))}  # type: ignore[no-untyped-call]
        assert found["plats_sign_in_failures"].samples[0].value == 2 + 3 + 5
        running = processes(tmp_path)
        assert (len(running[Kind.WEB]), len(running[Kind.WORK])) == (2, 1)
    finally:
        for child in children:
            child.communicate(timeout=30)
    assert processes(tmp_path) == {Kind.WEB: [], Kind.WORK: []}


def test_a_start_begins_anew_and_leaves_what_others_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "restored afterwards")
    running, gone = _child(tmp_path, Kind.WEB, 1), _child(tmp_path, Kind.WEB, 1)
    gone.communicate(timeout=30)
    try:
        share_counts(tmp_path, Kind.WEB)
        assert {Path(path).name for path in count_files(tmp_path)} == {
            name for name in _names(tmp_path) if str(running.pid) in name
        }
        assert count_files(tmp_path)
    finally:
        running.communicate(timeout=30)


# Internals


def _counted() -> set[tuple[str, str]]:
    """Route and method of every request this process has counted."""
    return {
        (sample.labels["route"], sample.labels["method"])
        for family in REGISTRY.collect()
        for sample in family.samples
        if sample.name == "plats_requests_total"
    }


def _child(home: Path, kind: Kind, number: int) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", _COUNT, str(home), str(kind), str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "plats\n"
    return child


def _names(home: Path) -> set[str]:
    return {path.name for path in (home / "run" / "metrics").rglob("*.db")}
