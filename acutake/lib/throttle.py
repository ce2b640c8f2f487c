"""Limits on how often something may be tried, counted in Django's cache."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_allowed(key: str, *, limit: int, seconds: int) -> bool:
    """Count one try under `key`; False once more than `limit` fell into the current window.

    A window begins with the first try and lasts `seconds`. The key may hold an address or a name:
    only its HMAC under SECRET_KEY is kept. `limit` is at least 1. Holds across processes as far as
    they share the cache.
    """
    name = _name(key)
    if cache.add(name, 1, seconds):
        return True
    try:
        return cache.incr(name) <= limit
    except ValueError:
        # The window ended between the two calls: this try begins the next one.
        cache.add(name, 1, seconds)
        return True


def forget(key: str) -> None:
    """Begin anew: what was tried under `key` no longer counts."""
    cache.delete(_name(key))


def _name(key: str) -> str:
    digest = salted_hmac("acutake.lib.throttle", key, algorithm="sha256").hexdigest()
    return f"throttle:{digest}"
