"""What the card of a practitioner shows beyond the row of the results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import prefetch_related_objects

from directory.letters import Title, titles_of
from directory.models import Practitioner
from directory.search import Row


class LicenseState(Enum):
    """The best that can be said of somebody's licenses."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    LAPSED = "lapsed"
    UNSTATED = "unstated"


@dataclass(frozen=True)
class Card:
    """One row with what its letters mean, and the state of the license.

    The initials stand for a photograph.
    """

    row: Row
    initials: str
    license: LicenseState
    titles: tuple[Title, ...]


def cards_of(rows: Sequence[Row], *, on: date) -> tuple[Card, ...]:
    """In the order of `rows`, as of the day `on`. Two queries, none without rows."""
    practitioners = [row.practitioner for row in rows]
    prefetch_related_objects(practitioners, "credentials", "licenses")
    return tuple(
        Card(
            row,
            initials_of(row.practitioner.name),
            license_state(row.practitioner, on=on),
            titles_of(row.practitioner, row.lists.meanings),
        )
        for row in rows
    )


def initials_of(name: str) -> str:
    """The first letters of the first and the last word that begin with one."""
    letters = [word[0].upper() for word in name.split() if word[0].isalpha()]
    return "".join([*letters[:1], *letters[1:][-1:]])


def license_state(practitioner: Practitioner, *, on: date) -> LicenseState:
    """No query when the licenses were fetched before."""
    licenses = practitioner.licenses.all()
    if not licenses:
        return LicenseState.UNSTATED
    valid = [held for held in licenses if not held.is_lapsed(on=on)]
    if not valid:
        return LicenseState.LAPSED
    is_verified = any(held.verified_on for held in valid)
    return LicenseState.VERIFIED if is_verified else LicenseState.UNVERIFIED
