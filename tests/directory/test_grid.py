"""The cells of a circle, compared with points thrown at it."""

import math
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.geo import EARTH_RADIUS_MILES, Point, distance_miles
from directory.grid import STEP_DEGREES, cells, runs_touched

latitudes = st.one_of(
    st.floats(-90, 90), st.sampled_from([-90.0, -89.999, 0.0, 40.7, 64.8, 89.95, 90.0])
)
longitudes = st.one_of(
    st.floats(-180, 180), st.sampled_from([-180.0, -179.999, 0.0, 179.9999, 180.0])
)
points = st.builds(Point, latitudes, longitudes)
steps = st.sampled_from([STEP_DEGREES, 1.0, 2.0, 7.0])


def cell(point, step=STEP_DEGREES):
    return int(cells(np.array([point.latitude]), np.array([point.longitude]), step)[0])


def cells_touched(*asked):
    return [number for first, end in runs_touched(*asked) for number in range(first, end)]


SAMPLES = defaultdict(list)
for i in range(180):
    for j in range(360):
        sample = Point(i - 89.5, j - 179.5)
        SAMPLES[cell(sample, 10.0)].append(sample)


def moved(point: Point, bearing_degrees: float, miles: float) -> Point:
    """Where one gets from a point on a great circle (Williams, Aviation Formulary)."""
    angle, bearing = miles / EARTH_RADIUS_MILES, math.radians(bearing_degrees)
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    sine = math.sin(latitude) * math.cos(angle)
    sine += math.cos(latitude) * math.sin(angle) * math.cos(bearing)
    sine = max(-1.0, min(1.0, sine))
    turned = longitude + math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(latitude),
        math.cos(angle) - math.sin(latitude) * sine,
    )
    degrees = (math.degrees(turned) + 180.0) % 360.0 - 180.0
    return Point(math.degrees(math.asin(sine)), degrees)


@given(
    center=points,
    radius=st.floats(0, 30),
    bearing=st.floats(0, 360),
    share=st.one_of(st.floats(0, 1), st.just(0.999999)),
)
def test_cells_hold_every_point_within_the_radius(center, radius, bearing, share):
    inside = moved(center, bearing, radius * share)

    assert cell(inside) in cells_touched(center, radius)


@given(
    center=points,
    radius=st.one_of(st.floats(0, 1000), st.floats(1000, 12_500)),
    bearing=st.floats(0, 360),
    share=st.floats(0, 0.999999),
    step=st.sampled_from([2.0, 7.0]),
)
def test_cells_of_any_size_hold_every_point_within_the_radius(center, radius, bearing, share, step):
    inside = moved(center, bearing, radius * share)

    assert cell(inside, step) in cells_touched(center, radius, step)


@given(center=points, radius=st.floats(0, 6000), step=st.sampled_from([2.0, 7.0]))
def test_cells_are_named_once_and_ascending(center, radius, step):
    touched = cells_touched(center, radius, step)

    assert touched == sorted(set(touched))


@given(center=points, radius=st.floats(1, 3000))
def test_no_cell_is_named_that_is_wholly_outside(center, radius):
    # Every point of a cell is at most 1° up or down and 1° along from one of those sampled in it.
    farthest = radius + math.radians(math.sqrt(2)) * EARTH_RADIUS_MILES

    for number in cells_touched(center, radius, 10.0):
        assert min(distance_miles(center, point) for point in SAMPLES[number]) <= farthest


@given(point=points, step=steps)
def test_a_circle_without_extent_touches_the_cell_of_its_center(point, step):
    assert cell(point, step) in cells_touched(point, 0, step)


def test_both_sides_of_the_antimeridian_are_one_neighborhood():
    east, west = Point(-16.8, 179.99), Point(-16.8, -179.99)

    assert cell(east) != cell(west)
    assert cell(west) in cells_touched(east, 2)
    assert cell(Point(10, 180)) == cell(Point(10, -180))


def test_a_circle_around_a_pole_touches_every_column_there():
    touched = cells_touched(Point(90, 0), 100, 2.0)

    assert {cell(Point(89.5, longitude), 2.0) for longitude in range(-180, 180)} <= set(touched)


def test_cell_numbers_fit_an_integer_column():
    assert cell(Point(90, 180)) < 2**31
    assert cell(Point(90, -180.0)) > cell(Point(-90, 0))


def test_a_city_search_names_few_cells():
    assert len(cells_touched(Point(40.65, -73.95), 25)) < 300
    assert len(cells_touched(Point(40.65, -73.95), 400, 2.0)) < 60
