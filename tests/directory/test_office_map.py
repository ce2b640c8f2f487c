from datetime import UTC, datetime

import pytest

from directory.geo import Point
from directory.models import Practitioner
from directory.office_map import draw_offices
from directory.profile import profile_of
from tests.directory.factories import BROOKLYN, make_affiliation, make_office, make_practitioner

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 19, tzinfo=UTC)


def drawn(*points):
    practitioner = make_practitioner()
    for number, point in enumerate(points, start=1):
        make_affiliation(practitioner, make_office(point=point, name=f"Office {number}"))
    return draw_offices(
        profile_of(Practitioner.objects.with_facts().get(pk=practitioner.pk), at=AT).offices
    )


def test_one_office_is_in_the_middle():
    found = drawn(BROOKLYN)
    (pin,) = found.pins
    assert (pin.href, pin.text, pin.name, pin.x, pin.y) == (
        "#office-1",
        "1",
        "1: Office 1",
        "200",
        "200",
    )
    assert found.title == "Map of the office"
    assert [town.name for town in found.towns] == ["Brooklyn"]
    assert {layer.name for layer in found.layers} >= {"land", "shore"}


@pytest.mark.parametrize(
    "points",
    [
        (BROOKLYN, None, Point(40.7, -73.8)),
        (BROOKLYN, None, Point(34.05, -118.24)),
        (Point(52.0, 179.5), None, Point(52.0, -179.5)),
    ],
)
def test_numbers_are_those_of_the_offices_and_all_are_in_view(points):
    found = drawn(*points)
    assert [pin.text for pin in found.pins] == ["1", "3"]
    for pin in found.pins:
        assert 0 < float(pin.x) < 400
        assert 0 < float(pin.y) < 400


def test_offices_in_one_place_share_a_pin():
    (pin,) = drawn(BROOKLYN, BROOKLYN).pins
    assert (pin.text, pin.name) == ("1–2", "1–2: Office 1, Office 2")


def test_without_a_point_there_is_no_map():
    assert drawn(None) is None
    assert drawn() is None


def test_street_tiles_are_the_operators(settings):
    settings.MAP_TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.MAP_TILE_CREDIT = "Tiles"
    found = drawn(BROOKLYN)
    assert (found.layers, found.towns, found.tile_credit) == ((), (), "Tiles")
    assert found.tiles[0].href.startswith("https://tiles.example/")
