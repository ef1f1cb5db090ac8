"""Addresses of partners."""

from __future__ import annotations

from django.urls import path

from plats.web.partners.views import duties, pages, parts, promises, public, writing

app_name = "partners"
_AGREEMENT = "mitt/samverkan/overenskommelser/<uuid:public_id>/"
_PROMISE = "mitt/samverkan/medborgarloften/<uuid:public_id>/"

urlpatterns = [
    path("samverkan/", public.overview, name="list"),
    path("samverkan/loften/", public.promises, name="promises"),
    path("samverkan/loften/lista.<slug:suffix>", public.promises_file, name="promises_file"),
    path("samverkan/loften/<slug:slug>/", public.commitment, name="commitment"),
    path("samverkan/medborgarloften/<slug:slug>/", public.citizen_promise, name="citizen_promise"),
    path("samverkan/nummer/<uuid:public_id>/", public.by_number, name="by_number"),
    path("samverkan/overenskommelser/<slug:slug>/", public.agreement, name="agreement"),
    path("samverkan/partner/<slug:slug>/", public.partner, name="partner"),
    path("mitt/samverkan/", writing.mine, name="mine"),
    path("mitt/samverkan/overenskommelser/ny/", writing.agreement_new, name="agreement_new"),
    path(_AGREEMENT, writing.agreement_change, name="agreement_change"),
    path(f"{_AGREEMENT}publicera/", writing.agreement_publish, name="agreement_publish"),
    path(f"{_AGREEMENT}plan/", writing.agreement_plan, name="agreement_plan"),
    path(f"{_AGREEMENT}fornya/", writing.agreement_renew, name="agreement_renew"),
    path(f"{_AGREEMENT}<slug:part>/ny/", parts.part_new, name="part_new"),
    path(f"{_AGREEMENT}<slug:part>/<uuid:number>/", parts.part_change, name="part_change"),
    path(f"{_AGREEMENT}<slug:part>/<uuid:number>/ta-bort/", parts.part_remove, name="part_remove"),
    path("mitt/samverkan/medborgarloften/nytt/", promises.promise_new, name="promise_new"),
    path(_PROMISE, promises.promise_change, name="promise_change"),
    path(f"{_PROMISE}publicera/", promises.promise_publish, name="promise_publish"),
    path("mitt/samverkan/sidor/<uuid:public_id>/", pages.page_write, name="page_write"),
    path("mitt/samverkan/sidor/<uuid:public_id>/kontakter/ny/", pages.contact_new, name="contact_new"),
    path("mitt/samverkan/kontakter/<uuid:public_id>/", pages.contact_change, name="contact_change"),
    path("mitt/samverkan/kontakter/<uuid:public_id>/ta-bort/", pages.contact_remove, name="contact_remove"),
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
