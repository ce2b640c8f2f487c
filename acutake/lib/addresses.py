"""E-mail addresses: told apart, and remembered without being kept."""

import re

from django.conf import settings
from django.utils.crypto import salted_hmac

# What anybody could write to; "@ada" is none.
ADDRESS = re.compile(r"[^\s@]@[^\s@]+\.\w")


def holds_address(text: str) -> bool:
    """Whether an e-mail address stands anywhere in it."""
    return ADDRESS.search(text) is not None


def normalize(address: str) -> str:
    """The form in which two addresses are compared: small letters throughout.

    RFC 5321 (2.4) lets a host tell large letters from small before the @; hosts do not.
    """
    return address.strip().lower()


def address_key(address: str) -> str:
    """A keyed hash of 64 digits, the same for every spelling that `normalize` makes one.

    Under ADDRESS_KEY, which must never change: what is known by such keys alone (erasures, stopped
    mail, bans) would be forgotten. Not for anything that is public.
    """
    return salted_hmac(
        "acutake.lib.addresses", normalize(address), secret=settings.ADDRESS_KEY, algorithm="sha256"
    ).hexdigest()


def key_name() -> str:
    """Eight digits that tell one ADDRESS_KEY from another and say nothing of it."""
    return address_key("")[:8]
