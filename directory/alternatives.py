"""Who else is near a practitioner: for whoever cannot be helped by this one."""

from dataclasses import dataclass
from datetime import datetime

from directory.criteria import Criteria
from directory.models import Office, Place, Practitioner
from directory.search import Row, nearest

ALTERNATIVES = 3
# An hour's drive: who is farther away is not near.
FAR_MILES = 50


@dataclass(frozen=True)
class Alternatives:
    """The nearest others by their distance from `office`; there may be none.

    `shares_specialty` says that they were chosen for a kind of care in common: false when the
    practitioner has not stated any.
    """

    office: Office
    rows: tuple[Row, ...]
    shares_specialty: bool

    @property
    def are_far(self) -> bool:
        """Whether even the nearest is not near."""
        return bool(self.rows) and self.rows[0].distance_miles > FAR_MILES


def alternatives_to(practitioner: Practitioner, *, at: datetime) -> Alternatives | None:
    """The nearest to the first office with a point; None when there is no such office.

    For one fetched `with_facts` it takes the queries of `nearest`.
    """
    offices = (affiliation.office for affiliation in practitioner.affiliations.all())
    office = next((office for office in offices if office.point is not None), None)
    if office is None:
        return None
    specialties = tuple(practitioner.specialties.all())
    criteria = Criteria(place=place_at(office), specialties=specialties)
    rows = nearest(criteria, at=at, limit=ALTERNATIVES + 1)
    others = tuple(row for row in rows if row.practitioner.pk != practitioner.pk)
    return Alternatives(office, others[:ALTERNATIVES], bool(specialties))


def place_at(office: Office) -> Place:
    """The office as a place to search around. It is never saved."""
    return Place(
        kind=Place.Kind.POPULATED,
        name=office.city,
        state_code=office.state_code,
        country_code=office.country_code,
        latitude=office.latitude,
        longitude=office.longitude,
    )
