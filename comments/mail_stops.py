"""Who wants no mail. An address is known by its keyed hash alone, and so outlives its erasure."""

from datetime import datetime

from acutake.lib.addresses import address_key
from comments.models import MailStop

Scope = MailStop.Scope


def is_stopped(address: str, scope: Scope) -> bool:
    return _stops(address, scope).exists()


def stop(address: str, scope: Scope, *, at: datetime) -> None:
    """No mail of this kind from now on, until somebody with a link from an old one starts it."""
    MailStop.objects.get_or_create(
        address_key=address_key(address), scope=scope, defaults={"created_at": at}
    )


def start(address: str, scope: Scope) -> None:
    _stops(address, scope).delete()


def _stops(address: str, scope: Scope):
    return MailStop.objects.filter(address_key=address_key(address), scope=scope)
