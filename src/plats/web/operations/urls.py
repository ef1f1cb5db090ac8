from __future__ import annotations

from django.urls import path

from plats.web.operations import views

app_name = "operations"

urlpatterns = [
    path("halsa/", views.alive, name="alive"),
    path("halsa/redo/", views.ready, name="ready"),
    path("matt/", views.metrics, name="metrics"),
    path("drift/", views.status, name="status"),
]
