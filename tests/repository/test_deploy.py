"""What is installed on a server agrees with the program: commands, settings, ports, limits. deploy/test.sh tries it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click
import pytest

from deploy.testing import units
from plats.cli.main import main
from plats.web.config.environment import read_environment
from tests.repository.tree import ROOT, name_of, text

DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
SCRIPTS = sorted(DEPLOY.rglob("*.sh"))
SITE = text(DEPLOY / "nginx" / "plats.conf")


def _variables(path: Path) -> dict[str, str]:
    """The settings of the example file, those that are switched off too."""
    return dict(re.findall(r"^#?([A-Z_]+)=(\S*)$", text(path), re.MULTILINE))


# Services


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_what_a_service_runs_is_a_command_with_options_that_exist(path: Path) -> None:
    found = re.search(r"^ExecStart=/opt/plats/current/bin/plats (\w+)(.*)$", text(path), re.MULTILINE)
    assert found, f"{name_of(path)} does not start plats."
    command = main.commands[found[1]]
    # Under the group, as it is run: a command keeps the help options of the first context it meets.
    above = main.make_context("plats", [found[1]])
    context = command.make_context(found[1], found[2].split(), parent=above)
    assert isinstance(context, click.Context)


def test_there_is_a_service_for_each_timer_and_installation_knows_them_all() -> None:
    assert {path.stem for path in TIMERS} == {"plats-retain", "plats-backup"}
    assert {path.stem for path in TIMERS} < {path.stem for path in SERVICES}
    shared = text(DEPLOY / "common.sh")
    for path in [*TIMERS, *(one for one in SERVICES if one.with_suffix(".timer") not in TIMERS)]:
        assert path.name in shared, f"{path.name} is in neither SERVICES nor TIMERS of deploy/common.sh."


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_may_only_what_it_must(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put together with the drop-in that is common to all, as systemd does it."""
    monkeypatch.setattr(units, "FOLDERS", (DEPLOY / "systemd",))
    unit = units.Unit(path.name)
    assert unit.one["User"] == unit.one["Group"] == "plats"
    assert unit.one["ProtectSystem"] == "strict"
    assert unit.one["CapabilityBoundingSet"] == unit.one["AmbientCapabilities"] == ""
    for name in (
        "LockPersonality",
        "NoNewPrivileges",
        "PrivateDevices",
        "PrivateTmp",
        "ProtectControlGroups",
        "ProtectHome",
        "ProtectKernelModules",
        "ProtectKernelTunables",
        "RestrictNamespaces",
        "RestrictSUIDSGID",
    ):
        assert unit.on(name), f"{path.name} has not {name}=yes"
    # The engine's kernels become code while the program runs: the worker that runs them may do so.
    assert unit.on("MemoryDenyWriteExecute") == (path.stem != "plats-worker")
    allowed = ["@system-service", "~@privileged", "~@resources", "setpriority", "ioprio_set"]
    assert unit.many["SystemCallFilter"] == allowed
    more = ["/var/backups/plats"] if path.stem == "plats-backup" else []
    assert sorted(unit.many["ReadWritePaths"]) == sorted(["/var/lib/plats", *more])


