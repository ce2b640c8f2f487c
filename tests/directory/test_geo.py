"""Distances, compared with published ones and with the haversine formula."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geo import (
    EARTH_RADIUS_MILES,
    HALF_CIRCUMFERENCE_MILES,
    Point,
    distance_miles,
    miles_from_squared_chord,
    squared_chord,
    unit_vector,
)

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def haversine_miles(a: Point, b: Point) -> float:
    """Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984)."""
    first, second = math.radians(a.latitude), math.radians(b.latitude)
    turn = math.radians(b.longitude - a.longitude)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(min(half, 1.0)))


@given(points, points)
def test_distance_equals_haversine(a, b):
    assert distance_miles(a, b) == pytest.approx(haversine_miles(a, b), rel=1e-9, abs=1e-3)


@given(points, points)
def test_distance_is_the_same_both_ways(a, b):
    assert distance_miles(a, b) == distance_miles(b, a)


@given(st.floats(0, 12_000))
def test_squared_chord_and_back_is_the_same_distance(miles):
    assert miles_from_squared_chord(squared_chord(miles)) == pytest.approx(miles, abs=1e-4)


@given(st.floats(0, 12_000), st.floats(0, 12_000))
def test_squared_chord_grows_with_distance(a, b):
    nearer, farther = sorted([a, b])

    assert squared_chord(nearer) <= squared_chord(farther)


@given(points)
def test_unit_vector_has_length_one(point):
    assert math.hypot(*unit_vector(point)) == pytest.approx(1.0)


def test_los_angeles_to_new_york_is_the_published_distance():
    # Williams, Aviation Formulary, works LAX to JFK: 0.623585 radians.
    lax = Point(33 + 57 / 60, -(118 + 24 / 60))
    jfk = Point(40 + 38 / 60, -(73 + 47 / 60))

    radians = distance_miles(lax, jfk) / EARTH_RADIUS_MILES

    assert radians == pytest.approx(0.623585, abs=1e-6)


def test_a_degree_of_the_equator_has_69_miles():
    # 2π · 6371.0088 km / 360 / 1.609344
    assert distance_miles(Point(0, 0), Point(0, 1)) == pytest.approx(69.0934, abs=1e-4)


def test_points_across_the_antimeridian_are_neighbors():
    assert distance_miles(Point(0, 179.5), Point(0, -179.5)) == pytest.approx(69.0934, abs=1e-4)


def test_antipodes_are_half_the_circumference_apart():
    assert distance_miles(Point(90, 0), Point(-90, 0)) == pytest.approx(HALF_CIRCUMFERENCE_MILES)


def test_a_distance_beyond_the_antipode_counts_as_the_antipode():
    assert squared_chord(50_000) == squared_chord(HALF_CIRCUMFERENCE_MILES)


def test_the_center_is_at_distance_nothing():
    assert squared_chord(0) == 0
    assert distance_miles(Point(40.65, -73.95), Point(40.65, -73.95)) == 0
