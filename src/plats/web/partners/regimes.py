"""Which law holds on a day: an agreement or an effort carries what held then and what holds now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from plats.catalog.load import catalog

TOPICS = ("social_services", "public_order_officers", "cameras", "crime_prevention")


@dataclass(frozen=True, slots=True)
class Regime:
    """What holds on a topic: the law in words, and from which day."""

    topic: str
    title: Any
    law: str
    since: date


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """What held on a topic at one moment, and what holds at a later; None where no law of its own held."""

    title: Any
    then: Regime | None
    now: Regime | None

    @property
    def has_changed(self) -> bool:
        return self.then != self.now


def regime(topic: str, day: date) -> Regime | None:
    """What holds on the topic that day; None before there was any law of its own. KeyError for an unknown topic."""
    parameter = catalog().parameters[f"regimes/{topic}"]
    held = [one for one in parameter.values if one.from_ <= day]
    if not held:
        return None
    last = max(held, key=lambda one: one.from_)
    return Regime(topic, parameter.title, last.reference, last.from_)


def then_and_now(then: date, now: date) -> list[ThenAndNow]:
    """Every topic with what held at the first day and what holds at the second."""
    titles = {topic: catalog().parameters[f"regimes/{topic}"].title for topic in TOPICS}
    return [ThenAndNow(titles[topic], regime(topic, then), regime(topic, now)) for topic in TOPICS]
