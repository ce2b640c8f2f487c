"""A week's hours as text, there and back."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from directory.hours_text import read_hours, write_hours

MINUTES_OF_WEEK = 7 * 24 * 60


def read(text):
    return write_hours(read_hours(text))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ""),
        (" ;\n", ""),
        (
            "Mon-Fri 9:00-12:30, 13:30-18:00; Sat 10-14",
            "Mon-Fri 09:00-12:30, 13:30-18:00\nSat 10:00-14:00",
        ),
        ("mon to fri from 9am - 5 p.m.", "Mon-Fri 09:00-17:00"),
        ("Mo/We/Fr 9-5", "Mon 09:00-17:00\nWed 09:00-17:00\nFri 09:00-17:00"),
        (
            "Mon, Wed & Fri 9-12, 1-5, Sat 10-2",
            "Mon 09:00-12:00, 13:00-17:00\nWed 09:00-12:00, 13:00-17:00\n"
            "Fri 09:00-12:00, 13:00-17:00\nSat 10:00-14:00",
        ),
        ("Fri 18:00-01:00", "Fri 18:00-01:00"),
        ("Fri 6pm-1", "Fri 18:00-01:00"),
        ("Fri 18-24", "Fri 18:00-00:00"),
        ("Thu noon to midnight", "Thu 12:00-00:00"),
        ("daily 24 h", "Mon-Sun 24 h"),
        ("Mon 24 hours; Tue closed", "Mon 24 h"),
        ("Sat-Mon 10 a.m.–2 p.m.", "Mon 10:00-14:00\nSat-Sun 10:00-14:00"),
        ("Mon 9-5 pm", "Mon 09:00-17:00"),
        ("Mon 1-5 pm", "Mon 13:00-17:00"),
        ("Mon 10-12pm", "Mon 10:00-12:00"),
        ("Wed 12-8", "Wed 12:00-20:00"),
        ("Mon 9-9", "Mon 09:00-21:00"),
        ("Mon 7-3", "Mon 07:00-15:00"),
        ("Mon 01:00-05:00", "Mon 01:00-05:00"),
        ("Mon 0900-1730", "Mon 09:00-17:30"),
        ("Mon 9.30-17.15", "Mon 09:30-17:15"),
        ("Mondays: 9—17\r\nTuesdays: ９-17", "Mon-Tue 09:00-17:00"),
        ("Tue 9-12; Mon 9-12; Mon 14-18", "Mon 09:00-12:00, 14:00-18:00\nTue 09:00-12:00"),
        ("weekdays 8 to noon, 1 to 5", "Mon-Fri 08:00-12:00, 13:00-17:00"),
        ("every day 9-17", "Mon-Sun 09:00-17:00"),
        ("Mon 9-17; Mon 9-17", "Mon 09:00-17:00"),
        ("Mon 9-12, 12-17", "Mon 09:00-12:00, 12:00-17:00"),
    ],
)
def test_hours_are_read_as_people_write_them(typed, expected):
    assert read(typed) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9-17", "Begin with the day, as in “Mon-Fri 9-17”."),
        ("closed", "Begin with the day, as in “Mon-Fri 9-17”."),
        ("Mon", "No times for Mon."),
        ("Mon; Tue 9-17", "No times for Mon."),
        ("Mon 9", "“9” has no end, as in “9-17”."),
        ("Mon 9 am - Tue", "“9 am” has no end, as in “9-17”."),
        ("Mon 2-6", "Is “2-6” before noon or after it? Write 13-17 or 1 pm-5 pm."),
        ("Mon 25-26", "“25” is no time of day."),
        ("Mon 9:75-10", "“9:75” is no time of day."),
        ("Mon 13 pm-14", "“13 pm” is no time of day."),
        ("Mon 09:00-09:00", "Nothing lies between 09:00 and itself."),
        ("Mon 9-12, 11-14", "Mon 09:00-12:00 and Mon 11:00-14:00 overlap."),
        ("Sun 22-03; Mon 02:00-08:00", "Sun 22:00-03:00 and Mon 02:00-08:00 overlap."),
        ("Mon-Sat 9-17; Sat closed", "Sat is said to be open and closed."),
        (
            "Mon closed",
            "That is closed all week. Leave it empty when the hours are not known.",
        ),
        (
            "T 9-17",
            "“t” is not understood. Write as in “Mon-Fri 9-12:30, 13:30-18; Sat 10-14”.",
        ),
        (
            "By appointment",
            "“by” is not understood. Write as in “Mon-Fri 9-12:30, 13:30-18; Sat 10-14”.",
        ),
    ],
)
def test_what_is_not_clear_is_said_in_words(typed, said):
    with pytest.raises(ValidationError) as caught:
        read_hours(typed)
    assert caught.value.messages == [said]


@given(st.text(alphabet="mon tuefrsa0123456789:-,;.apm\n&24h", max_size=40) | st.text(max_size=40))
def test_any_text_is_read_or_refused(typed):
    try:
        spans = read_hours(typed)
    except ValidationError:
        return
    assert read_hours(write_hours(spans)) == spans


@st.composite
def weeks(draw):
    """Spans of a week that do not overlap: cuts of the week, of which every other part is open."""
    cuts = sorted(draw(st.sets(st.integers(0, MINUTES_OF_WEEK - 1), max_size=20)))
    spans = []
    for begins, ends in zip(cuts[::2], cuts[1::2], strict=False):
        if ends - begins < 24 * 60:
            day, opens = divmod(begins, 24 * 60)
            spans.append((day, clock(opens), clock(ends % (24 * 60))))
    return tuple(spans)


def clock(minutes):
    return time(*divmod(minutes, 60))


@given(weeks())
def test_what_is_written_is_read_again(spans):
    assert read_hours(write_hours(spans)) == spans
