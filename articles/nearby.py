"""From an article to the practitioners near its reader who offer the care that it is about."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from directory.criteria import Criteria
from directory.forms import typed_for
from directory.models import Specialty
from directory.search import Row, around, search

SHOWN = 3


@dataclass(frozen=True)
class Found:
    """Somebody near. `offers` names what they offer of that which the article is about; the first
    few of all where that is nothing."""

    row: Row
    offers: tuple[Specialty, ...]


@dataclass(frozen=True)
class Nearby:
    """Who is near the place of `criteria`, or in that state.

    `total` counts those within the radius, and `nearest` are the first, however far; in a state
    the first of its largest towns. Where `total` is 0, `others` are nearer and do not offer what
    the article is about.
    """

    criteria: Criteria
    total: int
    nearest: tuple[Found, ...]
    others: tuple[Found, ...] = ()

    @property
    def url(self) -> str:
        """Of the same search in the directory."""
        query = [("where", typed_for(self.criteria.place))]
        query += [("specialty", specialty.slug) for specialty in self.criteria.specialties]
        return f"{reverse('directory:search')}?{urlencode(query)}"


def find_nearby(criteria: Criteria, *, at: datetime) -> Nearby:
    """For criteria with a place: any of their specialties, or anybody when they have none.

    Two queries, four where nobody is near. Nobody is left out for being far: the distance says it.
    """
    total, rows = _find(criteria, at)
    others = ()
    if not total and criteria.specialties:
        _, others = _find(replace(criteria, specialties=()), at)
        if rows:
            others = tuple(row for row in others if row.distance_miles < rows[0].distance_miles)
    return Nearby(criteria, total, _with_offers(rows, criteria), _with_offers(others, criteria))


def _find(criteria: Criteria, at: datetime) -> tuple[int, tuple[Row, ...]]:
    """How many there are, and the first. In a state the middle of the land is near to nobody."""
    if criteria.is_state:
        results = search(criteria, at=at)
        return results.total, results.rows[:SHOWN]
    found = around(criteria, at=at, limit=SHOWN)
    return found.total, found.rows


def _with_offers(rows: tuple[Row, ...], criteria: Criteria) -> tuple[Found, ...]:
    return tuple(
        Found(
            row,
            tuple(each for each in row.offered if each in criteria.specialties) or row.specialties,
        )
        for row in rows
    )
