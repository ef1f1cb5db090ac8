"""The figures: are there any, are they derived by the definitions as they are, are the definitions reviewed in time?"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from plats.catalog.check import check
from plats.catalog.load import catalog
from plats.derive.run import derived_as_now
from plats.facts.versions import FactStore
from plats.web.operations.doctor.check import Check, Finding, home


class FiguresPresent(Check):
    id = "figures_present"
    title = "Siffror är inlästa och hela"

    def findings(self) -> Iterator[Finding]:
        store = FactStore(home())
        if not store.has_data():
            yield self.error(
                "Inga siffror är inlästa.", "Kör plats init, eller plats import och plats derive."
            )
            return
        for problem in store.current().problems():
            yield self.error(problem, "Kör plats check, och återställ en säkerhetskopia om något är skadat.")


class FiguresDerived(Check):
    id = "figures_derived"
    title = "Siffrorna är räknade med definitionerna som de är nu"

    def findings(self) -> Iterator[Finding]:
        store = FactStore(home())
        if store.has_data() and not derived_as_now(store, settings.PLATS_MUNICIPALITY):
            yield self.warning(
                "Definitioner eller inlästa siffror har ändrats sedan indikatorerna räknades.",
                "Kör plats derive.",
            )


class Reviews(Check):
    id = "reviews"
    title = "Definitionerna är granskade i tid"

    def findings(self) -> Iterator[Finding]:
        found = check(catalog(), timezone.localdate())
        errors = [one for one in found if one.level == "error"]
        for one in errors[:5]:
            yield self.error(f"{one.file}: {one.message}", "Rätta definitionen och kör plats check.")
        if late := [one for one in found if one.level == "warning"]:
            yield self.warning(
                f"{len(late)} definitioner har något att se över, först {late[0].file}: {late[0].message}",
                "Kör plats check för att se alla; den som äger definitionen granskar den och sätter nytt datum.",
            )


CHECKS: tuple[type[Check], ...] = (FiguresPresent, FiguresDerived, Reviews)
