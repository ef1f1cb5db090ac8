from __future__ import annotations

from django.urls import path

from plats.web.registers.views import erasing, extracts, handing_out, listing

app_name = "registers"

urlpatterns = [
    path("register/behandlingar/", listing.processing_page, name="processings"),
    path("register/behandlingar.csv", listing.processing_file, name="processings_file"),
    path("register/dataflode/", listing.flow_page, name="flows"),
    path("register/dataflode.csv", listing.flow_file, name="flows_file"),
    path("register/utdrag/", extracts.extract_search, name="extract_search"),
    path("register/utdrag/gor/", extracts.extract, name="extract"),
    path("register/gallring/", erasing.retention_page, name="retention"),
    path("register/gallring/gallras.csv", erasing.due_file, name="due_file"),
    path("register/gallring/gallrat.csv", erasing.erased_file, name="erased_file"),
    path("register/gallring/gallra/", erasing.erase, name="erase"),
    path("granskning/radera/", erasing.erase_values, name="erase_values"),
    path("register/diarienummer/", handing_out.case_search, name="cases"),
    path("register/utlamnande/", handing_out.handout_list, name="handouts"),
    path("register/utlamnande/<uuid:number>/", handing_out.handout_page, name="handout"),
    path("register/utlamnande/<uuid:number>/text/", handing_out.handout_file, name="handout_file"),
    path("register/utlamnande/<slug:kind>/<uuid:number>/", handing_out.hand_out_page, name="hand_out"),
]
