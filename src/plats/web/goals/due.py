"""What is due: the next follow-up of each goal that one writes for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from plats.vocabulary.messages import Message
from plats.web.goals import queries_writing, rules
from plats.web.goals.kinds import FollowUpPeriod
from plats.web.goals.models import Goal
from plats.web.notices.due import Due


def due_in_goals(user: Any, first: date, last: date) -> list[Due]:
    """One day at most for each goal of one's own organisations: the first that has not been told."""
    found = []
    for goal, holds in queries_writing.to_follow_up(user, first):
        told = {(one.year, one.period) for one in goal.follow_ups.all()}
        review = rules.next_review(holds, told, first, last)
        if review is not None:
            found.append(_due(goal, review))
    return found


# Internals


def _due(goal: Goal, review: rules.Review) -> Due:
    return Due(
        key=f"follow-up-{goal.public_id}-{review.year}-{review.period}",
        day=review.due_on,
        message=_message(goal.title, review),
        neutral=Message("Ett mål ska följas upp"),
        url=reverse("goals:follow_up", args=[goal.slug]),
    )


def _message(title: str, review: rules.Review) -> Message:
    year = str(review.year)
    if review.period == FollowUpPeriod.FIRST:
        return Message("Följ upp målet {title} efter tertial 1 {year}", title=title, year=year)
    if review.period == FollowUpPeriod.SECOND:
        return Message("Följ upp målet {title} efter tertial 2 {year}", title=title, year=year)
    return Message("Följ upp målet {title} efter året {year}", title=title, year=year)
