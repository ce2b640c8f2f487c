"""A week's hours as one writes them on a door, read and written: "Mon-Fri 9-12:30, 13:30-18".

A span that ends no later than it begins ends on the next day, so 18:00-01:00 is a night, and
00:00-00:00 all day and night.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time
from itertools import groupby, pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Every beginning of a day's name that no other day shares, and the usual short forms are some.
SHORTEST_DAY = 2
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OTHER_DAY_NAMES = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
GROUPS = {
    "daily": range(7),
    "everyday": range(7),
    "weekdays": range(5),
    "weekday": range(5),
    "weekends": range(5, 7),
    "weekend": range(5, 7),
}
MIDNIGHT = time(0)
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
# Bare hours up to here may be before noon or after it: nobody can tell which "2-6" is meant.
UNCLEAR_HOURS = range(1, 6)

TOKEN = re.compile(
    r"(?P<allday>(?:open\s+)?24\s*(?:h(?:ours?|rs?)?\b(?:\s*a\s+day)?|/7))"
    r"|(?P<time>(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?|(?P<compact>\d{4}))(?!\d)"
    r"(?:\s*(?P<half>[ap])\.?m?\b\.?)?"
    r"|(?P<named>noon|midnight)\b)"
    r"|(?P<closed>closed\b)"
    r"|(?P<dash>-|(?:to|until|till|through|thru)\b)"
    r"|(?P<also>[,&+/]|and\b)"
    r"|(?P<end>[;\n])"
    r"|(?P<skip>[\s:.]+|from\b)"
    r"|(?P<day>every\s+day|[^\W\d_]+)"
    r"|(?P<other>.)"
)
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
NAMED = {"noon": 12, "midnight": 0}

Span = tuple[int, time, time]


@dataclass(frozen=True)
class _Clock:
    """A time as it was typed: with "am" or "pm", plainly of 24 hours, or open to both readings."""

    hour: int
    minute: int
    half: str
    is_plain: bool

    def at(self, hour: int) -> time:
        return time(hour % 24, self.minute)


@dataclass
class _Reader:
    """Takes the tokens one by one; `days` are those that the next times are for."""

    spans: list[Span] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    days: list[int] = field(default_factory=list)
    times: list[tuple[time, time]] = field(default_factory=list)
    has_times: bool = False

    def finish(self) -> None:
        """What was said of the days so far is complete."""
        if self.days and not self.has_times:
            raise _error(_("No times for %(days)s."), days=_list_of_days(self.days))
        self.spans += [(day, opens, closes) for day in self.days for opens, closes in self.times]
        self.days, self.times, self.has_times = [], [], False

    def add_days(self, first: int, last: int) -> None:
        if self.has_times:
            self.finish()
        self.days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]

    def add_times(self, opens: time, closes: time) -> None:
        self._check_days()
        if opens == closes != MIDNIGHT:
            raise _error(_("Nothing lies between %(time)s and itself."), time=f"{opens:%H:%M}")
        self.times.append((opens, closes))

    def close(self) -> None:
        self._check_days()
        self.closed.update(self.days)

    def _check_days(self) -> None:
        if not self.days:
            raise _error(_("Begin with the day, as in “Mon-Fri 9-17”."))
        self.has_times = True


def read_hours(text: str) -> tuple[Span, ...]:
    """The spans in order of the week, each with its weekday (0 is Monday); none of an empty text.

    Raises ValidationError in words that say what was not understood.
    """
    tokens = _tokens(text)
    reader = _Reader()
    while tokens:
        _read_one(reader, tokens)
    reader.finish()
    spans = tuple(sorted(dict.fromkeys(reader.spans)))
    if reader.closed and not spans:
        raise _error(_("That is closed all week. Leave it empty when the hours are not known."))
    for day, _opens, _closes in spans:
        if day in reader.closed:
            raise _error(_("%(day)s is said to be open and closed."), day=DAYS[day])
    _check_overlaps(spans)
    return spans


def write_hours(spans: Iterable[Span]) -> str:
    """One line for each run of days with the same hours; `read_hours` reads the same spans."""
    by_day = {
        day: tuple((opens, closes) for _day, opens, closes in rows)
        for day, rows in groupby(sorted(spans), key=lambda span: span[0])
    }
    lines = []
    for day in sorted(by_day):
        if lines and lines[-1][1] == day - 1 and lines[-1][2] == by_day[day]:
            lines[-1][1] = day
        else:
            lines.append([day, day, by_day[day]])
    return "\n".join(_line(*line) for line in lines)


def _line(first: int, last: int, times: Sequence[tuple[time, time]]) -> str:
    days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
    written = (
        "24 h" if opens == closes == MIDNIGHT else f"{opens:%H:%M}-{closes:%H:%M}"
        for opens, closes in times
    )
    return f"{days} {', '.join(written)}"


def _tokens(text: str) -> list[re.Match]:
    """The last first, so that the next is popped."""
    typed = unicodedata.normalize("NFKC", text).translate(DASHES).lower()
    found = [match for match in TOKEN.finditer(typed) if match.lastgroup != "skip"]
    return found[::-1]


def _read_one(reader: _Reader, tokens: list[re.Match]) -> None:
    """One thing that can stand by itself: a day, a span, "closed", or a mark between them."""
    token = tokens.pop()
    if token["end"]:
        reader.finish()
    elif token["day"]:
        days = _days(token)
        last = _after_dash(tokens, "day")
        reader.add_days(days[0], _days(last)[-1] if last else days[-1])
    elif token["allday"]:
        reader.add_times(MIDNIGHT, MIDNIGHT)
    elif token["closed"]:
        reader.close()
    elif token["time"]:
        last = _after_dash(tokens, "time")
        if last is None:
            raise _error(_("“%(text)s” has no end, as in “9-17”."), text=token["time"].strip())
        words = f"{token['time'].strip()}-{last['time'].strip()}"
        after = reader.times[-1][1] if reader.times else None
        reader.add_times(*_span(_clock(token), _clock(last), words, after))
    elif not token["also"]:
        raise _not_understood(token[0])


def _after_dash(tokens: list[re.Match], kind: str) -> re.Match | None:
    """What follows a dash, when it is of that kind; both are taken."""
    if len(tokens) > 1 and tokens[-1]["dash"] and tokens[-2][kind]:
        tokens.pop()
        return tokens.pop()
    return None


def _days(token: re.Match) -> Sequence[int]:
    word = re.sub(r"\s", "", token["day"])
    if word in GROUPS:
        return GROUPS[word]
    if word in OTHER_DAY_NAMES:
        return [OTHER_DAY_NAMES[word]]
    singular = word.removesuffix("s") if word.endswith("days") else word
    begun = [day for day, name in enumerate(DAY_NAMES) if name.startswith(singular)]
    if len(singular) < SHORTEST_DAY or len(begun) != 1:
        raise _not_understood(token["day"])
    return begun


def _clock(token: re.Match) -> _Clock:
    if token["named"]:
        return _Clock(NAMED[token["named"]], 0, "", is_plain=True)
    compact = token["compact"]
    digits = compact[:2] if compact else token["hour"]
    hour, minute = int(digits), int(compact[2:] if compact else token["minute"] or 0)
    half = token["half"] or ""
    if hour == 24 and minute == 0 and not half:
        hour = 0
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise _error(_("“%(text)s” is no time of day."), text=token["time"].strip())
    if half:
        return _Clock(hour % 12 + (12 if half == "p" else 0), minute, half, is_plain=True)
    return _Clock(hour, minute, "", is_plain=hour > 12 or digits.startswith("0"))


def _span(opens: _Clock, closes: _Clock, words: str, after: time | None) -> tuple[time, time]:
    """Both ends, read by each other. `after` is the end of the day's span before this."""
    if opens.half or closes.half:
        if opens.half or opens.is_plain:
            first = opens.at(opens.hour)
        else:
            # "9-5 pm" begins in the morning, "1-5 pm" does not: the later one that fits.
            first = min(opens.at(opens.hour), opens.at(opens.hour + 12), key=_until(closes))
    elif opens.is_plain or closes.is_plain:
        return opens.at(opens.hour), closes.at(closes.hour)
    elif opens.hour in UNCLEAR_HOURS and (after is None or not after < opens.at(opens.hour + 12)):
        raise _error(
            _("Is “%(text)s” before noon or after it? Write 13-17 or 1 pm-5 pm."), text=words
        )
    else:
        first = opens.at(opens.hour + (12 if opens.hour in UNCLEAR_HOURS else 0))
    if closes.is_plain:
        return first, closes.at(closes.hour)
    last = min(closes.at(closes.hour), closes.at(closes.hour + 12), key=_since(first))
    return first, last


