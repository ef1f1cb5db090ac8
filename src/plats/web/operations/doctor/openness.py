"""What the site shows to the world: nothing of the workshop, nothing of the examples, everything encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from plats.web.accounts.models import Membership, Organisation, SecondFactor, User
from plats.web.accounts.roles import Administrator
from plats.web.accounts.signin.oidc.configuration import looks_like_test
from plats.web.common.static_files import is_collected
from plats.web.operations.doctor.check import Check, Finding

_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Production(Check):
    id = "production"
    title = "Driftläget är på där andra når webbplatsen"

    def findings(self) -> Iterator[Finding]:
        others = sorted(set(settings.ALLOWED_HOSTS) - _LOCAL)
        if others and not settings.PLATS_PRODUCTION:
            yield self.warning(
                f"Webbplatsen svarar på {', '.join(others)} utan driftläget: då krävs ingen andra faktor, och "
                "provmiljöers identiteter godtas.",
                "Sätt PLATS_PRODUCTION=1.",
            )


class Debugging(Check):
    id = "debugging"
    title = "Felsökningsläget är av"

    def findings(self) -> Iterator[Finding]:
        if settings.DEBUG:
            yield self.in_production(
                "PLATS_DEBUG är på: den som får ett fel ser programmets innandöme och inställningar.",
                "Ta bort PLATS_DEBUG.",
            )


class Https(Check):
    id = "https"
    title = "Trafiken är krypterad"

    def findings(self) -> Iterator[Finding]:
        if settings.PLATS_PRODUCTION and not settings.SECURE_SSL_REDIRECT:
            yield self.error(
                "PLATS_HTTPS är av: kakor och lösenord kan gå okrypterade.",
                "Sätt PLATS_HTTPS=1, och PLATS_BEHIND_PROXY=1 när en proxy har certifikatet.",
            )


class AllowedHosts(Check):
    id = "allowed_hosts"
    title = "Webbplatsen svarar på sina namn och inga andra"

    def findings(self) -> Iterator[Finding]:
        advice = "Sätt PLATS_ALLOWED_HOSTS till webbplatsens namn."
        if "*" in settings.ALLOWED_HOSTS:
            yield self.error("Webbplatsen svarar på vilket namn som helst.", advice)
        elif settings.PLATS_PRODUCTION and not set(settings.ALLOWED_HOSTS) - _LOCAL:
            yield self.error("Webbplatsen svarar bara på den egna datorns namn.", advice)


class Mail(Check):
    id = "mail"
    title = "Brev kan skickas"

    def findings(self) -> Iterator[Finding]:
        if settings.PLATS_PRODUCTION and not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
            yield self.error(
                "Ingen e-postserver är angiven: inbjudningar och påminnelser kommer inte fram.",
                "Ange PLATS_SMTP_HOST och de andra inställningarna för e-post.",
            )


class StaticFiles(Check):
    id = "static_files"
    title = "Statiska filer är samlade"

    def findings(self) -> Iterator[Finding]:
        if not settings.WHITENOISE_USE_FINDERS and not is_collected():
            yield self.error(
                f"Filerna i {settings.STATIC_ROOT} saknas eller hör till en annan utgåva: sidor visas utan utseende.",
                "Kör plats init --if-needed.",
            )


class SecondFactors(Check):
    id = "second_factors"
    title = "De som loggar in har en andra faktor"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        if not settings.PLATS_PRODUCTION:
            return
        opened = User.objects.filter(is_active=True, may_read=True, last_login__isnull=False)
        protected = SecondFactor.objects.values("user")
        # Who has no password comes in by the municipality's own sign-in, which answers for the factors.
        by_password = opened.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        without = by_password.exclude(pk__in=protected).count()
        if without:
            yield self.warning(
                f"{without} konton med lösenord har ingen andra faktor. De släpps inte in förrän de har skaffat en.",
                "Påminn dem; stäng konton som ingen använder.",
            )


class Administrators(Check):
    id = "administrators"
    title = "Någon sköter systemet"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        if not User.objects.exists():
            yield self.warning("Inga konton finns.", "Kör plats createadmin.")
            return
        held = Membership.objects.current().filter(
            role=Administrator.id, user__is_active=True, user__may_write=True
        )
        if not held.exists():
            yield self.error(
                "Ingen som kan logga in är systemförvaltare: inga kan bjudas in och inga konton stängas.",
                "Kör plats createadmin.",
            )


class Examples(Check):
    """The passwords of the example world are known to everyone."""

    id = "examples"
    title = "Inga exempel finns i drift"
    needs_database = True

    def findings(self) -> Iterator[Finding]:
        if not settings.PLATS_PRODUCTION:
            return
        people = User.objects.filter(is_example=True, is_active=True).count()
        if people:
            yield self.error(
                f"{people} exempelkonton är öppna, med lösenord som alla känner till.",
                "Stäng dem. Visa exempel i en egen PLATS_HOME utan PLATS_PRODUCTION.",
            )
        if organisations := Organisation.objects.filter(is_example=True, closed_at__isnull=True).count():
            yield self.warning(f"{organisations} exempelorganisationer är öppna.", "Avsluta dem.")


class IdentityProvider(Check):
    """In production the site does not start with a test provider; this says so before."""

    id = "identity_provider"
    title = "Utfärdaren av identiteter är den skarpa"

    def findings(self) -> Iterator[Finding]:
        provider = settings.PLATS_OIDC
        if provider is not None and looks_like_test(provider.issuer) and set(settings.ALLOWED_HOSTS) - _LOCAL:
            yield self.in_production(
                f"{provider.issuer} ser ut som en provmiljö: där kan vem som helst skaffa en identitet.",
                "Ange den skarpa utfärdaren i PLATS_OIDC_ISSUER.",
            )


class OpenFolders(Check):
    """Nothing that people have sent in may be reached past the site."""

    id = "open_folders"
    title = "Filer som skickats in ligger inte där webbservern visar"

    def findings(self) -> Iterator[Finding]:
        static = Path(settings.STATIC_ROOT).resolve()
        for name in ("files", "snapshots", "versions"):
            folder = (Path(settings.PLATS_HOME) / name).resolve()
            if static == folder or static in folder.parents:
                yield self.error(f"{folder} ligger i mappen med statiska filer.", "Flytta ut den därifrån.")


CHECKS: tuple[type[Check], ...] = (
    Production, Debugging, Https, AllowedHosts, Mail, StaticFiles, SecondFactors, Administrators, Examples,
    IdentityProvider, OpenFolders,
)  # fmt: skip
