"""The words for what stands in an entry: acts, kinds and fields, as a reader says them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plats.web.common.processing import our_models

# By the act's last word; what an app calls the thing stands beside it. A repository test sees that none is missing.
VERBS: dict[str, Any] = {
    "accept": _("antog"),
    "add": _("la till"),
    "adopt": _("lät anta"),
    "attach": _("bifogade fil till"),
    "backup": _("säkerhetskopierade"),
    "bulk": _("ändrade tillsammans med andra"),
    "cancel": _("avbröt"),
    "change": _("ändrade"),
    "choose": _("valde"),
    "close": _("avslutade"),
    "confirm": _("bekräftade"),
    "confirm_fail": _("misslyckades att bekräfta"),
    "create": _("la upp"),
    "denied": _("nekades"),
    "drill": _("övade återställning från"),
    "end": _("avslutade"),
    "erase": _("raderade"),
    "export": _("hämtade som fil"),
    "fail": _("misslyckades"),
    "finish": _("blev klar med"),
    "import": _("läste in ur fil"),
    "link": _("kopplade"),
    "lock": _("spärrade"),
    "make": _("gjorde"),
    "note_unreferenced": _("noterade som oanvänd"),
    "open": _("öppnade"),
    "password": _("bytte lösenord för"),
    "draft": _("gjorde utkast till"),
    "move": _("flyttade"),
    "publish": _("publicerade"),
    "read": _("läste"),
    "refuse": _("avvisade"),
    "rehash": _("skrev om lösenordets hash för"),
    "remove": _("tog bort"),
    "remove_attachment": _("tog bort fil från"),
    "rename": _("bytte namn på"),
    "renew": _("förnyade"),
    "renew_codes": _("gjorde nya koder för"),
    "reopen": _("öppnade igen"),
    "replay": _("raderade på nytt"),
    "resend": _("skickade om"),
    "restore": _("återställde"),
    "revoke": _("återkallade"),
    "send": _("skickade"),
    "start": _("började med"),
    "stop": _("stoppade"),
    "store": _("tog emot"),
    "switch": _("ändrade vad som får göras med"),
    "transfer": _("förde över"),
    "tie": _("knöt"),
    "unpublish": _("avpublicerade"),
    "untie": _("löste"),
    "withdraw": _("drog tillbaka"),
}
# Kinds that are no rows of ours.
_KINDS: dict[str, Any] = {
    "audit": _("granskningsloggens värden"),
    "backup": _("säkerhetskopia"),
    "browser_session": _("webbläsarsessioner"),
    "erasure": _("gallringsomgång"),
    "extract": _("registerutdrag"),
    "audit_entry": _("loggpostens värden"),
    "audit_values": _("loggens värden för en dag"),
    "responsibility": _("ansvar"),
    "sign_in_lock": _("inloggningsspärrar"),
}


def verb_of(act: str) -> str:
    """What was done, in words; the act itself when nobody has said how it is called."""
    word = act.rsplit(".", maxsplit=1)[-1]
    return str(VERBS[word]) if word in VERBS else act


def kind_words(kind: str) -> str:
    """What a kind is called; a refused page is told by its route."""
    if ":" in kind:
        return gettext("sidan %(route)s") % {"route": kind}
    model = _models_by_kind().get(kind)
    if model is not None:
        return str(model._meta.verbose_name)
    return str(_KINDS.get(kind, kind))


def field_words(kind: str, names: str) -> list[str]:
    """The fields of an entry by the words of the model they are in."""
    return [field_word(kind, name) for name in names.split(",") if name]


def field_word(kind: str, name: str) -> str:
    return str(getattr(field_of(kind, name), "verbose_name", name))


def field_of(kind: str, name: str) -> Any | None:
    """The field of the model that the kind is; None when there is no longer any such."""
    model = _models_by_kind().get(kind)
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def kind_choices() -> list[tuple[str, str]]:
    """The kinds that entries can be about, by their words."""
    known = {kind: kind_words(kind) for kind in (*_models_by_kind(), *_KINDS)}
    return sorted(known.items(), key=lambda pair: pair[1].casefold())


# Internals


@lru_cache(maxsize=1)
def _models_by_kind() -> dict[str, type[Model]]:
    return {str(getattr(one, "object_kind", "") or one._meta.model_name): one for one in our_models()}
