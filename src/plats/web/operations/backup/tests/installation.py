"""A small installation to copy and to restore: rows, figures with a file in two versions, an upload, keys."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from plats.facts.schema import TABLES
from plats.facts.snapshots import Provenance
from plats.facts.versions import FactStore
from plats.web.config.database import database_settings
from plats.web.operations.backup.contents import HOME_MEMBERS
from plats.web.operations.backup.database import Database
from tests.databases import copy_database, rows, surroundings

MUNICIPALITY = "0126"
UPLOAD = b"%PDF-1.7 exempel"
_SET_UP = """
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
"""
_ACT = """
from plats.web.accounts.actions import create_user
create_user(by=None, email={email!r}, name="Exempel", password="tre gula lastbilar")
"""
_VERIFY = """
import json
from plats.web.audit.verify import verify
result = verify()
print(json.dumps([result.entries, [one.what for one in result.findings]]))
"""


def make(home: Path) -> None:
    """Make the installation, with one account."""
    home.mkdir()
    (home / "raw.csv").write_text("area;people\n", encoding="utf-8")
    store = FactStore(home)
    store.snapshots.put(home / "raw.csv", "raw.csv", Provenance("Exempel", "", "", "", "CC0", "2026-11-27"))
    (home / "raw.csv").unlink()
    for name in ("areas", "observations"):
        with store.begin("exempel") as draft:
            draft.put(name, TABLES[name].empty_table())
            draft.commit()
    put_file(home, UPLOAD)
    run(home, _SET_UP)
    act(home, "forsta@exempel.se")


def copy(source: Path, target: Path) -> Path:
    """An installation of one's own with the same content."""
    # With its hard links, as an operator copies it.
    subprocess.run(["cp", "-a", source, target], check=True)
    copy_database(source, target)
    return target


def run(home: Path, code: str, **more: str) -> str:
    """Run a few lines of Python in the installation; returns what they print."""
    started = f"from plats.cli.output import set_up_django\nset_up_django()\n{code}"
    return command(home, [sys.executable, "-c", started], **more)


def command(home: Path, words: list[str], *, code: int = 0, **more: str) -> str:
    """Run a program in the installation; its exit code must be this."""
    done = subprocess.run(
        words, env=surroundings(home, **more), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == code, f"{done.returncode}: {done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def plats(home: Path, *words: str | Path, code: int = 0) -> str:
    """The command, as an operator runs it."""
    program = [sys.executable, "-c", "from plats.cli.main import main; main()"]
    return command(home, [*program, *map(str, words)], code=code)


def act(home: Path, email: str) -> None:
    """Someone gets an account: a row, and its entry in the audit chain."""
    run(home, _ACT.format(email=email))


def accounts(home: Path) -> list[str]:
    return [email for (email,) in rows(home, "SELECT email FROM accounts_user ORDER BY email")]


def chain(home: Path) -> tuple[int, list[str]]:
    """How many entries the audit chain has, and what is wrong with it."""
    entries, findings = json.loads(run(home, _VERIFY).splitlines()[-1])
    return entries, findings


def put_file(home: Path, content: bytes) -> Path:
    """An upload, named by its hash."""
    name = hashlib.sha256(content).hexdigest()
    path = home / "files" / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def database(home: Path) -> Database:
    """The installation's database, as backup and restore see it."""
    return Database.of(database_settings(surroundings(home).get("DATABASE_URL", ""), home))


def what_stands(home: Path) -> dict[str, Any]:
    """All that a restore replaces, files by content; two installations that are one have the same."""
    files = {
        path.relative_to(home).as_posix(): path.read_bytes()
        for name in HOME_MEMBERS
        for path in sorted([home / name, *(home / name).rglob("*")])
        if path.is_file() and path.name[0] != "."
    }
    return files | {"accounts": accounts(home), "uid": os.getuid()}
