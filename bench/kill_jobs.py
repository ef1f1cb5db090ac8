"""`python -m bench kill-jobs [ROUNDS]`: fifty times kill -9 of a worker in the middle of a job.

On SQLite, or on the database that DATABASE_URL names: scripts/postgres.sh run python -m bench kill-jobs
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.kill_jobs_loop import kill_jobs_loop


def main(arguments: list[str]) -> int:
    rounds = int(arguments[0]) if arguments else 50
    with tempfile.TemporaryDirectory(prefix="plats-kill-jobs-") as folder:
        tally = kill_jobs_loop(Path(folder) / "home", rounds, tell=lambda line: print(line, flush=True))
    print(
        f"\n{tally.killed} gånger kill -9 mitt i ett jobb: {tally.jobs} jobb, {tally.done} klara, "
        f"{tally.failed} misslyckade efter tre försök, {tally.stuck} kvar."
    )
    print(
        f"  {tally.finish_entries} slut i granskningsloggen, {tally.ended_twice} jobb som slutat två gånger."
    )
    print(f"  {tally.overlaps} gånger två försök på ett jobb samtidigt.")
    print(f"  {tally.worked_twice} jobb vars arbete gjordes klart två gånger (dödade innan slutet skrevs).")
    print(f"  ({tally.too_late} signaler kom när arbetaren inte hade något jobb och räknas inte.)")
    print("Granskningsloggen är hel." if tally.chain_whole else "GRANSKNINGSLOGGEN ÄR INTE HEL")
    return int(not tally.is_sound)
