from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from directory.geo import Point
from directory.time_zones import validate_zone, zone_at, zone_of

# States that lie in two zones, and those that keep no daylight saving time. The boundaries are
# published in 49 CFR part 71, the names in the `northamerica` file of the IANA time zone database,
# which also has the exceptions: the Navajo Nation, and Phenix City on the clock of Georgia.
TOWNS = [
    ("Evansville, IN", 37.9748, -87.5559, "America/Chicago"),
    ("Gary, IN", 41.5934, -87.3464, "America/Chicago"),
    ("Indianapolis, IN", 39.7684, -86.1580, "America/Indiana/Indianapolis"),
    ("Knox, IN", 41.2959, -86.6250, "America/Indiana/Knox"),
    ("Tell City, IN", 37.9514, -86.7678, "America/Indiana/Tell_City"),
    ("Vincennes, IN", 38.6773, -87.5286, "America/Indiana/Vincennes"),
    ("Phoenix, AZ", 33.4484, -112.0740, "America/Phoenix"),
    ("Window Rock, AZ", 35.6806, -109.0526, "America/Denver"),
    ("Kayenta, AZ", 36.7278, -110.2546, "America/Denver"),
    ("Tuba City, AZ", 36.1350, -111.2399, "America/Denver"),
    ("Goodland, KS", 39.3508, -101.7102, "America/Denver"),
    ("Sharon Springs, KS", 38.8978, -101.7521, "America/Denver"),
    ("Colby, KS", 39.3958, -101.0524, "America/Chicago"),
    ("Garden City, KS", 37.9717, -100.8727, "America/Chicago"),
    ("Scottsbluff, NE", 41.8666, -103.6672, "America/Denver"),
    ("Valentine, NE", 42.8728, -100.5510, "America/Chicago"),
    ("North Platte, NE", 41.1239, -100.7654, "America/Chicago"),
    ("Ogallala, NE", 41.1281, -101.7196, "America/Denver"),
    ("Pensacola, FL", 30.4213, -87.2169, "America/Chicago"),
    ("Panama City, FL", 30.1595, -85.6598, "America/Chicago"),
    ("Tallahassee, FL", 30.4383, -84.2807, "America/New_York"),
    ("Apalachicola, FL", 29.7260, -84.9856, "America/New_York"),
    ("Marianna, FL", 30.7744, -85.2269, "America/Chicago"),
    ("Louisville, KY", 38.2542, -85.7594, "America/Kentucky/Louisville"),
    ("Bowling Green, KY", 36.9903, -86.4436, "America/Chicago"),
    ("Chattanooga, TN", 35.0456, -85.3097, "America/New_York"),
    ("Nashville, TN", 36.1659, -86.7844, "America/Chicago"),
    ("Knoxville, TN", 35.9606, -83.9207, "America/New_York"),
    ("El Paso, TX", 31.7587, -106.4869, "America/Denver"),
    ("Van Horn, TX", 31.0403, -104.8307, "America/Chicago"),
    ("Ontario, OR", 44.0266, -116.9629, "America/Boise"),
    ("Burns, OR", 43.5863, -119.0541, "America/Los_Angeles"),
    ("Coeur d'Alene, ID", 47.6777, -116.7805, "America/Los_Angeles"),
    ("Boise, ID", 43.6135, -116.2035, "America/Boise"),
    ("Grangeville, ID", 45.9265, -116.1224, "America/Los_Angeles"),
    ("Riggins, ID", 45.3970, -116.3006, "America/Boise"),
    ("Rapid City, SD", 44.0805, -103.2310, "America/Denver"),
    ("Pierre, SD", 44.3683, -100.3510, "America/Chicago"),
    ("Dickinson, ND", 46.8792, -102.7896, "America/Denver"),
    ("Bismarck, ND", 46.8083, -100.7837, "America/Chicago"),
    ("Ironwood, MI", 46.4547, -90.1710, "America/Menominee"),
    ("Marquette, MI", 46.5435, -87.3954, "America/Detroit"),
    ("West Wendover, NV", 40.7391, -114.0734, "America/Denver"),
    ("Elko, NV", 40.8324, -115.7631, "America/Los_Angeles"),
    ("Phenix City, AL", 32.4710, -85.0008, "America/New_York"),
    ("Honolulu, HI", 21.3069, -157.8583, "Pacific/Honolulu"),
    ("Adak, AK", 51.8740, -176.6340, "America/Adak"),
    ("Unalaska, AK", 53.8741, -166.5341, "America/Nome"),
    ("Anchorage, AK", 61.2181, -149.9003, "America/Anchorage"),
]


@pytest.mark.parametrize(("town", "latitude", "longitude", "zone"), TOWNS)
def test_town_has_its_published_zone(town, latitude, longitude, zone):
    assert zone_at(Point(latitude, longitude)) == zone


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (43.6532, -79.3832, "America/Toronto"),
        (51.5074, -0.1278, "Europe/London"),
        (-33.8688, 151.2093, "Australia/Sydney"),
        (-18.1248, 178.4501, "Pacific/Fiji"),
        (52.0, 180.0, "America/Adak"),
    ],
)
def test_every_continent_and_the_date_line_have_a_zone(latitude, longitude, zone):
    assert zone_at(Point(latitude, longitude)) == zone


@pytest.mark.parametrize("point", [Point(90, 180), Point(-90, -180), Point(0, -150)])
def test_poles_and_the_open_sea_have_some_zone(point):
    assert zone_of("", point) is not None


def test_given_name_counts_before_the_point():
    brooklyn = Point(40.65, -73.95)
    assert zone_of("America/Denver", brooklyn) == ZoneInfo("America/Denver")
    assert zone_of("", brooklyn) == ZoneInfo("America/New_York")


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "EST5EDT\0", "America"])
def test_unknown_name_is_no_zone_and_refused_in_words(name):
    assert zone_of(name, None) is None
    with pytest.raises(ValidationError) as refused:
        validate_zone(name)
    assert refused.value.messages == [
        f"“{name}” is no time zone. Write its IANA name, such as America/New_York, or leave this "
        "empty: the zone then follows from the point."
    ]


def test_nothing_known_is_no_zone():
    assert zone_of("", None) is None


def test_zone_knows_daylight_saving_time():
    zone = zone_of("", Point(39.3508, -101.7102))
    names = [datetime(2026, month, 15, tzinfo=UTC).astimezone(zone).tzname() for month in (1, 7)]
    assert names == ["MST", "MDT"]
