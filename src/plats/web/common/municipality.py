"""The municipality's name, said by whoever knows it: the environment, or the app that reads the facts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

# A provider takes the municipality's code and returns its name without 'kommun', or '' when it does not know.
Provider = Callable[[str], str]
_providers: list[Provider] = []


def register_name_provider(provider: Provider) -> None:
    """Let an app that reads the facts say what the municipality is called."""
    if provider not in _providers:
        _providers.append(provider)


def municipality_name() -> str:
    """The municipality's name, e.g. 'Huddinge'; '' when nobody knows it, and then pages say 'kommunen'."""
    if settings.PLATS_MUNICIPALITY_NAME:
        return str(settings.PLATS_MUNICIPALITY_NAME)
    code: str = settings.PLATS_MUNICIPALITY
    return next((name for provider in _providers if (name := provider(code))), "")
