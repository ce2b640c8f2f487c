"""The map on which an office's pin is moved."""

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string

from directory.admin.pin_map import SIZE, ZOOMS_MILES, draw_pin_map, office_map
from directory.geo import Point, distance_miles
from directory.geocoding import breadth_miles
from directory.models import Office
from tests.directory.factories import BROOKLYN, make_office, make_place

pytestmark = pytest.mark.django_db

VIEW = "/admin/directory/office/pin-map/"


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.mark.parametrize("zoom", range(len(ZOOMS_MILES) - 2))
@pytest.mark.parametrize("center", [BROOKLYN, Point(64.8, -147.7), Point(-33.9, 151.2)])
def test_a_step_on_the_map_is_as_long_as_its_degrees_say(center, zoom):
    drawn = draw_pin_map(center, zoom=zoom)
    step = SIZE / 8
    north = Point(center.latitude + step * float(drawn.degrees_north), center.longitude)
    east = Point(center.latitude, center.longitude + step * float(drawn.degrees_east))
    expected = ZOOMS_MILES[zoom] / 4
    assert distance_miles(center, north) == pytest.approx(expected, rel=1e-4)
    assert distance_miles(center, east) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    ("precision", "zoom"), [("rooftop", 2), ("street", 2), ("postcode", 2), ("place", 3), ("", 3)]
)
def test_map_begins_as_close_as_the_point_is_exact(precision, zoom):
    office = Office(latitude=40.65, longitude=-73.95, precision=precision)
    assert office_map(office).zoom == zoom


def test_street_map_of_an_operator_is_shown_closer(settings):
    settings.MAP_TILE_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.MAP_TILE_CREDIT = "© The map makers"
    drawn = office_map(Office(latitude=40.65, longitude=-73.95, precision="rooftop"))
    assert (drawn.zoom, drawn.layers, drawn.labels) == (1, (), ())
    html = render_to_string("directory/admin/_pin_map.html", {"map": drawn})
    assert 'href="https://tiles.example.org/1' in html
    assert "© The map makers" in html


def test_office_without_a_point_begins_with_the_country_and_no_pin():
    drawn = office_map(Office())
    assert (drawn.zoom, drawn.has_pin) == (len(ZOOMS_MILES) - 1, False)


def test_scale_is_a_round_number():
    labels = [draw_pin_map(BROOKLYN, zoom=zoom).bar_label for zoom in range(len(ZOOMS_MILES))]
    assert labels == [
        *("0.1 miles", "0.2 miles", "1 mile", "5 miles", "20 miles"),
        *("100 miles", "500 miles"),
    ]


def test_towns_are_named_and_postcodes_only_close_by():
    make_place(name="Brooklyn", population=2_000_000)
    make_place(name="11201", kind="postcode", population=0, latitude=BROOKLYN.latitude - 0.01)
    named = [{label.text for label in draw_pin_map(BROOKLYN, zoom=zoom).labels} for zoom in (2, 3)]
    assert named == [{"Brooklyn", "11201"}, {"Brooklyn"}]


def test_map_takes_one_query(django_assert_num_queries):
    for _ in range(3):
        make_place(population=1000)
    with django_assert_num_queries(1):
        draw_pin_map(BROOKLYN, zoom=3)


def test_postcodes_on_a_grid_are_as_wide_as_its_squares():
    """Of points one square apart, each has one square of land."""
    miles_north = 1 / 69.09
    for column in range(-3, 4):
        for row in range(-3, 4):
            make_place(
                kind="postcode",
                latitude=row * miles_north,
                longitude=column * miles_north,
            )
    assert breadth_miles(Point(0, 0)) == pytest.approx(1, abs=0.1)


def test_breadth_is_unknown_where_there_are_no_neighbors():
    assert breadth_miles(Point(0, 0)) is None


def test_sheet_is_drawn_around_what_was_pasted(editor):
    response = editor.get(VIEW, {"latitude": "40.65, -73.95", "longitude": "old", "zoom": "3"})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'data-zoom="3"' in html
    assert 'data-latitude="40.6500000" data-longitude="-73.9500000"' in html


def test_sheet_without_a_point_has_no_pin(editor):
    html = editor.get(VIEW, {"zoom": "6"}).content.decode()
    assert 'visibility="hidden"' in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("latitude=x&longitude=1&zoom=1", "“x” is no latitude or longitude in degrees."),
        ("latitude=1&zoom=1", "A point has two sides, as in 40.6501, -73.9496."),
    ],
)
def test_bad_point_is_answered_in_words(editor, query, said):
    response = editor.get(f"{VIEW}?{query}")
    assert (response.status_code, response.content.decode()) == (400, said)


@pytest.mark.parametrize("zoom", ["", "-1", "7", "x", "9" * 5000])
def test_zoom_that_there_is_not_is_refused(editor, zoom):
    assert editor.get(VIEW, {"zoom": zoom}).status_code == 400


def test_sheet_is_for_editors(client):
    assert client.get(f"{VIEW}?zoom=1").status_code == 302
    client.force_login(get_user_model().objects.create_user("visitor", is_staff=True))
    assert client.get(f"{VIEW}?zoom=1").status_code == 403


def test_page_of_an_office_says_how_exact_its_point_is(editor):
    office = make_office(precision="place")
    page = editor.get(f"/admin/directory/office/{office.pk}/change/").content.decode()
    assert "In the middle of Brooklyn, NY." in page


def test_untouched_point_keeps_all_its_digits(editor):
    office = make_office(point=Point(44.957190123, -93.26241712), precision="street")
    fields = {"name": office.name, "street": office.street, "city": office.city}
    data = {
        **fields,
        "state_code": "NY",
        "country_code": "US",
        "is_step_free": "unknown",
        "latitude": "44.957190123",
        "longitude": "-93.26241712",
        **{f"affiliations-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")},
    }
    editor.post(f"/admin/directory/office/{office.pk}/change/", data)
    office.refresh_from_db()
    assert (office.latitude, office.longitude, office.precision) == (
        44.957190123,
        -93.26241712,
        "street",
    )
