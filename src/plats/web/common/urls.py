from __future__ import annotations

from django.urls import path

from plats.web.common import views

app_name = "common"

urlpatterns = [
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("integritet/", views.disclosure, name="disclosure"),
]
