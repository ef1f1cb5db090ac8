"""Agreements and commitments made by the actions, as anyone makes them."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from plats.data import steering_folder
from plats.web.accounts.models import Organisation, User
from plats.web.partners.actions import create_agreement, create_commitment
from plats.web.partners.models import Agreement, Commitment

SAID = {"made_in": "plan", "made_on": date(2026, 1, 1)}


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of a file that comes with the program."""
    text = (steering_folder("0126") / f"{name}.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def make_commitment(by: User, owner: Organisation, title: str = "Belysa gården", **said: Any) -> Commitment:
    values = {"title": title, "who": owner, **SAID, **said}
    return create_commitment(by=by, organisation=owner, values=values)


def make_agreement(by: User, owner: Organisation, *parties: Organisation, **said: Any) -> Agreement:
    topics = said.pop("topics", ["public_space"])
    values = {"title": "Trygga gårdar", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), **said}
    return create_agreement(
        by=by, organisation=owner, values=values, parties=[owner, *parties], topics=topics
    )
