"""Addresses of partners."""

from __future__ import annotations

from django.urls import path

from plats.web.partners.views import duties, public, writing

app_name = "partners"

urlpatterns = [
    path("samverkan/", public.overview, name="list"),
    path("samverkan/loften/", public.promises, name="promises"),
    path("samverkan/loften/lista.<slug:suffix>", public.promises_file, name="promises_file"),
    path("samverkan/loften/<slug:slug>/", public.commitment, name="commitment"),
    path("samverkan/overenskommelser/<slug:slug>/", public.agreement, name="agreement"),
    path("samverkan/partner/<slug:slug>/", public.partner, name="partner"),
    path("mitt/samverkan/", writing.mine, name="mine"),
    path("mitt/samverkan/overenskommelser/ny/", writing.agreement_new, name="agreement_new"),
    path(
        "mitt/samverkan/overenskommelser/<uuid:public_id>/", writing.agreement_change, name="agreement_change"
    ),
    path(
        "mitt/samverkan/overenskommelser/<uuid:public_id>/publicera/",
        writing.agreement_publish,
        name="agreement_publish",
    ),
    path("mitt/samverkan/ataganden/nytt/", writing.commitment_new, name="commitment_new"),
    path("mitt/samverkan/ataganden/<uuid:public_id>/", writing.commitment_change, name="commitment_change"),
    path(
        "mitt/samverkan/ataganden/<uuid:public_id>/publicera/",
        writing.commitment_publish,
        name="commitment_publish",
    ),
    path("mitt/samverkan/skyldigheter/", duties.duties, name="duties"),
    path("mitt/samverkan/skyldigheter/<uuid:public_id>/<slug:duty>/", duties.duty_change, name="duty_change"),
]
