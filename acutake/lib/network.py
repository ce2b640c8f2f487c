"""Which network a request comes from, for limits. Keeps and logs nothing."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def network_of(request: HttpRequest) -> str:
    """The sender's network: an IPv4 address, or the /64 within which an IPv6 address changes."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        # A Unix socket has no address: everybody behind it counts as one.
        return "unknown"
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address.packed, 64), strict=False))


def network_key(network: str) -> str:
    """A keyed hash of 64 digits of what `network_of` said, by which a sender is known again.

    Under ADDRESS_KEY, since who is banned by it stays banned when SECRET_KEY changes.
    """
    return salted_hmac(
        "acutake.lib.network", network, secret=settings.ADDRESS_KEY, algorithm="sha256"
    ).hexdigest()
