"""Addresses and networks whose comments are spam."""

import ipaddress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from acutake.lib.addresses import address_key
from acutake.lib.network import network_key
from comments.models import Ban
from comments.screening.verdicts import Reason, Submission

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Wider ones than a provider has would shut out whole countries by a slip of the keyboard.
WIDEST = {4: 8, 6: 19}
# No more is ever known of a sender (`acutake.lib.network`).
NARROWEST = {4: 32, 6: 64}


def is_banned(submission: Submission) -> list[Reason]:
    """Whether its address or its network is. A query, however many bans there are."""
    sought = Q()
    if submission.email:
        sought |= Q(kind=Ban.Kind.ADDRESS, value=address_key(submission.email))
    if submission.network is not None:
        sought |= Q(kind=Ban.Kind.SENDER, value=network_key(submission.network))
        sought |= Q(kind=Ban.Kind.NETWORK, value__in=_around(submission.network))
    if not sought:
        return []
    is_in_force = Q(ends_at=None) | Q(ends_at__gt=submission.at)
    bans = Ban.objects.filter(sought & is_in_force).order_by("pk")
    return [
        {"code": "banned", "kind": kind, "reason": reason}
        for kind, reason in bans.values_list("kind", "reason")[:1]
    ]


def parse_network(text: str) -> str:
    """A network as it is kept, from CIDR or a single address. Raises ValidationError in words."""
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise ValidationError(
            _("This is no network. Write it like 192.0.2.0/24, or as one address.")
        ) from error
    if network.version == 6 and network.network_address.ipv4_mapped:
        network = _unmapped(network)
    if network.prefixlen < WIDEST[network.version]:
        raise ValidationError(
            _("This network is wider than any provider's. The widest is /%(prefix)d.")
            % {"prefix": WIDEST[network.version]}
        )
    narrowest = NARROWEST[network.version]
    return str(network.supernet(new_prefix=narrowest) if network.prefixlen > narrowest else network)


def forget_ended(*, at: datetime) -> int:
    """Delete the bans that ended; returns how many there were."""
    return Ban.objects.filter(ends_at__lte=at).delete()[0]


def _around(network: str) -> list[str]:
    """Every network that a ban of which holds this one, as it would be kept."""
    try:
        inner: Network = ipaddress.ip_network(network)
    except ValueError:
        return []
    prefixes = range(WIDEST[inner.version], inner.prefixlen + 1)
    return [str(inner.supernet(new_prefix=prefix)) for prefix in prefixes]


def _unmapped(network: ipaddress.IPv6Network) -> Network:
    address = network.network_address.ipv4_mapped
    return ipaddress.ip_network((address, max(network.prefixlen - 96, 0)), strict=False)
