from datetime import UTC, date, datetime, time

import pytest

from directory.hours import Span
from directory.models import License, OpeningHours, Practitioner
from directory.profile import Phone, Row, profile_of, rows_of, week_of
from tests.directory.factories import make_affiliation, make_office, make_practitioner

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# A Wednesday, in New York 3 PM.
AT = datetime(2026, 3, 18, 19, tzinfo=UTC)


def hours(weekday, opens_at, closes_at):
    return OpeningHours(weekday=weekday, opens_at=opens_at, closes_at=closes_at)


def profile(practitioner, *, at=AT):
    return profile_of(Practitioner.objects.with_facts().get(pk=practitioner.pk), at=at)


def test_week_has_seven_days_from_monday_with_spans_in_order():
    week = week_of(
        [hours(6, time(10), time(12)), hours(0, time(14), time(18)), hours(0, time(9), time(12))]
    )
    assert [day.name for day in week] == DAYS
    assert week[0].spans == (Span(0, time(9), time(12)), Span(0, time(14), time(18)))
    assert [len(day.spans) for day in week] == [2, 0, 0, 0, 0, 0, 1]


def test_no_hours_are_no_week():
    assert week_of([]) == ()
    assert rows_of((), today=date(2026, 3, 18)) == ()


def test_days_in_a_row_that_are_alike_share_a_row():
    week = week_of([hours(day, time(9), time(17)) for day in (0, 1, 2, 4)])
    assert rows_of(week, today=date(2026, 3, 17)) == (
        Row("Monday – Wednesday", ("9 AM – 5 PM",), True),
        Row("Thursday", (), False),
        Row("Friday", ("9 AM – 5 PM",), False),
        Row("Saturday – Sunday", (), False),
    )


def test_without_a_clock_no_day_is_today():
    week = week_of([hours(day, time(9), time(17)) for day in range(7)])
    assert rows_of(week, today=None) == (Row("Monday – Sunday", ("9 AM – 5 PM",), False),)


@pytest.mark.django_db
def test_each_office_tells_by_its_own_clock():
    practitioner = make_practitioner()
    for zone, point in (("", make_office().point), ("America/Denver", None), ("", None)):
        affiliation = make_affiliation(practitioner, make_office(timezone=zone, point=point))
        affiliation.opening_hours.create(weekday=2, opens_at=time(9), closes_at=time(15))
    told = [entry.status and entry.status.words for entry in profile(practitioner).offices]
    assert told == ["Closed now, opens next Wednesday at 9 AM", "Open now, until 3 PM", None]


@pytest.mark.django_db
def test_zone_that_is_no_zone_is_passed_over():
    practitioner = make_practitioner(office=make_office(timezone="Mars/Olympus"))
    practitioner.affiliations.get().opening_hours.create(
        weekday=2, opens_at=time(9), closes_at=time(15)
    )
    (entry,) = profile(practitioner).offices
    assert (entry.status, len(entry.rows)) == (None, 3)


@pytest.mark.django_db
def test_numbers_of_several_offices_are_said_once():
    practitioner = make_practitioner()
    for name, phone in (("One", "1"), ("Two", "2"), ("Three", "1"), ("Four", ""), ("Five", "5")):
        make_affiliation(practitioner, make_office(name=name), phone=phone)
    found = profile(practitioner)
    assert found.phones == (
        Phone("1", ("One", "Three")),
        Phone("2", ("Two",)),
        Phone("5", ("Five",)),
    )
    assert (found.first_phones, found.has_more_phones) == (found.phones[:2], True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "expected"),
    [([], False), ([False], True), ([False, None], False), ([False, True], False), ([None], False)],
)
def test_takes_nobody_new_when_every_office_says_so(answers, expected):
    practitioner = make_practitioner()
    for answer in answers:
        make_affiliation(practitioner, make_office(), accepts_new_patients=answer)
    assert profile(practitioner).takes_nobody_new == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("confirmed_on", "ago"),
    [
        (None, ""),
        (date(2026, 3, 18), ""),
        (date(2025, 12, 18), ""),
        (date(2025, 12, 17), "3\xa0months"),
        (date(2024, 3, 1), "2\xa0years"),
    ],
)
def test_what_was_confirmed_over_90_days_ago_is_said_to_be_old(confirmed_on, ago):
    assert profile(make_practitioner(confirmed_on=confirmed_on)).confirmed_ago == ago


@pytest.mark.django_db
def test_license_lapses_the_day_after_its_last(django_assert_num_queries):
    practitioner = make_practitioner(office=make_office())
    License.objects.create(
        practitioner=practitioner, number="1", state_code="NY", expires_on=date(2026, 3, 15)
    )
    License.objects.create(practitioner=practitioner, number="2", state_code="NY")
    fetched = Practitioner.objects.with_facts().get()
    with django_assert_num_queries(2):
        states = [
            [entry.is_lapsed for entry in profile_of(fetched, at=moment).licenses]
            for moment in (
                datetime(2026, 3, 16, 3, 59, tzinfo=UTC),
                datetime(2026, 3, 16, 4, 0, tzinfo=UTC),
            )
        ]
    assert states == [[False, False], [True, False]]
