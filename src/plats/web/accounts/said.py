"""What was just done, told once on the page one comes to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_SAID = "plats_said"
_SENTENCES = {
    "organisation_created": _("Organisationen är upplagd. Bjud in någon som svarar för den."),
    "organisation_changed": _("Ändringarna är sparade."),
    "organisation_closed": _(
        "Organisationen är avslutad. Medlemskap, inbjudningar och delningar gäller inte längre."
    ),
    "unit_added": _("Enheten är tillagd."),
    "unit_changed": _("Enheten har fått sitt nya namn."),
    "unit_closed": _("Enheten är avslutad."),
    "invited": _("Inbjudan är skickad."),
    "invited_again": _("Inbjudan är skickad igen. Den förra länken fungerar inte längre."),
    "not_sent": _("Inbjudan är sparad, men brevet kunde inte skickas. Försök igen med Skicka om."),
    "withdrawn": _("Inbjudan är återkallad. Länken fungerar inte längre."),
    "not_open": _("Inbjudan är redan antagen eller återkallad."),
    "role_given": _("Rollen är given. Den gäller redan."),
    "terms_changed": _("Ändringarna är sparade och gäller redan."),
    "ended": _("Medlemskapet är avslutat. Det gäller redan."),
    "handed_over": _("Ansvaret är överfört."),
    "switched": _("Ändringen är sparad och gäller redan."),
    "account_closed": _("Kontot är stängt och alla dess medlemskap är avslutade."),
    "account_reopened": _("Kontot är öppet igen. Det har inga roller och får ännu varken läsa eller skriva."),
    "released": _("Delningen är gjord och gäller redan."),
    "password": _("Lösenordet är bytt, och dina andra sessioner är avslutade."),
    "app_removed": _("Appen är borttagen."),
    "key_added": _("Nyckeln är tillagd. Du kan logga in med den nästa gång."),
    "key_removed": _("Nyckeln är borttagen. Ta också bort den där den är sparad."),
    "session": _("Sessionen är avslutad."),
    "sessions": _("Alla andra sessioner är avslutade."),
    "no_session": _("Sessionen var redan avslutad."),
    "last_factor": _(
        "Det går inte att ta bort den sista: ett lösenord räcker inte här. Lägg först till en annan app eller nyckel."
    ),
    "restored": _("Ett brev med en länk är skickat. Allt som kontot loggade in med har slutat gälla."),
    "restored_unsent": _(
        "Allt som kontot loggade in med har slutat gälla, men brevet kunde inte skickas. Försök igen."
    ),
    "revoked": _("Delningen är återkallad och gäller inte längre."),
}


def say(request: HttpRequest, what: str) -> None:
    """Tell this on the next page that asks."""
    request.session[_SAID] = what


def said(request: HttpRequest) -> str:
    """What is to be told, once; '' when there is nothing."""
    what = request.session.pop(_SAID, "")
    return str(_SENTENCES[what]) if what in _SENTENCES else ""
