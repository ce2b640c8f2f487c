import math
from itertools import pairwise

import pytest

from directory.geo import EARTH_RADIUS_MILES, Point, distance_miles
from directory.projection import Equidistant, Mercator, circle_around, position

NEW_YORK = Point(40.7128, -74.0060)
# Ed Williams' Aviation Formulary 1.47: 2144 nautical miles apart, on a course of 66 degrees.
LAX, JFK = Point(33.95, -118.4), Point(40.6333, -73.7833)
PLACES = {
    "mid-latitudes": NEW_YORK,
    "far north": Point(71.29, -156.79),
    "antimeridian": Point(-16.8, 179.97),
    "north pole": Point(90, 0),
    "south pole": Point(-90, 0),
    "equator": Point(0, 0),
}


def test_the_published_distance_of_two_airports_is_kept():
    [(x, y)] = Equidistant(LAX, 1.0, 0.0).project([position(JFK)])
    assert math.hypot(x, y) == pytest.approx(2144 * 1.852 / 1.609344, rel=0.001)


def test_the_published_course_between_two_airports_is_kept():
    [(x, y)] = Equidistant(LAX, 1.0, 0.0).project([position(JFK)])
    assert math.degrees(math.atan2(x, -y)) == pytest.approx(66, abs=0.5)


def test_the_center_lands_in_the_middle():
    assert Equidistant(NEW_YORK, 3.0, 200).project([position(NEW_YORK)]) == [(200, 200)]


@pytest.mark.parametrize("center", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("miles", [5, 100, 3000])
def test_a_circle_on_the_earth_is_a_circle_on_the_map(center, miles):
    around = circle_around(center, miles)
    placed = Equidistant(center, 2.0, 0.0).project(around)
    assert [math.hypot(x, y) for x, y in placed] == pytest.approx([2 * miles] * 91, rel=1e-6)


@pytest.mark.parametrize("center", PLACES.values(), ids=PLACES)
def test_all_corners_of_a_circle_are_at_its_distance(center):
    for longitude, latitude in circle_around(center, 50):
        assert distance_miles(center, Point(latitude, longitude)) == pytest.approx(50, rel=1e-6)


def test_the_antipode_is_on_the_map_and_not_an_error():
    [(x, y)] = Equidistant(Point(0, 0), 1.0, 0.0).project([(180.0, 0.0)])
    assert math.hypot(x, y) <= math.pi * EARTH_RADIUS_MILES * 1.000001


def test_web_maps_show_the_same_across_the_antimeridian():
    east, west = Mercator(Point(0, 179.9), 1.0, 0.0).project([(179.95, 0), (-179.95, 0)])
    assert east[0] < west[0] < 15


def test_web_maps_are_true_to_scale_at_their_center():
    [(x, y)] = Mercator(NEW_YORK, 10.0, 0.0).project([circle_around(NEW_YORK, 1.0)[0]])
    assert (x, y) == pytest.approx((0, -10), abs=0.02)


def test_a_web_map_of_a_pole_is_harmless():
    [(x, y)] = Mercator(Point(90, 0), 10.0, 200).project([(0, 90)])
    assert (x, y) == pytest.approx((200, 200))


def test_a_circle_is_closed_and_even():
    around = circle_around(NEW_YORK, 10, corners=12)
    steps = [distance_miles(Point(a[1], a[0]), Point(b[1], b[0])) for a, b in pairwise(around)]
    assert steps == pytest.approx([2 * 10 * math.sin(math.pi / 12)] * 12, rel=1e-5)
