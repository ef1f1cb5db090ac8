"""Addresses of goals and plans."""

from __future__ import annotations

from django.urls import path

from plats.web.goals.views import drafting, reading

app_name = "goals"

urlpatterns = [
    path("mal/", reading.goal_list, name="list"),
    path("mal/planer/<slug:slug>/", reading.plan_detail, name="plan"),
    path("mal/planer/<slug:slug>/utkast/", drafting.draft_new, name="draft_new"),
    path("mal/utkast/<uuid:public_id>/", drafting.draft_detail, name="draft"),
    path("mal/utkast/<uuid:public_id>/nytt/", drafting.goal_new, name="goal_new"),
    path("mal/utkast/<uuid:public_id>/anta/", drafting.adopt_draft, name="adopt"),
    path("mal/ordalydelse/<uuid:public_id>/", drafting.goal_change, name="goal_change"),
    path("mal/ordalydelse/<uuid:public_id>/ta-bort/", drafting.goal_remove, name="goal_remove"),
    path("mal/ordalydelse/<uuid:public_id>/malvarde/", drafting.target_new, name="target_new"),
    path("mal/<slug:slug>/", reading.goal_detail, name="goal"),
    path("mal/<slug:slug>/folj-upp/", drafting.follow_up_new, name="follow_up"),
]
