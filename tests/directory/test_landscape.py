import re

import pytest

from directory.geo import Point
from directory.land import LAND, LEVELS, STATE_LINE, boxes, land, level_abroad, level_for
from directory.landscape import FINENESS, clipped, layers

SIZE = 400
# Points of the GNIS and of GeoNames.
ON_LAND = {
    "Brooklyn": (40.65, -73.95, "US"),
    "Denver": (39.74, -104.98, "US"),
    "Anchorage": (61.2, -149.8, "US"),
    "Toronto": (43.75, -79.4, "CA"),
    "London": (51.5, -0.13, "GB"),
    "Berlin": (52.52, 13.4, "DE"),
    "Suva": (-18.05, 178.3, "FJ"),
    "El Paso": (31.8, -106.4, "US"),
}
AT_SEA = {
    "off Montauk": (40.5, -71.0, "US"),
    "Lake Michigan": (43.0, -87.0, "US"),
    "Lake Ontario": (43.5, -78.5, "CA"),
    "off Hawaii": (20.0, -159.0, "US"),
    "English Channel": (50.2, -1.0, "GB"),
}
RADII = (5, 10, 25, 50, 100)


def rings(path):
    """The corners of each piece of a path that has only M, relative l, h and z."""
    for piece in re.findall(r"M(-?\d+) ?(-?\d+)l([^Mz]*)", path):
        x, y = int(piece[0]), int(piece[1])
        corners = [(x, y)]
        moves = [int(move) for move in re.findall(r"-?\d+", piece[2])]
        for dx, dy in zip(moves[::2], moves[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        yield corners


def is_inside(path, x, y):
    """By the winding number, as SVG fills."""
    winding = 0
    for corners in rings(path):
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                winding += 1 if by > ay else -1
    return winding != 0


def color_in_the_middle(place, miles):
    latitude, longitude, country = place
    color = "water"
    for layer in layers(Point(latitude, longitude), miles, country, SIZE):
        if layer.name in {"land", "water"} and is_inside(layer.path, 1000.3, 1000.3):
            color = layer.name
    return color


@pytest.mark.parametrize("miles", RADII)
@pytest.mark.parametrize("place", ON_LAND.values(), ids=ON_LAND)
def test_towns_are_on_land(place, miles):
    assert color_in_the_middle(place, miles) == "land"


@pytest.mark.parametrize("miles", RADII)
@pytest.mark.parametrize("place", AT_SEA.values(), ids=AT_SEA)
def test_seas_and_great_lakes_are_water(place, miles):
    assert color_in_the_middle(place, miles) == "water"


def test_a_drawing_is_the_same_again():
    first = layers(Point(40.65, -73.95), 25, "US", SIZE)
    layers.cache_clear()
    assert layers(Point(40.65, -73.95), 25, "US", SIZE) == first


@pytest.mark.parametrize("miles", RADII)
def test_nothing_is_drawn_far_out_of_view_but_the_end_of_a_line(miles):
    for layer in layers(Point(40.65, -73.95), miles, "US", SIZE):
        if layer.name in {"land", "water"}:
            corners = [corner for ring in rings(layer.path) for corner in ring]
            low, high = -21, FINENESS * SIZE + 21
            assert all(low <= x <= high and low <= y <= high for x, y in corners)


def test_a_ring_is_clipped_to_a_half_plane():
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert sorted(clipped(square, 0, 4.0, 1)) == [
        (4.0, 0.0),
        (4.0, 10.0),
        (10.0, 0.0),
        (10.0, 10.0),
    ]
    assert sorted(clipped(square, 1, 4.0, -1)) == [(0.0, 0.0), (0.0, 4.0), (10.0, 0.0), (10.0, 4.0)]
    assert clipped(square, 0, 11.0, 1) == []


def test_a_view_across_the_antimeridian_reads_both_its_sides():
    level = LEVELS[2]
    columns = {column for _row, column in boxes(level, Point(-16.8, 179.9), 100)}
    assert {0, level.columns - 1} <= columns < set(range(level.columns))


@pytest.mark.parametrize("latitude", [90, -90])
def test_a_view_of_a_pole_goes_around_it_once(latitude):
    found = list(boxes(LEVELS[2], Point(latitude, 0), 100))
    assert len(found) == len(set(found))
    assert {column for _row, column in found} == set(range(LEVELS[2].columns))


@pytest.mark.parametrize("center", [Point(90, 0), Point(-90, 0), Point(0, 180), Point(52, -180)])
def test_a_drawing_of_the_ends_of_the_earth_is_harmless(center):
    assert all(layer.path.startswith("M") for layer in layers(center, 100, "US", SIZE))


def test_a_view_of_four_states_has_their_borders():
    four_corners = Point(36.999, -109.045)
    shapes = land().shapes("us0", LEVELS[0], four_corners, 5)
    kinds = [shape.kind for shape in shapes]
    assert STATE_LINE in kinds
    assert LAND in kinds


def test_wide_views_are_drawn_coarser():
    assert [level_for(miles) for miles in (5, 12, 28, 111, 1000)] == [0, 0, 1, 2, 3]


def test_less_detail_is_kept_abroad():
    assert level_abroad(0, Point(45, -75), "CA") == 1
    assert level_abroad(0, Point(52, 13), "DE") == 2
    assert level_abroad(3, Point(52, 13), "DE") == 3


def test_states_have_their_extents():
    # Colorado is 37 to 41 degrees north and 102 to 109 west, as the Congress laid it down in 1861.
    assert land().states["US-CO"] == pytest.approx([-109.05, 37, -102.05, 41], abs=0.02)
    assert len(land().states) == 56