def test_a_later_setting_stands_and_an_empty_list_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-in for systemctl reads units as systemd.unit(5) says."""
    (tmp_path / "a-.service.d").mkdir()
    (tmp_path / "a-b.service.d").mkdir()
    (tmp_path / "a-b.service").write_text(
        "[Unit]\nType=no\n[Service]\nType=simple\nReadWritePaths=/x\nExecStart=one \\\n two\n"
    )
    (tmp_path / "a-.service.d/1.conf").write_text("[Service]\n# Type=exec\nReadWritePaths=/y\nUMask=0077\n")
    (tmp_path / "a-b.service.d/1.conf").write_text(
        "[Service]\nType=notify\nReadWritePaths=\nReadWritePaths=/z\n"
    )
    monkeypatch.setattr(units, "FOLDERS", (tmp_path,))
    unit = units.Unit("a-b.service")
    assert (unit.one["Type"], unit.one["UMask"]) == ("notify", "0077")
    assert unit.many["ReadWritePaths"] == ["/z"]
    assert unit.command() == ["one", "two"]


# Settings


def test_every_setting_of_the_example_is_one_that_the_program_reads() -> None:
    readme = text(ROOT / "README.md")
    assert [name for name in _variables(DEPLOY / "plats.env.example") if f"`{name}`" not in readme] == []


def test_the_example_switches_on_what_production_needs(tmp_path: Path) -> None:
    on = re.findall(r"^([A-Z_]+)=(\S+)$", text(DEPLOY / "plats.env.example"), re.MULTILINE)
    given = {name: value.replace("@NAME@", "platser.exempel.se") for name, value in on}
    environment = read_environment(given | {"PLATS_HOME": str(tmp_path), "PLATS_SECRET_KEY": "x" * 50})
    assert environment.production
    assert environment.https
    assert environment.behind_proxy
    assert environment.log_as_json
    assert not environment.debug
    assert environment.allowed_hosts == ["platser.exempel.se", "127.0.0.1"]
    assert given["PLATS_HOME"] == "/var/lib/plats"


# nginx


def test_nginx_asks_the_site_where_it_listens() -> None:
    web = re.search(r"--host (\S+) --port (\d+)", text(DEPLOY / "systemd" / "plats-web.service"))
    assert web
    assert f"server {web[1]}:{web[2]};" in SITE
    assert f"ADDRESS=http://{web[1]}:{web[2]} " in text(DEPLOY / "common.sh")


def test_nginx_lets_go_of_a_connection_before_the_site_does() -> None:
    from plats.cli.serve import _options

    held = re.search(r"keepalive_timeout (\d+)s;\n}", SITE)
    assert held
    assert int(held[1]) < _options("127.0.0.1", 8000, 1)["keepalive"]


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded"]
)
def test_nginx_overwrites_what_the_site_believes(header: str) -> None:
    told = re.findall(rf"^\s*proxy_set_header {header} (\S+);$", SITE, re.MULTILINE)
    assert told in (["$remote_addr"], ["$scheme"], ['""'])
    # A location with a header of its own would lose all those of the server.
    inside = re.findall(r"location [^{]+\{([^}]*)\}", SITE)
    assert len(inside) >= 4
    assert not [one for one in inside if "proxy_set_header" in one]


def test_nginx_writes_neither_reader_nor_address_in_its_log() -> None:
    format_ = re.search(r"log_format plats_refused[^;]+;", SITE)
    assert format_
    told = set(re.findall(r"\$(\w+)", format_[0]))
    assert not told & {
        "request",
        "request_uri",
        "uri",
        "args",
        "query_string",
        "remote_addr",
        "http_referer",
        "http_user_agent",
    }
    logs = re.findall(r"^\s*access_log (.+);$", SITE, re.MULTILINE)
    assert logs == ["off", "/var/log/nginx/plats-refused.log plats_refused if=$plats_refused"]
    assert set(re.findall(r"^\s*error_log \S+ (\w+);$", SITE, re.MULTILINE)) == {"crit"}


def test_nginx_takes_only_tls_that_is_safe_and_what_the_site_takes() -> None:
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in SITE
    assert "client_max_body_size 25m;" in SITE
    assert re.search(r"location ~ \^/\(en/\)\?matt/ \{\s*return 403;", SITE)
    for path in ("logga-in", "inbjudan"):
        assert re.search(rf"location ~ \^/\(en/\)\?{path}/ {{\s*limit_req ", SITE)


# Scripts


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_read_by_its_shell_and_stops_at_the_first_fault(path: Path) -> None:
    shell = "bash" if "bash" in text(path).splitlines()[0] + text(path).splitlines()[1] else "sh"
    subprocess.run([shell, "-n", str(path)], check=True)
    if path.parent == DEPLOY and path.name != "common.sh":
        assert re.search(r"^set -\w*e\w*u", text(path), re.MULTILINE)


def test_the_trial_refuses_a_machine_where_something_is_installed() -> None:
    """Before anything is made, and before the clean-up that removes it all is armed."""
    trial = text(DEPLOY / "test.sh")
    assert trial.index("här finns en installation") < trial.index("trap clean_up EXIT")