def _until(closes: _Clock):
    return lambda opens: _minutes_between(opens, closes.at(closes.hour))


def _since(opens: time):
    return lambda closes: _minutes_between(opens, closes)


def _minutes_between(opens: time, closes: time) -> int:
    """From one to the next time it is the other: one minute to a whole day."""
    return (_minutes(closes) - _minutes(opens) - 1) % DAY_MINUTES + 1


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _check_overlaps(spans: Sequence[Span]) -> None:
    """Also those of Sunday night with Monday morning."""
    laid = [(span[0] * DAY_MINUTES + _minutes(span[1]), span) for span in spans]
    if not laid:
        return
    start, first = laid[0]
    for (begins, span), (after, other) in pairwise([*laid, (start + WEEK_MINUTES, first)]):
        if begins + _minutes_between(span[1], span[2]) > after:
            raise _error(
                _("%(one)s and %(other)s overlap."),
                one=_line(span[0], span[0], [span[1:]]),
                other=_line(other[0], other[0], [other[1:]]),
            )


def _list_of_days(days: Iterable[int]) -> str:
    return ", ".join(DAYS[day] for day in days)


def _not_understood(text: str) -> ValidationError:
    return _error(
        _("“%(text)s” is not understood. Write as in “Mon-Fri 9-12:30, 13:30-18; Sat 10-14”."),
        text=text.strip(),
    )


def _error(message: str, **params) -> ValidationError:
    return ValidationError(message % params, code="hours")
