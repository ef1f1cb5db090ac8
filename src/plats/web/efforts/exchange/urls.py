"""Addresses of efforts as a file, and of one change of many: part of one's own work."""

from __future__ import annotations

from django.urls import path

from plats.web.efforts.exchange import views

app_name = "exchange"
urlpatterns = [
    path("mitt/insatser/fil/", views.file, name="file"),
    path("mitt/insatser/fil/<slug:suffix>", views.export, name="export"),
    path("mitt/insatser/fil/<uuid:public_id>/", views.outcome, name="outcome"),
    path("mitt/insatser/fil/<uuid:public_id>/skriv/", views.write, name="write"),
    path("mitt/insatser/flera/", views.many, name="many"),
]
