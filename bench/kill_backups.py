"""`python -m bench kill-backups [ROUNDS]`: kill -9 in twenty backups and in twenty restores.

After a killed backup every archive that has its name is whole, and the next backup clears away the rest. After a killed
restore the installation is the one it was or the one of the archive, never something between, and its audit chain is
whole; a restore that follows completes. Half of the restores are killed while they change places, which takes a moment.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.forking import Child, in_a_fork
from bench.installation import installation, kind
from bench.kill_writes import SEED
from plats.web.common.presence import OccupiedError, alone
from plats.web.operations.backup.database import Database
from plats.web.operations.backup.making import back_up
from plats.web.operations.backup.reading import verify_archive
from plats.web.operations.backup.restoring import restore
from plats.web.operations.backup.swapping import recover

ROUNDS = 20
LONGEST_SECONDS = 600
FIRST_STEP, SWAP = "databasen", "byter plats"
FILLING = 40 << 20
Say = Callable[[str], None]


def main(arguments: list[str]) -> int:
    rounds = int(arguments[0]) if arguments else ROUNDS
    with installation() as home:
        print(f"{kind()}:")
        backups = kill_backups(home, rounds, size=FILLING, tell=lambda line: print(line, flush=True))
        restores = kill_restores(home, rounds, tell=lambda line: print(line, flush=True))
    print(
        f"\n{kind()}: {backups['killed']} dödade säkerhetskopieringar: {backups['whole']} hela arkiv, 0 halva.\n"
        f"{restores['killed']} dödade återställningar: {restores['old']} lämnade den gamla installationen, "
        f"{restores['new']} den återställda, 0 något däremellan."
    )
    return 0


def kill_backups(home: Path, rounds: int, *, size: int, tell: Say = lambda _: None) -> Counter[str]:
    """Kill backups at moments drawn over how long a whole one takes."""
    moments = random.Random(SEED)  # noqa: S311  moments to kill at, not secrets
    _fill(home, size)
    folder = home.parent / "backups"
    seconds = in_a_fork(lambda: _back_up(home, folder))
    tally: Counter[str] = Counter(whole=1)
    while tally["killed"] < rounds:
        child = Child(lambda say: _back_up(home, folder, say))
        child.listen(LONGEST_SECONDS, until=FIRST_STEP)
        child.listen(moments.uniform(0, seconds))
        killed = child.kill()
        whole = in_a_fork(lambda: _judge(folder))
        left = len(list(home.glob(".backup-*"))) + len(list(folder.glob(".*.tmp")))
        tally["killed"] += killed
        tally["whole"] = max(tally["whole"], whole)
        if killed:
            tell(f"{tally['killed']:3d}  dödad; {whole} arkiv med namn, alla hela; {left} rester")
        for archive in sorted(folder.glob("*.tar"))[1:]:
            archive.unlink()
    in_a_fork(lambda: _back_up(home, folder))
    left = [*home.glob(".backup-*"), *folder.glob(".*.tmp")]
    assert not left, f"Kvar efter en säkerhetskopia som blev klar: {left}"
    return tally


def kill_restores(home: Path, rounds: int, *, tell: Say = lambda _: None) -> Counter[str]:
    """Kill restores of an archive that differs from the installation, and see which of the two stands."""
    moments = random.Random(SEED)  # noqa: S311  moments to kill at, not secrets
    folder = home.parent / "restores"
    _write_state(home, "archive")
    in_a_fork(lambda: _back_up(home, folder))
    (archive,) = folder.glob("*.tar")
    tally: Counter[str] = Counter()
    steps = in_a_fork(lambda: _restore(home, archive))
    seconds = sum(steps.values())
    while tally["killed"] < rounds:
        _write_state(home, "installation")
        swapping = tally["killed"] % 2 == 1
        child = Child(lambda say: _restore(home, archive, say))
        if swapping:
            child.listen(LONGEST_SECONDS, until=SWAP)
        child.listen(moments.uniform(0, 1.3 * steps[SWAP] if swapping else seconds))
        killed = child.kill()
        _wait_until_alone(home)
        stands = in_a_fork(lambda: _what_stands(home))
        assert len({stands["row"], stands["file"]}) == 1, f"Rad och fil hör till olika: {stands}"
        assert stands["findings"] == [], stands["findings"]
        assert not list(home.glob(".restore/old/*")), "Det som byttes ut ligger kvar."
        if killed:
            tally["killed"] += 1
            tally["new" if stands["row"] == "archive" else "old"] += 1
            when = "i bytet" if swapping else "före bytet"
            tell(
                f"{tally['killed']:3d}  dödad {when}; {stands['row']} står, {stands['entries']} loggposter hela"
            )
    in_a_fork(lambda: _restore(home, archive))
    stands = in_a_fork(lambda: _what_stands(home))
    assert stands["row"] == stands["file"] == "archive"
    return tally


def database() -> Database:
    """The database of the environment, as backup and restore see it."""
    from django.conf import settings

    return Database.of(settings.DATABASES["default"])


# Internals


def _wait_until_alone(home: Path) -> None:
    """What the killed restore had started keeps the folder until it is done: a new restore is told to wait."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            with alone(home):
                return
        except OccupiedError:
            assert time.monotonic() < deadline, "Någon är kvar i mappen."
            time.sleep(0.1)


def _fill(home: Path, size: int) -> None:
    """Uploads of random bytes: enough that a backup takes a while."""
    moments = random.Random(SEED)  # noqa: S311
    for number in range(8):
        path = home / "files" / f"{number:02d}" / f"{number:064d}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(moments.randbytes(size // 8))


def _back_up(home: Path, folder: Path, say: Say = lambda _: None) -> float:
    return back_up(home=home, database=database(), municipality="0126", target=folder, tell=say).seconds


def _judge(folder: Path) -> int:
    """How many archives there are by name; every one must be whole."""
    archives = list(folder.glob("*.tar"))
    for archive in archives:
        verify_archive(archive)
    return len(archives)


def _restore(home: Path, archive: Path, say: Say = lambda _: None) -> dict[str, float]:
    return restore(archive=archive, home=home, database=database(), tell=say).seconds


def _write_state(home: Path, state: str) -> None:
    """Rows and files say the same word."""
    in_a_fork(lambda: _write_row(state))
    (home / "files").mkdir(exist_ok=True)
    (home / "files" / "state").write_text(state, encoding="ascii")


def _write_row(state: str) -> None:
    from plats.web.accounts.models import Organisation
    from plats.web.audit.recording import recorded

    with recorded(by=None, act="bench.state") as record:
        one = Organisation.objects.filter(contact_function="state").first()
        one = one or Organisation(contact_function="state", kind="association", is_example=True)
        one.name = state
        one.save()
        record.noted(kind="bench", object_id=state)


def _what_stands(home: Path) -> dict[str, Any]:
    """As a program that starts next sees it."""
    from plats.web.accounts.models import Organisation
    from plats.web.audit.verify import verify

    recover(home, database())
    result = verify()
    return {
        "row": Organisation.objects.get(contact_function="state").name,
        "file": (home / "files" / "state").read_text(encoding="ascii"),
        "findings": [one.what for one in result.findings],
        "entries": result.entries,
    }
