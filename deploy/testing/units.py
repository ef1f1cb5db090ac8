#!/usr/bin/python3
"""Stands in for systemctl on a machine where systemd does not run, so that deploy/test.sh can try the units for real.

It reads the unit files and their drop-ins and does what they say about user, environment, folders that may be written,
private /tmp, rights, system calls, memory, readiness and stopping. What it leaves out: PrivateDevices, Protect* other
than System and Home, Restrict* and timers; `systemd-analyze verify` and `security` judge those.

    units.py start|stop|restart|is-active UNIT...     enable --now UNIT...     daemon-reload
"""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

FOLDERS = (Path("/etc/systemd/system"), Path("/lib/systemd/system"))
STATE = Path("/run/plats-units")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
START_SECONDS = 90
_SECONDS = {"": 1, "s": 1, "min": 60}
# Settings that are lists: each line adds, an empty one begins anew.
_LISTS = {"Environment", "EnvironmentFile", "ReadWritePaths", "SystemCallFilter"}
PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN = 65, 1
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # libseccomp: allow; answer EPERM


class Unit:
    """A unit with its drop-ins, as systemd would put them together."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.one: dict[str, str] = {}
        self.many: dict[str, list[str]] = {key: [] for key in _LISTS}
        for path in self._files():
            self._read(path)

    def _files(self) -> Iterator[Path]:
        main = next((folder / self.name for folder in FOLDERS if (folder / self.name).is_file()), None)
        if main is None:
            sys.exit(f"Unit {self.name} not found.")
        yield main
        stem, kind = self.name.rsplit(".", 1)
        # plats-web.service also takes what stands in plats-.service.d, which systemd reads for the common beginning.
        prefixes = [stem[: found.end()] for found in re.finditer("-", stem)]
        for folder in FOLDERS:
            for part in [*prefixes, stem]:
                yield from sorted((folder / f"{part}.{kind}.d").glob("*.conf"))

    def _read(self, path: Path) -> None:
        section = ""
        for line in path.read_text().replace("\\\n", " ").splitlines():
            text = line.strip()
            if text.startswith("["):
                section = text
            elif "=" in text and text[0] not in "#;" and section == "[Service]":
                key, value = (part.strip() for part in text.split("=", 1))
                if key in _LISTS:
                    self.many[key] = [*self.many[key], *_words(value)] if value else []
                else:
                    self.one[key] = value

    def on(self, key: str) -> bool:
        return self.one.get(key, "") in ("yes", "true", "on", "1", "strict")

    @property
    def state(self) -> Path:
        return STATE / f"{self.name}.pid"

    @property
    def log(self) -> Path:
        return STATE / f"{self.name}.log"

    def environment(self) -> dict[str, str]:
        user = self.one.get("User", "root")
        found = {"PATH": PATH, "LANG": "C.UTF-8", "USER": user, "LOGNAME": user}
        found["HOME"] = pwd.getpwnam(user).pw_dir
        found |= dict(part.split("=", 1) for part in self.many["Environment"])
        for name in self.many["EnvironmentFile"]:
            for line in Path(name.removeprefix("-")).read_text().splitlines():
                if line.strip() and line.strip()[0] not in "#;":
                    key, value = line.split("=", 1)
                    found[key.strip()] = value.strip().strip("\"'")
        return found

    def command(self) -> list[str]:
        return shlex.split(self.one["ExecStart"].lstrip("@-:+!"))


def start(unit: Unit) -> None:
    """Start, and wait until the unit says or shows that it is up; for one that only does its work, until it is done."""
    if running(unit):
        return
    kind = unit.one.get("Type", "simple")
    STATE.mkdir(exist_ok=True)
    environment = unit.environment()
    with unit.log.open("ab") as log, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        if kind == "notify":
            environment["NOTIFY_SOCKET"] = _listen(door, unit)
        child = subprocess.Popen(
            _confined(unit), env=environment, stdout=log, stderr=log, start_new_session=True, cwd="/"
        )
        if kind in ("oneshot", "forking"):
            if child.wait() != 0:
                _fail(unit, f"ended with {child.returncode}")
            if kind == "forking":
                unit.state.write_text(Path(unit.one["PIDFile"]).read_text())
            return
        unit.state.write_text(str(child.pid))
        if kind == "notify":
            _await_ready(door, unit, child)
        time.sleep(0.5)
        if child.poll() is not None:
            _fail(unit, f"ended at once with {child.returncode}")


def stop(unit: Unit) -> None:
    """Ask the main process to end; end all of it when it does not."""
    number = running(unit)
    if not number:
        return
    text = unit.one.get("TimeoutStopSec", "90")
    found = re.fullmatch(r"(\d+)(\w*)", text)
    patience = int(found[1]) * _SECONDS[found[2]] if found else 90
    os.kill(number, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while running(unit) and time.monotonic() < deadline:
        time.sleep(0.1)
    if running(unit):
        os.killpg(number, signal.SIGKILL)
    unit.state.unlink(missing_ok=True)


def running(unit: Unit) -> int:
    """The number of the main process, or 0."""
    try:
        number = int(unit.state.read_text())
        stat = Path(f"/proc/{number}/stat").read_text()
    except (OSError, ValueError):
        return 0
    return 0 if stat.rsplit(")", 1)[1].split()[0] == "Z" else number


def confine(words: list[str]) -> None:
    """The last step before the program: no memory that is both written and run, and only the system calls allowed."""
    mdwe, filters, command = words[0] == "mdwe", words[1], words[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    if mdwe and libc.prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0:
        sys.stderr.write("This kernel cannot refuse memory that is both written and run; tried without.\n")
    if filters:
        _filter_calls(filters.split(","))
    os.execvp(command[0], command)  # noqa: S606


# Internals


def _confined(unit: Unit) -> list[str]:
    """The unit's command inside what the unit says it may do."""
    command = unit.command()
    if "User" not in unit.one:
        return command
    mdwe = "mdwe" if unit.on("MemoryDenyWriteExecute") else "free"
    inner = [
        sys.executable,
        str(_beside()),
        "confine",
        mdwe,
        ",".join(unit.many["SystemCallFilter"]),
        *command,
    ]
    rights = ["setpriv", "--reuid", unit.one["User"], "--regid", unit.one["Group"], "--init-groups"]
    if unit.on("NoNewPrivileges"):
        rights.append("--no-new-privs")
    if unit.one.get("CapabilityBoundingSet") == "":
        rights += ["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all"]
    script = [f"umask {unit.one.get('UMask', '0022')}", *_mounts(unit)]
    script += [f"cd {shlex.quote(unit.one.get('WorkingDirectory', '/'))}", 'exec "$@"']
    return [
        *("unshare", "--mount", "--propagation", "private"),
        *("sh", "-ec", "\n".join(script), "sh"),
        *(*rights, *inner),
    ]


