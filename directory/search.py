"""Criteria in, Results out: who matches, in which order, and why in that order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from itertools import islice, starmap

import numpy as np
from django.utils import timezone

from directory.candidates import Candidates, everywhere, first, in_state, in_town, near, people_of
from directory.choices import shelves
from directory.criteria import Cost, Criteria, Facet
from directory.facets import costs_of, facets_of, radii_miles, radius_facet
from directory.geo import KM_PER_MILE, miles_from_squared_chord
from directory.lists import NO_LISTS, Lists
from directory.matching import Matches, named_people, wished
from directory.models import Affiliation, Language, Practitioner, Specialty
from directory.snapshot import Snapshot, current

PAGE_ROWS = 20
NEAREST_ROWS = 5
SPECIALTIES_SHOWN = 4
# Looked at one after the other for the nearest, until there are enough; None is the whole earth.
RINGS_MILES = (*(km / KM_PER_MILE for km in (20, 160, 700)), None)
# Up to so many people are named to the database when it brings them into order by name.
NAMED_PEOPLE = 1_000


class Order(Enum):
    """By what the results are sorted."""

    DISTANCE = "distance"
    PLACE_SIZE = "place_size"
    TURN = "turn"
    NAME = "name"


@dataclass(frozen=True)
class Row:
    """One practitioner, at the office that counts here; None if no office or distance is known."""

    number: int
    practitioner: Practitioner
    affiliation: Affiliation | None
    distance_miles: float | None
    # All that they offer, those that were asked for first; `specialties` has the first few.
    offered: tuple[Specialty, ...]
    languages: tuple[Language, ...]
    lists: Lists = field(default=NO_LISTS, repr=False)

    @property
    def specialties(self) -> tuple[Specialty, ...]:
        return self.offered[:SPECIALTIES_SHOWN]

    @property
    def more_specialties(self) -> int:
        return len(self.offered) - len(self.specialties)


@dataclass(frozen=True)
class Results:
    """One page of the answer. `beyond` holds the nearest outside the radius when none is inside.

    `facets` are what can be filtered by; `costs` what each filter costs when nobody matches all.
    """

    order: Order
    total: int = 0
    page: int = 1
    pages: int = 1
    rows: tuple[Row, ...] = ()
    beyond: tuple[Row, ...] = ()
    facets: tuple[Facet, ...] = ()
    costs: tuple[Cost, ...] = ()

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


@dataclass(frozen=True)
class Around:
    """The nearest, whatever the radius; `total` counts those within it."""

    total: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Question:
    """Criteria with all that answering them needs, read once."""

    criteria: Criteria
    on: date
    snapshot: Snapshot
    # The keys of all who have the name that was typed; None when none was.
    named: np.ndarray | None

    @classmethod
    def ask(cls, criteria: Criteria, *, at: datetime) -> "_Question":
        named = named_people(criteria.wish) if criteria.wish.name_words else None
        return cls(criteria, timezone.localdate(at), current(), named)

    def matches(self, candidates: Candidates) -> Matches:
        """Of the candidates those whom the words mean, with the filters that they hold."""
        wish = self.criteria.wish
        return Matches(wished(candidates, wish, self.named), self.criteria, on=self.on)

    def around(self, radius_miles: float | None) -> Matches:
        return self.matches(near(self.snapshot, self.criteria.place.point, radius_miles))

    def page(self, total: int) -> tuple[int, int]:
        """The page that is shown and how many there are: beyond the last is the last."""
        pages = max(1, -(-total // PAGE_ROWS))
        return min(max(self.criteria.page, 1), pages), pages

    def counted(self, matches: Matches) -> dict[str, tuple]:
        facets = facets_of(matches, shelves(self.criteria, self.snapshot.lists))
        is_nobody = not len(matches.matched)
        return {"facets": facets, "costs": costs_of(matches, facets) if is_nobody else ()}


def search(criteria: Criteria, *, at: datetime) -> Results:
    """The asked page or the last there is; at most four queries, whatever the number of rows.

    `at` decides which licenses are valid, and the order among equals, which changes at midnight of
    the site's own time zone.
    """
    if criteria.is_place_unknown:
        return Results(order=Order.DISTANCE)
    question = _Question.ask(criteria, at=at)
    if criteria.place is None:
        return _by_name(question)
    if criteria.is_state or criteria.is_inside:
        return _inside(question)
    return _near(question)


def nearest(criteria: Criteria, *, at: datetime, limit: int = NEAREST_ROWS) -> tuple[Row, ...]:
    """The nearest to the place who match, whatever the radius."""
    return _beyond(_Question.ask(criteria, at=at), 0, limit)


def around(criteria: Criteria, *, at: datetime, limit: int = NEAREST_ROWS) -> Around:
    """The same, and how many there are within the radius. Two queries."""
    question = _Question.ask(criteria, at=at)
    total = people_of(question.around(criteria.radius_miles).matched)
    return Around(total, _beyond(question, 0, limit))


def _near(question: _Question) -> Results:
    criteria = question.criteria
    wide = question.around(radii_miles(criteria)[-1])
    inside = wide.within(criteria.radius_miles)
    total = people_of(inside.matched)
    page, pages = question.page(total)
    counted = question.counted(inside)
    counted["facets"] = (radius_facet(criteria, wide.matched), *counted["facets"])
    if not total:
        beyond = _beyond(question, criteria.radius_miles, NEAREST_ROWS)
        return Results(Order.DISTANCE, beyond=beyond, **counted)
    rows = _page(question, inside.matched, inside.matched.chord, page)
    return Results(Order.DISTANCE, total, page, pages, rows, **counted)


def _beyond(question: _Question, miles: float, limit: int) -> tuple[Row, ...]:
    """The nearest in ever wider circles; whoever is outside is farther than all inside."""
    for radius in (ring for ring in RINGS_MILES if ring is None or ring > miles):
        matched = question.around(radius).matched
        if radius is None or people_of(matched) >= limit:
            found = first(matched, matched.chord, limit=limit, on=question.on)
            return tuple(_rows(question, found))
    return ()


def _inside(question: _Question) -> Results:
    """In a state, each practitioner at the office in the largest town; or in one town."""
    place, snapshot = question.criteria.place, question.snapshot
    if question.criteria.is_inside:
        order, candidates = Order.TURN, in_town(snapshot, place.pk)
    else:
        code = f"{place.country_code}-{place.state_code}"
        order, candidates = Order.PLACE_SIZE, in_state(snapshot, code)
    matches = question.matches(candidates)
    total = people_of(matches.matched)
    page, pages = question.page(total)
    # All offices in one town have its size.
    rows = _page(question, matches.matched, -matches.matched.column("town_size"), page)
    return Results(order, total, page, pages, rows, **question.counted(matches))


def _by_name(question: _Question) -> Results:
    """Everybody who matches, with or without an office."""
    matches = question.matches(everywhere(question.snapshot))
    total = people_of(matches.matched)
    page, pages = question.page(total)
    start = (page - 1) * PAGE_ROWS
    keys = _in_order_of_names(matches.matched, start)
    shown = matches.matched.take(np.isin(matches.matched.column("person"), keys))
    offices = first(shown, np.zeros(len(shown)), limit=PAGE_ROWS, on=question.on)
    rows = tuple(_rows(question, offices, start=start, order=keys))
    return Results(Order.NAME, total, page, pages, rows, **question.counted(matches))


def _in_order_of_names(matched: Candidates, start: int) -> list[int]:
    """The keys of the people on the page that begins at `start`. One query."""
    people = np.unique(matched.column("person"))
    names = Practitioner.objects.listed().order_by("name", "pk").values_list("pk", flat=True)
    if len(people) <= NAMED_PEOPLE:
        return list(names.filter(pk__in=people.tolist())[start : start + PAGE_ROWS])
    is_matched = set(people.tolist()).__contains__
    found = filter(is_matched, names.iterator())
    return list(islice(found, start, start + PAGE_ROWS))


def _page(
    question: _Question, matched: Candidates, primary: np.ndarray, page: int
) -> tuple[Row, ...]:
    start = (page - 1) * PAGE_ROWS
    found = first(matched, primary, limit=page * PAGE_ROWS, on=question.on)
    return tuple(_rows(question, found.take(slice(start, None)), start=start))


def _rows(
    question: _Question,
    found: Candidates,
    *,
    start: int = 0,
    order: Sequence[int] | None = None,
) -> Iterator[Row]:
    """What is shown of those found, in their order or in that of the people `order`.

    Two queries at most. Who was withdrawn in this very moment is left out.
    """
    affiliations = Affiliation.objects.select_related("office", "practitioner").in_bulk(
        found.column("affiliation").tolist()
    )
    people = {at.practitioner_id: at.practitioner for at in affiliations.values()}
    missing = [key for key in found.column("person").tolist() if key not in people]
    people.update(Practitioner.objects.in_bulk(missing) if missing else {})
    spots = _spots(found)
    number = start
    for key in order or spots:
        spot = spots.get(key)
        if spot and key in people and people[key].is_listed():
            number += 1
            yield _row(question, number, people[key], affiliations.get(spot.affiliation), spot)


@dataclass(frozen=True)
class _Spot:
    """A row of the snapshot that is shown."""

    affiliation: int
    chord: float | None
    specialty_mask: int
    language_mask: int


def _spots(found: Candidates) -> dict[int, _Spot]:
    """By person, in order."""
    chords = [None] * len(found) if found.chord is None else found.chord.tolist()
    columns = ("affiliation", "specialty_mask", "language_mask")
    affiliations, specialties, languages = (found.column(name).tolist() for name in columns)
    values = zip(affiliations, chords, specialties, languages, strict=True)
    return dict(zip(found.column("person").tolist(), starmap(_Spot, values), strict=True))


def _row(
    question: _Question,
    number: int,
    practitioner: Practitioner,
    affiliation: Affiliation | None,
    spot: _Spot,
) -> Row:
    criteria, lists = question.criteria, question.snapshot.lists
    asked = {*criteria.specialties, *criteria.wish.specialties}
    offered = lists.specialties_of(spot.specialty_mask)
    return Row(
        number,
        practitioner,
        affiliation,
        None if spot.chord is None else miles_from_squared_chord(spot.chord),
        tuple(sorted(offered, key=lambda specialty: specialty not in asked)),
        tuple(lists.languages_of(spot.language_mask)),
        lists,
    )
