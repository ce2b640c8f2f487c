"""What a practitioner's page shows beyond the plain fields."""

from dataclasses import dataclass
from datetime import date, time

from directory.letters import Title, decoded
from directory.licensing import LicenseEntry, entries_of
from directory.models import Affiliation, OpeningHours, Practitioner


@dataclass(frozen=True)
class Day:
    """One weekday with its spans in order; none of them means closed."""

    name: str
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class OfficeEntry:
    """One office; `week` has seven days from Monday, or is empty when no hours are stated."""

    affiliation: Affiliation
    week: tuple[Day, ...]


@dataclass(frozen=True)
class Profile:
    """A practitioner's offices, training and licenses, ready to be shown."""

    offices: tuple[OfficeEntry, ...]
    titles: tuple[Title, ...]
    licenses: tuple[LicenseEntry, ...]


def profile_of(practitioner: Practitioner, *, on: date) -> Profile:
    """One query, for the list of letters, when the practitioner was fetched `with_facts`."""
    return Profile(
        offices=tuple(
            OfficeEntry(affiliation, week_of(affiliation.opening_hours.all()))
            for affiliation in practitioner.affiliations.all()
        ),
        titles=decoded([practitioner])[practitioner.pk],
        licenses=entries_of(practitioner, on=on),
    )


def week_of(hours: list[OpeningHours]) -> tuple[Day, ...]:
    """The spans of each day from Monday to Sunday, as `Day`."""
    if not hours:
        return ()
    spans: dict[int, list[tuple[time, time]]] = {day: [] for day in OpeningHours.Weekday.values}
    for row in hours:
        spans[row.weekday].append((row.opens_at, row.closes_at))
    return tuple(
        Day(str(OpeningHours.Weekday(day).label), tuple(sorted(found)))
        for day, found in spans.items()
    )
