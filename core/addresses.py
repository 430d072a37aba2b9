"""From which address somebody asks. What a sender says of it counts only from proxies we trust."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks, as text; empty where it is not known.

    `X-Forwarded-For` is read from its right end, and only as far as trusted proxies wrote it
    (`TRUSTED_PROXIES`): everything left of that the sender could have made up. A home has a whole
    /64 of IPv6, so it counts as one address.
    """
    address = _read(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while hops and address is not None and _is_trusted(address):
        told = _read(hops.pop().strip())
        if told is None:
            break
        address = told
    return _text(address)


def _read(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _text(address: Address | None) -> str:
    if address is None:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), 64), strict=False).network_address)
    return str(address)
