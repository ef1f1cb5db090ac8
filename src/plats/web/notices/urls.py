"""Addresses of one's own page."""

from __future__ import annotations

from django.urls import path

from plats.web.notices import views

app_name = "notices"
urlpatterns = [
    path("mitt/", views.mine, name="mine"),
    path("mitt/sett/", views.seen, name="seen"),
    path("mitt/meddelanden/", views.notice_list, name="notices"),
    path("mitt/installningar/", views.settings, name="settings"),
    path("mitt/kalender/", views.calendar, name="calendar"),
    path("mitt/kalender/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
