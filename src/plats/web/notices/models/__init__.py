"""Notices, the letters that tell of them, what someone has seen, and the calendar's secret."""

from __future__ import annotations

from plats.web.notices.models.calendar_feed import CalendarFeed
from plats.web.notices.models.letter import Letter
from plats.web.notices.models.notice import Notice, NoticePreference
from plats.web.notices.models.seen import SeenUpTo

__all__ = ["CalendarFeed", "Letter", "Notice", "NoticePreference", "SeenUpTo"]
