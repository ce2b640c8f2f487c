"""What a practitioner's page shows beyond the plain fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from directory.hours import Span, Status, status_at
from directory.letters import Title, meanings, titles_of
from directory.licensing import LicenseEntry, entries_of
from directory.models import Affiliation, OpeningHours, Practitioner

# More than so many telephone numbers stand with their offices only.
PHONES_AT_THE_TOP = 2


@dataclass(frozen=True)
class Day:
    """One weekday with its spans in order; none of them means closed."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Row:
    """A row of the table of hours: one day, or several in a row that are alike.

    `is_today` says that the day at the office is one of them.
    """

    name: str
    words: tuple[str, ...]
    is_today: bool


@dataclass(frozen=True)
class OfficeEntry:
    """One office, numbered from 1 as on the map.

    `rows` is empty when no hours are stated, and `status` is None when it cannot be told, for want
    of hours or of a clock.
    """

    number: int
    affiliation: Affiliation
    week: tuple[Day, ...]
    rows: tuple[Row, ...]
    status: Status | None


@dataclass(frozen=True)
class Phone:
    """A number, and the names of the offices that it reaches."""

    number: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A practitioner's offices, training and licenses, ready to be shown.

    `confirmed_ago` is how long ago the facts were confirmed, empty while it is not too long.
    """

    confirmed_ago: str
    offices: tuple[OfficeEntry, ...]
    titles: tuple[Title, ...]
    licenses: tuple[LicenseEntry, ...]

    @property
    def phones(self) -> tuple[Phone, ...]:
        """Each number once, in the order of the offices."""
        reached: dict[str, list[str]] = {}
        for entry in self.offices:
            if entry.affiliation.phone:
                names = reached.setdefault(entry.affiliation.phone, [])
                names.append(entry.affiliation.office.name)
        return tuple(Phone(number, tuple(names)) for number, names in reached.items())

    @property
    def first_phones(self) -> tuple[Phone, ...]:
        """Those that stand at the top of the page; the others stand with their offices."""
        return self.phones[:PHONES_AT_THE_TOP]

    @property
    def has_more_phones(self) -> bool:
        return len(self.phones) > PHONES_AT_THE_TOP

    @property
    def takes_nobody_new(self) -> bool:
        """Whether every office has said that it takes no new patients."""
        answers = [entry.affiliation.accepts_new_patients for entry in self.offices]
        return bool(answers) and all(answer is False for answer in answers)


def profile_of(practitioner: Practitioner, *, at: datetime) -> Profile:
    """As of the moment `at`. One query, for the list of letters, when the practitioner was fetched
    `with_facts`.
    """
    on = timezone.localdate(at)
    is_stale = practitioner.is_stale(on=on)
    affiliations = enumerate(practitioner.affiliations.all(), start=1)
    return Profile(
        confirmed_ago=timesince(practitioner.confirmed_on, on, depth=1) if is_stale else "",
        offices=tuple(_office(number, affiliation, at=at) for number, affiliation in affiliations),
        titles=titles_of(practitioner, meanings()),
        licenses=entries_of(practitioner, on=on),
    )


def week_of(hours: Iterable[OpeningHours]) -> tuple[Day, ...]:
    """Seven days from Monday to Sunday; none at all when no hours are stated."""
    spans = spans_of(hours)
    if not spans:
        return ()
    return tuple(
        Day(str(day.label), tuple(span for span in spans if span.weekday == day))
        for day in OpeningHours.Weekday
    )


def spans_of(hours: Iterable[OpeningHours]) -> list[Span]:
    """In the order of the week."""
    return sorted(Span(row.weekday, row.opens_at, row.closes_at) for row in hours)


def rows_of(week: Iterable[Day], *, today: date | None) -> tuple[Row, ...]:
    """Days that follow each other and are alike in one row. `today` is the date at the office."""
    numbered = enumerate(week)
    rows = []
    for words, days in groupby(numbered, lambda day: tuple(span.words for span in day[1].spans)):
        members = list(days)
        first, last = members[0][1].name, members[-1][1].name
        name = first if len(members) == 1 else _("%s – %s") % (first, last)
        is_today = today is not None and today.weekday() in [number for number, _day in members]
        rows.append(Row(name, words, is_today))
    return tuple(rows)


def _office(number: int, affiliation: Affiliation, *, at: datetime) -> OfficeEntry:
    hours, zone = affiliation.opening_hours.all(), affiliation.office.zone
    week = week_of(hours)
    status = status_at(spans_of(hours), zone, at=at) if zone else None
    today = status.as_of.date() if status else None
    return OfficeEntry(number, affiliation, week, rows_of(week, today=today), status)
