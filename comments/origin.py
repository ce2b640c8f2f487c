"""Where a request comes from: which site's form, which network. Keeps and logs nothing."""

import ipaddress

from django.http import HttpRequest


def comes_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it, or is too old to say.

    Sec-Fetch-Site is sent by every browser since 2023, Origin with every POST since 2020. What
    sends neither (a text browser) is judged by the form's token alone.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    own_origin = f"{request.scheme}://{request.get_host()}"
    return site == "same-origin" and request.headers.get("Origin", own_origin) == own_origin


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
