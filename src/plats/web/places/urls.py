"""Addresses of places."""

from __future__ import annotations

from django.urls import path

from plats.web.places import views

app_name = "places"
urlpatterns = [
    path("omraden/", views.place_list, name="list"),
    path("omraden/<slug:division>/", views.place_list, name="division"),
    path("omraden/<slug:division>/<slug:slug>/", views.place_detail, name="place"),
    path("sok/", views.search_page, name="search"),
]
