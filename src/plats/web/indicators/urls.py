"""Addresses of figures."""

from __future__ import annotations

from django.urls import path

from plats.web.indicators import downloads, methods, views
from plats.web.indicators.segregation import views as segregation_views

app_name = "indicators"
urlpatterns = [
    path("", views.start, name="start"),
    path("indikatorer/<slug:indicator>/", views.indicator_page, name="indicator"),
    path(
        "indikatorer/<slug:indicator>/<slug:division>/siffror.<slug:kind>", downloads.figures, name="figures"
    ),
    path(
        "indikatorer/<slug:indicator>/<slug:division>/<slug:picture>.<slug:kind>",
        downloads.picture,
        name="picture",
    ),
    path("segregation/", segregation_views.segregation, name="segregation"),
    path(
        "segregation/<slug:grouping>/<slug:part>.<slug:kind>",
        segregation_views.segregation_file,
        name="segregation_file",
    ),
    path("jamfor/", views.compare, name="compare"),
    path("rapport/", downloads.report_page, name="report"),
    path("rapport/<slug:name>.<slug:kind>", downloads.report, name="report_file"),
    path("omraden/<slug:division>/<slug:slug>/rapport.pdf", downloads.place_report, name="place_report"),
    path("sa-vet-vi-det/", methods.how_we_know, name="how_we_know"),
    path("sa-vet-vi-det/metod/<slug:slug>/", methods.method, name="method"),
    path("sa-vet-vi-det/kallor/", methods.sources, name="sources"),
]