def _mounts(unit: Unit) -> Iterator[str]:
    writable = [shlex.quote(path) for path in unit.many["ReadWritePaths"]]
    for path in writable:
        yield f"mount --bind {path} {path}"
    if unit.on("PrivateTmp"):
        yield from (f"mount -t tmpfs -o mode=1777 tmpfs {path}" for path in ("/var/tmp", "/tm" + "p"))  # noqa: S108
    if unit.on("ProtectHome"):
        yield from (f"mount -t tmpfs -o ro,mode=0 tmpfs {path}" for path in ("/home", "/ro" + "ot"))
    if unit.on("ProtectSystem"):
        left = "|".join(["/dev*", "/proc*", "/sys*", "/var/tmp", "/tm" + "p", *writable])  # noqa: S108
        yield "findmnt -rno TARGET | while read -r target; do"
        yield f'case "$target" in {left}) ;; *) mount -o remount,bind,ro "$target" || true ;; esac; done'


def _words(value: str) -> list[str]:
    """The words of a list; a `~` first in the line stands for all of them."""
    words = shlex.split(value)
    return [f"~{word.removeprefix('~')}" for word in words] if value.startswith("~") else words


def _beside() -> Path:
    """A copy of this file that the services' account can read."""
    copy = STATE / "units.py"
    shutil.copyfile(__file__, copy)
    copy.chmod(0o644)
    return copy


def _listen(door: socket.socket, unit: Unit) -> str:
    path = STATE / f"{unit.name}.notify"
    path.unlink(missing_ok=True)
    door.bind(str(path))
    path.chmod(0o777)
    door.settimeout(0.5)
    return str(path)


def _await_ready(door: socket.socket, unit: Unit, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            _fail(unit, f"ended with {child.returncode} before it was ready")
        try:
            if b"READY=1" in door.recv(4096):
                return
        except TimeoutError:
            continue
    _fail(unit, f"did not say that it was ready in {START_SECONDS} s")


def _fail(unit: Unit, what: str) -> None:
    unit.state.unlink(missing_ok=True)
    end = "\n".join(unit.log.read_text(errors="replace").splitlines()[-15:])
    sys.exit(f"{unit.name} {what}:\n{end}")


def _filter_calls(filters: list[str]) -> None:
    """Allow what the filter names, as systemd spells it out; everything else is answered with EPERM."""
    allowed: set[str] = set()
    for name in filters:
        allowed = allowed - _calls(name[1:]) if name.startswith("~") else allowed | _calls(name)
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(REFUSE))
    for name in sorted(allowed):
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            seccomp.seccomp_rule_add(context, ALLOW, number, 0)
    if seccomp.seccomp_load(context) != 0:
        sys.exit("The filter of system calls could not be loaded.")


def _calls(name: str) -> set[str]:
    """The system calls of a group, and of the groups in it."""
    if not name.startswith("@"):
        return {name}
    said = subprocess.run(
        ["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True
    ).stdout
    inside = [line.strip() for line in said.splitlines()[1:] if line.strip() and "#" not in line]
    return set().union(*(_calls(one) for one in inside))


def main(words: list[str]) -> None:
    verb = words[0] if words else ""
    if verb == "confine":
        confine(words[1:])
    names = [word for word in words[1:] if not word.startswith("--")]
    units = [Unit(name if "." in name else f"{name}.service") for name in names]
    services = [unit for unit in units if unit.name.endswith(".service")]
    if verb in ("stop", "restart", "reload-or-restart"):
        for unit in services:
            stop(unit)
    if verb in ("start", "restart", "reload-or-restart") or (verb == "enable" and "--now" in words):
        for unit in services:
            start(unit)
    if verb == "is-active":
        sys.exit(0 if all(running(unit) for unit in services) else 3)


if __name__ == "__main__":
    main(sys.argv[1:])
