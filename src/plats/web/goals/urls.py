"""Addresses of goals and plans."""

from __future__ import annotations

from django.urls import path

from plats.web.goals.views import drafting, measuring, planning, reading

app_name = "goals"

# What is written has two parts after mal/, so that no goal's own address can be in its way.
urlpatterns = [
    path("mal/", reading.goal_list, name="list"),
    path("mal/utkast/mina/", planning.mine, name="mine"),
    path("mal/utkast/ny/", planning.plan_new, name="plan_new"),
    path("mal/planer/<slug:slug>/", reading.plan_detail, name="plan"),
    path("mal/planer/<slug:slug>/utkast/", drafting.draft_new, name="draft_new"),
    path("mal/planer/<slug:slug>/publicera/", planning.plan_publish, name="plan_publish"),
    path("mal/utkast/<uuid:public_id>/", drafting.draft_detail, name="draft"),
    path("mal/utkast/<uuid:public_id>/nytt/", drafting.goal_new, name="goal_new"),
    path("mal/utkast/<uuid:public_id>/anta/", drafting.adopt_draft, name="adopt"),
    path("mal/ordalydelse/<uuid:public_id>/", drafting.goal_change, name="goal_change"),
    path("mal/ordalydelse/<uuid:public_id>/flytta/", drafting.goal_place, name="goal_place"),
    path("mal/ordalydelse/<uuid:public_id>/ta-bort/", drafting.goal_remove, name="goal_remove"),
    path("mal/ordalydelse/<uuid:public_id>/malvarde/", measuring.target_new, name="target_new"),
    path("mal/ordalydelse/<uuid:public_id>/budget/", measuring.budget_new, name="budget_new"),
    path("mal/malvarde/<uuid:public_id>/", measuring.target_change, name="target_change"),
    path("mal/malvarde/<uuid:public_id>/ta-bort/", measuring.target_remove, name="target_remove"),
    path("mal/budget/<uuid:public_id>/ta-bort/", measuring.budget_remove, name="budget_remove"),
    path("mal/<slug:slug>/", reading.goal_detail, name="goal"),
    path("mal/<slug:slug>/folj-upp/", drafting.follow_up_new, name="follow_up"),
]
