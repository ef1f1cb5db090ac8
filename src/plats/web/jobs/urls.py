"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from plats.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobb/", views.job_list, name="list"),
    path("jobb/starta/<slug:kind>/", views.job_start, name="start"),
    path("jobb/<uuid:public_id>/", views.job, name="job"),
    path("jobb/<uuid:public_id>/lage/", views.job_state, name="state"),
    path("jobb/<uuid:public_id>/avbryt/", views.job_cancel, name="cancel"),
    path("jobb/<uuid:public_id>/fil/<str:name>", views.job_file, name="file"),
]
