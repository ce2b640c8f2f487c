from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import Span, shown, status_at
from directory.models import Fact, SearchEntry
from directory.search_index import index_practitioner
from tests.directory.factories import make_office, make_practitioner

NEW_YORK = ZoneInfo("America/New_York")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
# March 15, 2027 is a Monday; the clocks of the United States change on Sundays: forward at 2 AM
# on March 14, 2027, back at 2 AM on November 7, 2027 (15 U.S.C. 260a).
LUNCH = [Span(day, time(9), time(12, 30)) for day in (MON, TUE, THU)] + [
    Span(day, time(14), time(18)) for day in (MON, TUE, THU)
]
NIGHTS = [Span(FRI, time(18), time(1, 30)), Span(SAT, time(20), time(3, 30))]


def local(month, day, hour, minute=0, *, zone=NEW_YORK, fold=0):
    return datetime(2027, month, day, hour, minute, tzinfo=zone, fold=fold)


def words(spans, at, zone=NEW_YORK):
    return status_at(spans, zone, at=at).words


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (local(3, 15, 8, 59), "Closed now, opens today at 9 AM"),
        (local(3, 15, 9), "Open now, until 12:30 PM"),
        (local(3, 15, 12, 29), "Open now, until 12:30 PM"),
        (local(3, 15, 12, 30), "Closed now, opens today at 2 PM"),
        (local(3, 15, 14), "Open now, until 6 PM"),
        (local(3, 15, 18), "Closed now, opens tomorrow at 9 AM"),
        (local(3, 16, 18), "Closed now, opens Thursday at 9 AM"),
        (local(3, 18, 18), "Closed now, opens Monday at 9 AM"),
    ],
)
def test_lunch_breaks_closed_days_and_exact_minutes(at, expected):
    assert words(LUNCH, at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (local(3, 19, 17, 59), "Closed now, opens today at 6 PM"),
        (local(3, 19, 23, 59), "Open now, until 1:30 AM"),
        (local(3, 20, 0), "Open now, until 1:30 AM"),
        (local(3, 20, 1, 29), "Open now, until 1:30 AM"),
        (local(3, 20, 1, 30), "Closed now, opens today at 8 PM"),
        (local(3, 21, 3, 30), "Closed now, opens Friday at 6 PM"),
    ],
)
def test_night_ends_on_the_next_day(at, expected):
    assert words(NIGHTS, at) == expected


def test_sunday_night_runs_into_monday():
    spans = [Span(SUN, time(22), time(2))]
    assert words(spans, local(3, 15, 1, 59)) == "Open now, until 2 AM"
    assert words(spans, local(3, 15, 2)) == "Closed now, opens Sunday at 10 PM"


def test_only_day_of_the_week_comes_again_next_week():
    assert words([Span(MON, time(9), time(10))], local(3, 15, 10)) == (
        "Closed now, opens next Monday at 9 AM"
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # 1:59 AM EST is followed by 3:00 AM EDT.
        (datetime(2027, 3, 14, 6, 59, tzinfo=UTC), "Open now, until 3:30 AM"),
        (datetime(2027, 3, 14, 7, 0, tzinfo=UTC), "Open now, until 3:30 AM"),
        (datetime(2027, 3, 14, 7, 29, tzinfo=UTC), "Open now, until 3:30 AM"),
        (datetime(2027, 3, 14, 7, 30, tzinfo=UTC), "Closed now, opens Friday at 6 PM"),
    ],
)
def test_night_of_the_spring_gap(at, expected):
    assert words(NIGHTS, at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # 1:30 AM comes first in EDT (5:30 UTC), an hour later in EST; 3:30 AM is 8:30 UTC.
        (datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "Open now, until 3:30 AM"),
        (datetime(2027, 11, 7, 6, 30, tzinfo=UTC), "Open now, until 3:30 AM"),
        (datetime(2027, 11, 7, 8, 29, tzinfo=UTC), "Open now, until 3:30 AM"),
        (datetime(2027, 11, 7, 8, 30, tzinfo=UTC), "Closed now, opens Friday at 6 PM"),
    ],
)
def test_night_of_the_autumn_fold(at, expected):
    assert words(NIGHTS, at) == expected


def test_time_that_comes_twice_counts_the_first_time():
    spans = [Span(SAT, time(20), time(1, 30))]
    assert words(spans, local(11, 7, 1, 29)) == "Open now, until 1:30 AM"
    assert words(spans, local(11, 7, 1, 30)) == "Closed now, opens Saturday at 8 PM"
    assert words(spans, local(11, 7, 1, 29, fold=1)) == "Closed now, opens Saturday at 8 PM"


def test_time_that_is_skipped_counts_on_the_offset_before():
    spans = [Span(SUN, time(2, 30), time(5))]
    assert words(spans, local(3, 14, 1, 59)) == "Closed now, opens today at 3:30 AM"
    assert words(spans, local(3, 14, 3, 30)) == "Open now, until 5 AM"


@pytest.mark.parametrize(
    ("utc_hour", "expected"),
    [(12, "Closed now, opens today at 9 AM"), (13, "Open now, until 5 PM")],
)
def test_day_after_the_spring_change_opens_an_hour_of_utc_earlier(utc_hour, expected):
    spans = [Span(day, time(9), time(17)) for day in range(7)]
    assert words(spans, datetime(2027, 3, 13, utc_hour + 1, tzinfo=UTC)) == expected
    assert words(spans, datetime(2027, 3, 14, utc_hour, tzinfo=UTC)) == expected


