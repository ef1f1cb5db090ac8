"""Addresses of efforts: the list, each effort, and writing them."""

from __future__ import annotations

from django.urls import path

from plats.web.efforts.views import parts, public, writing

app_name = "efforts"
urlpatterns = [
    path("insatser/", public.effort_list, name="list"),
    path("insatser/var/", public.where, name="where"),
    path("insatser/tidslinje/", public.timeline, name="timeline"),
    path("insatser/fore-och-efter/", public.prevention, name="prevention"),
    path("insatser/roda-traden/", public.thread, name="thread"),
    path("insatser/<slug:slug>/", public.effort_detail, name="effort"),
    path("insatser/<slug:slug>/filer/<uuid:public_id>/", public.file, name="file"),
    path("mitt/insatser/", writing.mine, name="mine"),
    path("mitt/insatser/ny/", writing.effort_new, name="new"),
    path("mitt/insatser/<uuid:public_id>/", writing.effort_change, name="change"),
    path("mitt/insatser/<uuid:public_id>/publicera/", writing.effort_publish, name="publish"),
    path("mitt/insatser/<uuid:public_id>/lagg-till/<slug:part>/", parts.part_new, name="part_new"),
    path("mitt/insatser/<uuid:public_id>/fil/", parts.file_new, name="file_new"),
    path("mitt/insatser/<uuid:public_id>/barn/", parts.children, name="children"),
    path("mitt/insatser/<uuid:public_id>/andelar/", parts.shares, name="shares"),
    path("mitt/insatser/<uuid:public_id>/ta-bort/", parts.parts_remove, name="parts_remove"),
    path("insatser/<slug:slug>/mal/", writing.tie, name="tie"),
]
