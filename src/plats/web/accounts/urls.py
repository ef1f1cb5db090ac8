from __future__ import annotations

from plats.web.accounts import people_urls as people
from plats.web.accounts.signin import urls as signin

app_name = "accounts"

urlpatterns = [
    *signin.urlpatterns,
    *people.urlpatterns,
]
