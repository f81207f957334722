"""Where a request comes from."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the visitor's IP address, as the outermost trusted proxy saw it (PROXY_COUNT); used to limit tries only.

    Of IPv6 the first 64 bits, as "2001:db8::/64": one subscriber has all the addresses of such a network.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        return _subscriber(forwarded[-settings.PROXY_COUNT])
    return _subscriber(str(request.META.get("REMOTE_ADDR", "")))


def _subscriber(address: str) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return address
    return str(read.ipv4_mapped or IPv6Network((read, 64), strict=False))
