"""Signed, dated tokens for forms of pages that set no cookie.

A token says that this site made the form, for which subject and when. It knows no person, so a
page that holds one may be cached and shared.
"""

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, SignatureExpired, Signer
from django.utils.crypto import salted_hmac


def make_token(subject: str, *, purpose: str, at: datetime) -> str:
    """A token for `subject`, which only a reader with the same `purpose` accepts."""
    return Signer(salt=f"acutake.tokens.{purpose}").sign(f"{int(at.timestamp())}:{subject}")


def check_token(
    token: str, subject: str, *, purpose: str, max_age: timedelta, at: datetime
) -> None:
    """Raise BadSignature if `token` was not made for this, SignatureExpired if it is too old."""
    if _read(token, purpose)[1] != subject:
        raise BadSignature("The token was made for something else.")
    read_token(token, purpose=purpose, max_age=max_age, at=at)


def read_token(token: str, *, purpose: str, max_age: timedelta, at: datetime) -> str:
    """The subject that `token` was made for. Raises as `check_token`."""
    seconds, subject = _read(token, purpose)
    if at.timestamp() - seconds > max_age.total_seconds():
        raise SignatureExpired("The token is too old.")
    return subject


def made_at(token: str, *, purpose: str) -> datetime:
    """When `token` was made, to the second. Raises BadSignature."""
    return datetime.fromtimestamp(_read(token, purpose)[0], tz=UTC)


def _read(token: str, purpose: str) -> tuple[int, str]:
    signer = Signer(salt=f"acutake.tokens.{purpose}")
    seconds, _, subject = signer.unsign(token).partition(":")
    return int(seconds), subject


def fingerprint(typed: tuple[str, ...], *, purpose: str) -> str:
    """A keyed hash of 64 digits: it tells two submissions apart and says nothing of either."""
    return salted_hmac(f"{purpose}.submission", repr(typed), algorithm="sha256").hexdigest()