def test_same_moment_is_another_time_on_another_clock():
    spans = [Span(MON, time(9), time(17))]
    at = datetime(2027, 3, 15, 15, 30, tzinfo=UTC)
    zones = ("America/New_York", "America/Phoenix", "America/Denver", "Pacific/Honolulu")
    found = [status_at(spans, ZoneInfo(zone), at=at) for zone in zones]
    assert [status.is_open for status in found] == [True, False, True, False]
    assert [status.as_of_words for status in found] == [
        "as of 11:30 AM EDT",
        "as of 8:30 AM MST",
        "as of 9:30 AM MDT",
        "as of 5:30 AM HST",
    ]


def test_zone_without_letters_is_named_by_its_offset():
    status = status_at(
        [Span(MON, time(9), time(17))], ZoneInfo("America/Sao_Paulo"), at=local(3, 15, 12)
    )
    assert status.as_of_words == "as of 1:00 PM UTC-03"


def test_around_the_clock_never_closes():
    always = [Span(day, time(0), time(0)) for day in range(7)]
    assert words(always, local(3, 15, 0)) == "Open now, around the clock"
    assert words(always[:5], local(3, 15, 12)) == "Open now, until Friday at midnight"
    assert words(always[:5], local(3, 19, 12)) == "Open now, until midnight"
    assert words(always[:5], local(3, 20, 0)) == "Closed now, opens Monday at 12 AM"


def test_spans_that_overlap_are_one():
    spans = [Span(MON, time(9), time(13)), Span(MON, time(12), time(17))]
    assert words(spans, local(3, 15, 10)) == "Open now, until 5 PM"


def test_without_hours_nothing_is_said():
    assert status_at([], NEW_YORK, at=local(3, 15, 10)) is None


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(MON, time(9), time(12, 30)), "9 AM – 12:30 PM"),
        (Span(MON, time(18), time(1)), "6 PM – 1 AM the next day"),
        (Span(MON, time(18), time(0)), "6 PM – midnight"),
        (Span(MON, time(0), time(0)), "Open 24 hours"),
        (Span(MON, time(8), time(8)), "8 AM – 8 AM the next day"),
    ],
)
def test_span_in_a_table(span, expected):
    assert span.words == expected


def test_times_in_a_sentence():
    clocks = [time(0, 30), time(9), time(12), time(12, 5), time(18, 30)]
    assert [shown(clock) for clock in clocks] == ["12:30 AM", "9 AM", "noon", "12:05 PM", "6:30 PM"]


CLOCK = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SPANS = st.lists(st.builds(Span, st.integers(0, 6), CLOCK, CLOCK), min_size=1, max_size=6)


def is_open_on_the_wall(spans, wall):
    """An independent way for days without a change of the clock: minutes since Monday."""
    now = wall.weekday() * 1440 + wall.hour * 60 + wall.minute
    for span in spans:
        opens = span.weekday * 1440 + span.opens_at.hour * 60 + span.opens_at.minute
        closes = span.closes_at.hour * 60 + span.closes_at.minute
        length = (closes - span.opens_at.hour * 60 - span.opens_at.minute) % 1440 or 1440
        if (now - opens) % 10080 < length:
            return True
    return False


@given(spans=SPANS, minutes=st.integers(0, 7 * 24 * 60 - 1))
def test_far_from_changes_it_agrees_with_the_minutes_of_the_week(spans, minutes):
    wall = datetime(2027, 6, 14, tzinfo=NEW_YORK) + timedelta(minutes=minutes)
    status = status_at(spans, NEW_YORK, at=wall)
    assert status.is_open == is_open_on_the_wall(spans, wall)
    if status.changes_at is not None:
        assert is_open_on_the_wall(spans, status.changes_at) != status.is_open


@given(spans=SPANS, quarter=st.integers(0, 4 * 24 * 4), on=st.sampled_from(["03-13", "11-06"]))
def test_around_the_changes_the_status_holds_until_it_changes(spans, quarter, on):
    begins = datetime.combine(date.fromisoformat(f"2027-{on}"), time(0), tzinfo=UTC)
    at = begins + timedelta(minutes=15 * quarter)
    status = status_at(spans, NEW_YORK, at=at)
    if status.changes_at is None:
        return
    just_before = status_at(spans, NEW_YORK, at=status.changes_at - timedelta(seconds=1))
    then = status_at(spans, NEW_YORK, at=status.changes_at)
    assert [just_before.is_open, then.is_open] == [status.is_open, not status.is_open]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weekday", "opens_at", "closes_at", "fact"),
    [
        (MON, time(9), time(17, 59), Fact(0)),
        (MON, time(9), time(18), Fact.EVENINGS),
        (MON, time(18), time(1), Fact.EVENINGS),
        (FRI, time(15), time(0), Fact.EVENINGS),
        (MON, time(0), time(0), Fact.EVENINGS),
        (SAT, time(20), time(1), Fact.WEEKENDS),
    ],
)
def test_search_counts_a_night_as_an_evening(weekday, opens_at, closes_at, fact):
    practitioner = make_practitioner(office=make_office())
    affiliation = practitioner.affiliations.get()
    affiliation.opening_hours.create(weekday=weekday, opens_at=opens_at, closes_at=closes_at)
    index_practitioner(practitioner)
    assert SearchEntry.objects.get().fact_mask == fact
