"""What `plats demo` shows of efforts: something to go to in Vårby, and money set aside. All of it is invented, and
marked so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from plats.web.accounts.models import Organisation
from plats.web.efforts.actions import Belonging, create_effort
from plats.web.efforts.kinds import EffortKind, EffortState, FactorKind, Moment, PreventionLevel
from plats.web.efforts.models import Effort
from plats.web.places.models import Place

OPEN_HALL = "Öppen sporthall i Vårby (exempel)"
WARDENS = "Trygga gårdar i Vårby (exempel)"
_HALL_ORE = 24_000_000
_WARDENS_ORE = 8_000_000


def make_example_efforts() -> None:
    """Make them, once, where the example world's organisations and the place are there."""
    varby = Place.objects.filter(
        municipality=settings.PLATS_MUNICIPALITY, division="kommundel", slug="varby"
    ).first()
    club = Organisation.objects.filter(name="Fritidsföreningen (exempel)").first()
    housing = Organisation.objects.filter(name="Bostadsbolaget (exempel)").first()
    if varby is None or club is None or housing is None:
        return
    _make(
        club, _hall(), Belonging(places={varby: None}, resources=[_money(_HALL_ORE)], services=[_open(varby)])
    )
    _make(
        housing,
        _wardens(),
        Belonging(places={varby: None}, partners=[club], resources=[_money(_WARDENS_ORE)]),
    )


# Internals


def _make(owner: Organisation, values: dict[str, Any], belonging: Belonging) -> None:
    if not Effort.objects.filter(title=values["title"], organisation=owner).exists():
        said = {"is_public": True, "is_example": True, **values}
        create_effort(by=None, organisation=owner, values=said, belonging=belonging)


def _hall() -> dict[str, Any]:
    return {
        "title": OPEN_HALL,
        "summary": "Hallen är öppen för alla unga. Det kostar inget och ingen anmälan behövs.",
        "kind": EffortKind.LEISURE.value,
        "level": PreventionLevel.UNIVERSAL.value,
        "moment": Moment.BEFORE.value,
        "state": EffortState.UNDER_WAY.value,
        "starts_on": date(2026, 1, 10),
        "problem": "Få unga i området är med i en förening.",
        "cause": "Avgifter och tider passar inte alla.",
        "factor_kind": FactorKind.PROTECTIVE.value,
        "factor": "En aktiv och meningsfull fritid",
        "age_from": 10,
        "age_to": 16,
        "follow_up": "Antal besök per kväll, av flickor och pojkar.",
    }


def _wardens() -> dict[str, Any]:
    return {
        "title": WARDENS,
        "summary": "Bovärdar rör sig på gårdarna varje kväll.",
        "kind": EffortKind.SAFETY_PRESENCE.value,
        "level": PreventionLevel.SELECTIVE.value,
        "moment": Moment.AFTER.value,
        "state": EffortState.UNDER_WAY.value,
        "starts_on": date(2026, 3, 1),
        "problem": "Boende undviker gårdarna på kvällen.",
        "cause": "Få vuxna rör sig ute.",
    }


def _money(ore: int) -> dict[str, Any]:
    return {"year": 2026, "source": "Egen budget (exempel)", "amount_ore": ore}


def _open(place: Place) -> dict[str, Any]:
    return {
        "place": place,
        "where": "Sporthallen (exempel)",
        "opening_hours": "Fredag och lördag 18–22",
        "contact_function": "Fritidsledarna i hallen",
        "phone": "08-00 00 00",
        "languages": "svenska, arabiska, turkiska, engelska",
        "without_appointment": True,
        "waiting_days": 0,
        "easy_text": "Kom och spela! Det är gratis. Du kommer när du vill. Vi har öppet på fredag och lördag kväll.",
        "english_text": "Come and play. It is free and you need no booking. Open on Friday and Saturday evenings.",
    }
