from datetime import date, time

import pytest

from directory.models import License, OpeningHours, Practitioner
from directory.profile import profile_of, week_of
from tests.directory.factories import make_office, make_practitioner

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def hours(weekday, opens_at, closes_at):
    return OpeningHours(weekday=weekday, opens_at=opens_at, closes_at=closes_at)


def test_week_has_seven_days_from_monday_with_spans_in_order():
    week = week_of(
        [hours(6, time(10), time(12)), hours(0, time(14), time(18)), hours(0, time(9), time(12))]
    )
    assert [day.name for day in week] == DAYS
    assert week[0].spans == ((time(9), time(12)), (time(14), time(18)))
    assert [len(day.spans) for day in week] == [2, 0, 0, 0, 0, 0, 1]


def test_no_hours_are_no_week():
    assert week_of([]) == ()


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
            [entry.is_lapsed for entry in profile_of(fetched, on=day).licenses]
            for day in (date(2026, 3, 15), date(2026, 3, 16))
        ]
    assert states == [[False, False], [True, False]]
