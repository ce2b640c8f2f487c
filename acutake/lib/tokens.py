"""Signed, dated tokens for forms of pages that set no cookie.

A token says that this site made the form, for which subject and when. It knows no person, so a
page that holds one may be cached and shared.
"""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, SignatureExpired, Signer
from django.utils.crypto import salted_hmac


def make_token(subject: str, *, purpose: str, at: datetime) -> str:
    """A token for `subject`, which only a reader with the same `purpose` accepts."""
    return Signer(salt=f"acutake.tokens.{purpose}").sign(f"{int(at.timestamp())}:{subject}")


def check_token(
    token: str, subject: str, *, purpose: str, max_age: timedelta, at: datetime
) -> None:
    """Raise BadSignature if `token` was not made for this, SignatureExpired if it is too old."""
    seconds, _, signed_subject = (
        Signer(salt=f"acutake.tokens.{purpose}").unsign(token).partition(":")
    )
    if signed_subject != subject:
        raise BadSignature("The token was made for something else.")
    if at.timestamp() - int(seconds) > max_age.total_seconds():
        raise SignatureExpired("The token is too old.")


def fingerprint(typed: tuple[str, ...], *, purpose: str) -> str:
    """A keyed hash of 64 digits: it tells two submissions apart and says nothing of either."""
    return salted_hmac(f"{purpose}.submission", repr(typed), algorithm="sha256").hexdigest()
