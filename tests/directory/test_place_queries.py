"""Hundreds of real places, written as people do, compared with somebody else's coordinates.

`place_queries.csv` takes the cities and their points from the World Cities Database of SimpleMaps
(https://simplemaps.com/data/world-cities, CC BY 4.0), rounded to two decimals; how they are written
is ours. Not one of the points comes from the gazetteer.
"""

import csv
from pathlib import Path

import pytest

from directory.gazetteer import resolve
from directory.geo import Point, distance_miles

pytestmark = pytest.mark.django_db

QUERIES = Path(__file__).with_name("place_queries.csv")
# Two sources seldom agree where the middle of a large city is.
TOLERANCE_MILES = 15
# Missed: a municipality larger than Delaware, whose middle is in the mountains 27 miles from the
# town; and a township, which GeoNames does not list among populated places.
MISSES = ["anchorage ak", "North Hempstead NY, USA"]


def test_all_but_the_listed_places_are_found_at_the_first_try(gazetteer):
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        queries = list(csv.DictReader(lines))

    missed = [query["typed"] for query in queries if not is_found(query)]

    assert len(queries) >= 300
    assert missed == MISSES
    assert len(MISSES) <= len(queries) * 0.02


def is_found(query: dict[str, str]) -> bool:
    place = resolve(query["typed"]).place
    published = Point(float(query["latitude"]), float(query["longitude"]))
    return place is not None and distance_miles(place.point, published) <= TOLERANCE_MILES
