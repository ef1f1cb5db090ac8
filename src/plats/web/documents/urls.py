"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from plats.web.documents.views import files, listing, reading, writing

app_name = "documents"

urlpatterns = [
    path("handlingar/", listing.document_list, name="list"),
    path("handlingar/ny/", writing.create, name="create"),
    path("handlingar/lista.<slug:suffix>", listing.export, name="export"),
    path("handlingar/<uuid:public_id>/", reading.document_detail, name="document"),
    path("handlingar/<uuid:public_id>/andra/", writing.change, name="change"),
    path("handlingar/<uuid:public_id>/avsluta/", writing.close, name="close"),
    path("handlingar/<uuid:public_id>/oppna/", writing.reopen, name="reopen"),
    path("handlingar/<uuid:public_id>/filer/", files.attach, name="attach"),
    path("handlingar/<uuid:public_id>/filer/<uuid:attachment_id>/", reading.download, name="download"),
    path("handlingar/<uuid:public_id>/filer/<uuid:attachment_id>/ta-bort/", files.remove, name="remove"),
]
