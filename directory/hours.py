"""When an office is open: on its own clock, across midnight and the changes of that clock.

Holidays are not known, so nothing here speaks of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

WEEK = timedelta(days=7)
MIDNIGHT, NOON = time(0), time(12)
# A span of yesterday may still run; what begins in a week and a day comes round before.
DAYS_LOOKED_AT = range(-1, 9)


@dataclass(frozen=True, order=True)
class Span:
    """From `opens_at` until `closes_at` on a weekday (0 is Monday) of the office's clock.

    One that does not end later than it begins ends on the next day.
    """

    weekday: int
    opens_at: time
    closes_at: time

    @property
    def ends_next_day(self) -> bool:
        return self.closes_at <= self.opens_at

    @property
    def is_all_day(self) -> bool:
        return self.opens_at == self.closes_at == MIDNIGHT

    @property
    def words(self) -> str:
        """As it stands in a table of the week: "9 AM – 12:30 PM"."""
        if self.is_all_day:
            return _("Open 24 hours")
        opens, closes = shown(self.opens_at), shown(self.closes_at)
        if self.closes_at == MIDNIGHT:
            return _("%(opens)s – midnight") % {"opens": opens}
        if self.ends_next_day:
            return _("%(opens)s – %(closes)s the next day") % {"opens": opens, "closes": closes}
        return f"{opens} – {closes}"


@dataclass(frozen=True)
class Status:
    """Whether an office is open at `as_of`, and when that ends; both on its own clock.

    `changes_at` is None when it never closes.
    """

    is_open: bool
    as_of: datetime
    changes_at: datetime | None

    @property
    def words(self) -> str:
        """ "Open now, until 6 PM", or "Closed now, opens Tuesday at 9 AM"."""
        if self.changes_at is None:
            return _("Open now, around the clock")
        if not self.is_open:
            return _("Closed now, opens %(day)s at %(time)s") % {
                "day": self._day,
                "time": shown(self.changes_at.time()),
            }
        closes = _("midnight") if self._is_midnight else shown(self.changes_at.time())
        if self.changes_at - self.as_of < timedelta(days=1):
            return _("Open now, until %(time)s") % {"time": closes}
        day = _weekday(self.changes_at - timedelta(days=self._is_midnight))
        return _("Open now, until %(day)s at %(time)s") % {"day": day, "time": closes}

    @property
    def as_of_words(self) -> str:
        """The time at which that was true: a page may be kept for a while."""
        name = self.as_of.strftime("%Z")
        zone = name if name[:1].isalpha() else f"UTC{name}"
        return _("as of %(time)s") % {"time": f"{_to_the_minute(self.as_of.time())} {zone}"}

    @property
    def _is_midnight(self) -> bool:
        return self.changes_at.time() == MIDNIGHT

    @property
    def _day(self) -> str:
        days = (self.changes_at.date() - self.as_of.date()).days
        if days >= WEEK.days:
            return _("next %(weekday)s") % {"weekday": _weekday(self.changes_at)}
        near = (_("today"), _("tomorrow"))
        return near[days] if days < len(near) else _weekday(self.changes_at)


def status_at(spans: Iterable[Span], zone: ZoneInfo, *, at: datetime) -> Status | None:
    """Open or closed at the moment `at`; None when there are no hours to tell it from.

    An office is open at the minute of its opening, and no longer at that of its closing.
    """
    at = at.astimezone(UTC)
    runs = _runs(spans, zone, around=at.astimezone(zone).date())
    opens_at = next((begins for begins, _ends in runs if begins > at), None)
    closes_at = next((ends for begins, ends in runs if begins <= at < ends), None)
    if opens_at is None and closes_at is None:
        return None
    # Hours that run into each other for a week never end.
    changes_at = opens_at if closes_at is None else closes_at
    is_endless = closes_at is not None and closes_at - at > WEEK
    return Status(
        is_open=closes_at is not None,
        as_of=at.astimezone(zone),
        changes_at=None if is_endless else changes_at.astimezone(zone),
    )


def shown(clock: time) -> str:
    """A time as it stands on a door: "6 PM", "6:30 PM", "noon"."""
    if clock == NOON:
        return _("noon")
    return _to_the_minute(clock).replace(":00 ", " ")


def _to_the_minute(clock: time) -> str:
    half = _("AM") if clock < NOON else _("PM")
    return f"{clock.hour % 12 or 12}:{clock:%M} {half}"


def _runs(
    spans: Iterable[Span], zone: ZoneInfo, *, around: date
) -> list[tuple[datetime, datetime]]:
    """The stretches of UTC without a gap in which it is open, in order."""
    spans = list(spans)
    days = [around + timedelta(days=days) for days in DAYS_LOOKED_AT]
    found = sorted(
        (_moment(day, span.opens_at, zone), _moment(_last(day, span), span.closes_at, zone))
        for day in days
        for span in spans
        if span.weekday == day.weekday()
    )
    runs: list[tuple[datetime, datetime]] = []
    for begins, ends in found:
        if runs and begins <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], ends))
        elif begins < ends:
            runs.append((begins, ends))
    return runs


def _last(day: date, span: Span) -> date:
    return day + timedelta(days=span.ends_next_day)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment of a time on the wall. A time that the clock skips counts on the offset before the
    gap, of one that comes twice the first: the rule of RFC 5545, 3.3.5, and of `fold=0`.
    """
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _weekday(moment: datetime) -> str:
    return str(WEEKDAYS[moment.weekday()])
