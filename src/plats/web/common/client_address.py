"""Where a request comes from: the address, and the coarser network that a security log may keep."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Anyone may send these. That one is there says only that the request did not start on this machine.
_FORWARDING = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
)
_KEPT_BITS = {4: 24, 6: 48}


def client_address(request: HttpRequest) -> str:
    """The reader's address; '' when it cannot be told.

    What the server in front says is believed only when the installation has said that there is one, and then only
    the last part, which that server wrote itself.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.PLATS_BEHIND_PROXY else ""
    return _valid(forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """The reader's address without its last part: '192.0.2.0/24'. Says where from, not who."""
    address = client_address(request)
    if not address:
        return ""
    return str(ip_network(f"{address}/{_KEPT_BITS[ip_address(address).version]}", strict=False))


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether a program on this machine asks us directly.

    A server in front of ours also connects from this machine, but says for whom; so a header can only take the right
    away, never give it.
    """
    if any(name in request.META for name in _FORWARDING):
        return False
    address = _valid(request.META.get("REMOTE_ADDR", ""))
    return bool(address) and ip_address(address).is_loopback


# Internals


def _valid(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address).split("%", maxsplit=1)[0]
