"""Licenses: what is said of them in public, and how an editor's check of one is recorded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.timesince import timesince

from directory.models import License, Practitioner, Verification
from directory.search_index import index_practitioners


@dataclass(frozen=True)
class LicenseEntry:
    """One license with its state on the day the page is shown.

    `checked_by` is an editor's full name, empty when none is set: an account is never named.
    `checked_ago` is how long ago the last check was, empty while it is not too long.
    """

    license: License
    is_lapsed: bool
    checked_by: str
    checked_ago: str


def entries_of(practitioner: Practitioner, *, on: date) -> tuple[LicenseEntry, ...]:
    """No query when the practitioner was fetched `with_facts`."""
    return tuple(_entry(held, on) for held in practitioner.licenses.all())


def _entry(held: License, on: date) -> LicenseEntry:
    is_old = held.is_to_check_again(on=on)
    return LicenseEntry(
        license=held,
        is_lapsed=held.is_lapsed(on=on),
        checked_by=held.verified_by.get_full_name().strip() if held.verified_by else "",
        checked_ago=timesince(held.verified_on, on) if is_old else "",
    )


@transaction.atomic
def record_verification(
    held: License, *, on: date, by: AbstractBaseUser, source_url: str, note: str, at: datetime
) -> Verification:
    """Saves the license as it stands as seen on the day `on`, and keeps that check for good.

    The search knows it at once. Raises ValueError without a source and without a note.
    """
    if not (source_url or note):
        raise ValueError("A verification needs a source or a note.")
    held.verified_on, held.verified_by = on, by
    held.source_url, held.verification_note = source_url, note
    held.save()
    verification = verification_of(held, at=at)
    verification.save()
    index_practitioners([held.practitioner_id])
    return verification


def verification_of(held: License, *, at: datetime) -> Verification:
    """The check that the license speaks of, not yet stored; `at` is when it was recorded."""
    return Verification(
        license=held,
        number=held.number,
        state_code=held.state_code,
        valid_until=held.expires_on,
        verified_on=held.verified_on,
        verified_by=held.verified_by,
        source_url=held.source_url,
        note=held.verification_note,
        recorded_at=at,
    )


@transaction.atomic
def clear_verification(held: License) -> None:
    """Saves the license as one that nobody has looked up as it stands; earlier checks are kept."""
    held.verified_on = held.verified_by = None
    held.source_url = held.verification_note = ""
    held.save()
    index_practitioners([held.practitioner_id])
