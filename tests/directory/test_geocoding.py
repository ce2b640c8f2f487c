import pytest

from directory.geo import Point
from directory.geocoding import locate, place_near
from directory.models import Office, Place
from tests.directory.factories import make_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]


def test_postcode_comes_before_the_town():
    place = Place.objects.get(kind="postcode", name="11201")
    office = Office(city="Brooklyn", state_code="NY", postcode="11201")
    assert locate(office) == (place.point, "postcode")


def test_town_is_used_where_the_postcode_is_missing_or_elsewhere():
    brooklyn = Place.objects.get(name="Brooklyn", state_code="NY", kind="populated").point
    for postcode in ("", "99999", "94110", "nonsense"):
        office = Office(city="Brooklyn", state_code="NY", postcode=postcode)
        assert locate(office) == (brooklyn, "place")


@pytest.mark.parametrize(
    ("city", "state_code"),
    [("Nowhere at all", "NY"), ("", ""), ("New York", "OR"), ("\0", "NY"), ("Vermont", "VT")],
)
def test_unknown_town_has_no_point(city, state_code):
    assert locate(Office(city=city, state_code=state_code)) is None


def postcode_at(latitude, longitude):
    return make_place(kind="postcode", latitude=latitude, longitude=longitude)


def test_nearest_place_is_a_zip_code_in_the_us_and_a_town_elsewhere():
    towns = Place.objects.filter(kind="populated")
    assert place_near(Point(40.7, -73.98)).name == "11201"
    assert place_near(Point(51.5, -0.12)) == towns.get(name="London", country_code="GB")
    assert place_near(Point(42.97, -81.24)) == towns.get(name="London", country_code="CA")


def test_nearest_place_may_be_far_off_but_not_anywhere():
    assert place_near(Point(52.5, -0.12)).name == "London"
    assert place_near(Point(0, -30)) is None


@pytest.mark.parametrize(
    ("point", "place"),
    [
        (Point(-16.8, 179.98), (-16.8, -179.97)),
        (Point(-16.8, -179.98), (-16.8, 179.97)),
        (Point(-16.8, 180), (-16.8, -180)),
        (Point(89.9, 20), (89.95, -160)),
        (Point(-89.9, 20), (-89.95, -160)),
    ],
)
def test_place_is_near_across_the_date_line_and_the_poles(point, place):
    nearest = postcode_at(*place)
    assert place_near(point) == nearest


def test_nearest_place_takes_three_queries_at_most(django_assert_max_num_queries):
    for point in (Point(40.7, -73.98), Point(52.5, -0.12), Point(0, -30)):
        with django_assert_max_num_queries(3):
            place_near(point)
