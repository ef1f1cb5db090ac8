"""The address of the page that describes the API."""

from __future__ import annotations

from django.urls import path

from plats.web.api import views

app_name = "api"
urlpatterns = [path("api/", views.docs, name="docs")]
