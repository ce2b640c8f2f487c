"""Points as they are typed and pasted."""

import pytest
from django.core.exceptions import ValidationError

from directory.coordinates import read_point
from directory.geo import Point


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("", " ", None),
        ("40.6501", "-73.9496", Point(40.6501, -73.9496)),
        ("40.6501, -73.9496", "", Point(40.6501, -73.9496)),
        ("(40.6501,-73.9496)", "", Point(40.6501, -73.9496)),
        ("40.6501 −73.9496", "the old one", Point(40.6501, -73.9496)),
        ("40.65° N, 73.95° W", "", Point(40.65, -73.95)),
        ("33.86 S 151.21 E", "", Point(-33.86, 151.21)),
        # 40° 39' 0.36" is 40 + 39/60 + 0.36/3600 degrees.
        ("40°39'0.36\"N 73°56'58.56\"W", "", Point(40.6501, -73.9496)),
        ("40.65010123456", "-73.9496", Point(40.6501, -73.9496)),
    ],
)
def test_point_is_read_from_one_field_or_two(latitude, longitude, expected):
    assert read_point(latitude, longitude) == expected


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("40", "", "A point has two sides, as in 40.6501, -73.9496."),
        ("", "-73.9", "A point has two sides, as in 40.6501, -73.9496."),
        ("-95.1", "29.7", "Latitude first, from -90 to 90, then longitude, from -180 to 180."),
        ("40.1", "181", "Latitude first, from -90 to 90, then longitude, from -180 to 180."),
        ("40,65", "-73,95", "Write decimals with a point, as in 40.6501, -73.9496."),
        ("nan", "inf", "“nan” is no latitude or longitude in degrees."),
        ("1e5", "2", "“1e5” is no latitude or longitude in degrees."),
        ("73.9 w, 40.1 n", "", "“73.9 w” is no latitude or longitude in degrees."),
    ],
)
def test_what_is_no_point_is_said_in_words(latitude, longitude, said):
    with pytest.raises(ValidationError) as caught:
        read_point(latitude, longitude)
    assert caught.value.messages == [said]
