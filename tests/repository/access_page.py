"""The matrix as a page of the docs."""

from __future__ import annotations

from plats.web.accounts.roles import ROLES
from plats.web.common.access import Access, routes
from tests.repository.access_matrix import IDENTITIES, Answer, Asked
from tests.repository.tree import ROOT

PAGE = ROOT / "docs" / "security" / "access-matrix.md"
SIGNS = {Answer.OPENS: "ja", Answer.SIGN_IN: "in", Answer.STEP_UP: "bek", Answer.REFUSED: "·"}
_HEAD = """# Who may open what

Made by `tests/repository/test_access_matrix.py`, which asks every address of the site as everyone. It is written anew
with `PLATS_WRITE_MATRIX=1`, and the build fails when it is no longer true.

`ja` opens · `·` refused, or not found · `in` asks to sign in · `bek` asks to confirm who one is. Two signs: an object
of one's own organisation / of another. The signs are for a fresh sign-in; permissions marked *sensitive* ask again
after a quarter of an hour. What a page then shows is decided row by row.

{roles}.

## Closed addresses

| address | permission | {columns} |
|---|---|{rules}|
"""


def write_page(answers: list[Asked]) -> str:
    """The page's text."""
    short = {who: f"{number}" for number, who in enumerate(IDENTITIES)}
    roles = " · ".join(f"{short[who]} {ROLES[who].id if who in ROLES else who}" for who in IDENTITIES)
    head = _HEAD.format(
        roles=roles, columns=" | ".join(short.values()), rules="---|" * (len(IDENTITIES) - 1) + "---"
    )
    rows = [_row(asked) for asked in answers]
    public = sorted(route.name for route in routes() if route.access is Access.PUBLIC)
    return (
        head
        + "\n".join(rows)
        + "\n\n## Open to everyone\n\n"
        + "\n".join(f"- `{name}`" for name in public)
        + "\n"
    )


# Internals


def _row(asked: Asked) -> str:
    permission = asked.permission
    written = (
        f"`{permission.id}`{' *sensitive*' if permission.sensitive else ''}" if permission else "signed in"
    )
    cells = [_cell(asked, who) for who in IDENTITIES]
    return f"| {asked.method} `{asked.route.name}` | {written} | {' | '.join(cells)} |"


def _cell(asked: Asked, who: str) -> str:
    own = SIGNS[asked.own[who]]
    if not asked.other or asked.other[who] is Answer.SIGN_IN:
        return own
    return f"{own} / {SIGNS[asked.other[who]]}"
