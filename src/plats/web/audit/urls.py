from __future__ import annotations

from django.urls import path

from plats.web.audit import views

app_name = "audit"

urlpatterns = [
    path("granskning/", views.entry_list, name="list"),
    path("granskning/objekt/<str:object_id>/", views.object_page, name="object"),
    path("granskning/post/<int:sequence>/", views.entry_page, name="entry"),
]
