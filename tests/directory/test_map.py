import re
from dataclasses import dataclass
from datetime import UTC, datetime
from math import hypot
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from directory.criteria import Criteria
from directory.landscape import layers
from directory.map import draw
from directory.models import Affiliation, Office, Place, Practitioner
from directory.projection import circle_around
from directory.search import Order, Results, Row, search
from tests.directory.factories import BROOKLYN, make_office, make_place, make_practitioner

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
CITIES = {
    "Brooklyn": (40.6501, -73.9496, "US"),
    "Miami": (25.7743, -80.1937, "US"),
    "Seattle": (47.6062, -122.3321, "US"),
    "Annapolis": (38.9784, -76.4922, "US"),
    "Honolulu": (21.3069, -157.8583, "US"),
    "Anchorage": (61.2181, -149.9003, "US"),
    "Atlanta": (33.749, -84.388, "US"),
    "Point Roberts": (48.9854, -123.0778, "US"),
    "Toronto": (43.7064, -79.3986, "CA"),
    "London": (51.5085, -0.1257, "GB"),
}


def place_at(latitude, longitude, country="US", **fields):
    return make_place(latitude=latitude, longitude=longitude, country_code=country, **fields)


def row_at(number, latitude, longitude, *, miles=1.0, name=None):
    """Not in the database: a map asks nothing about the rows."""
    office = Office(latitude=latitude, longitude=longitude)
    affiliation = Affiliation(office=office)
    practitioner = Practitioner(name=name or f"Ida Fennimore {number}")
    return Row(number, practitioner, affiliation, miles, (), ())


def results_of(*rows):
    return Results(order=Order.DISTANCE, total=len(rows), rows=rows)


def around(place, miles):
    """Twenty rows in a spiral out to `miles`."""
    rows = []
    for number in range(1, 21):
        far = miles * number / 20
        longitude, latitude = circle_around(place.point, far)[number * 23 % 90]
        rows.append(
            row_at(number, latitude, (longitude + 180) % 360 - 180, miles=miles * number / 20)
        )
    return results_of(*rows)


def whole(results, criteria):
    return draw(results, criteria)[0]


def svg(drawing):
    return render_to_string("directory/_map.html", {"map": drawing})


@dataclass(frozen=True)
class Link:
    href: str
    name: str
    text: str


def links(html):
    found = re.findall(
        r'<a class="map__pin" href="([^"]*)" aria-label="([^"]*)">.*?<text[^>]*>([^<]*)</text>',
        html,
        re.DOTALL,
    )
    return [Link(*link) for link in found]


def test_without_a_place_there_is_no_map():
    assert draw(results_of(), Criteria()) == ()
    assert draw(results_of(), Criteria(is_place_unknown=True)) == ()


def test_pins_lead_to_the_rows_and_say_who_is_there():
    place = place_at(*CITIES["Brooklyn"])
    rows = row_at(1, 40.65, -73.95, miles=0.3), row_at(2, 40.8, -73.8, miles=13, name="Otis Quill")
    drawing = whole(results_of(*rows), Criteria(place=place))
    assert links(svg(drawing)) == [
        Link("#result-1", "1: Ida Fennimore 1, 0.3 miles", "1"),
        Link("#result-2", "2: Otis Quill, 13 miles", "2"),
    ]


def test_pins_at_one_office_are_one_link_that_names_all():
    place = place_at(*CITIES["Brooklyn"])
    rows = [row_at(number, 40.65, -73.95) for number in (3, 4, 5)]
    drawing = whole(results_of(*rows), Criteria(place=place))
    names = "Ida Fennimore 3, Ida Fennimore 4, Ida Fennimore 5"
    assert links(svg(drawing)) == [Link("#result-3", f"3–5: {names}, 1 mile", "3–5")]


def test_the_rows_of_a_search_are_where_their_offices_are():
    make_practitioner(office=make_office(point=BROOKLYN), name="Ida Fennimore")
    place = place_at(BROOKLYN.latitude, BROOKLYN.longitude)
    criteria = Criteria(place=place)
    [pin] = whole(search(criteria, at=AT), criteria).pins
    assert (pin.x, pin.y, pin.href) == ("200", "200", "#result-1")


def test_north_is_up_and_a_mile_is_a_mile():
    place = place_at(*CITIES["Brooklyn"])
    longitude, latitude = circle_around(place.point, 20)[0]
    drawing = whole(results_of(row_at(1, latitude, longitude)), Criteria(place=place))
    [pin] = drawing.pins
    assert (float(pin.x), float(pin.y)) == pytest.approx((200, 200 - 20 / 25 * 180), abs=0.1)


@pytest.mark.parametrize("radius", [5, 10, 25, 50, 100])
@pytest.mark.parametrize("city", CITIES.values(), ids=CITIES)
def test_a_map_is_at_most_25_kb(city, radius):
    place = place_at(*city)
    criteria = Criteria(place=place, radius_miles=radius)
    assert len(svg(whole(around(place, radius), criteria)).encode()) <= 25_000


@pytest.mark.parametrize("city", CITIES.values(), ids=CITIES)
def test_the_ring_is_a_circle_with_its_miles(city):
    drawing = whole(results_of(), Criteria(place=place_at(*city), radius_miles=100))
    corners = [tuple(map(float, pair.split())) for pair in drawing.ring.path[1:-1].split("L")]
    assert [hypot(x - 200, y - 200) for x, y in corners] == pytest.approx([180] * 90, abs=0.1)
    assert drawing.ring.label == "100 miles"


def test_a_map_is_the_same_again():
    place = place_at(*CITIES["Brooklyn"])
    first = svg(whole(around(place, 25), Criteria(place=place)))
    layers.cache_clear()
    assert svg(whole(around(place, 25), Criteria(place=place))) == first


def test_a_map_is_well_formed_whatever_people_and_places_are_called():
    evil = '"><script>alert(1)</script><a href="javascript:alert(1)'
    place = place_at(*CITIES["Brooklyn"], name=evil)
    make_place(name=f"{evil} 2", population=90_000, latitude=40.7, longitude=-74.0)
    drawing = whole(results_of(row_at(1, 40.8, -73.8, name=evil)), Criteria(place=place))
    html = svg(drawing)
    tree = ElementTree.fromstring(html.split("#}")[-1])
    assert {element.tag for element in tree.iter()} <= {
        *("figure", "svg", "title", "desc", "g", "path", "circle", "text", "a", "rect"),
    }
    assert [link.get("href") for link in tree.iter("a")] == ["#result-1"]
    assert [link.get("aria-label") for link in tree.iter("a")] == [f"1: {evil}, 1 mile"]


def test_a_map_has_nothing_inline_and_asks_nobody():
    place = place_at(*CITIES["Brooklyn"])
    html = svg(whole(around(place, 25), Criteria(place=place)))
    assert re.findall(r"\sstyle=|\son\w+=|<style|<script|<image|https?:", html) == []


def test_the_largest_towns_in_view_are_named_after_the_place_itself():
    place = place_at(*CITIES["Brooklyn"], population=2_000_000)
    for name, longitude, population in (
        ("Farther", -74.2, 500_000),
        ("Far Away", -60.0, 9_000_000),
        ("Nearer", -73.7, 70_000),
        ("Nowhere Known", -73.8, 0),
    ):
        make_place(name=name, latitude=40.6, longitude=longitude, population=population)
    drawing = whole(results_of(), Criteria(place=place))
    assert [(town.name, town.css) for town in drawing.towns] == [
        ("Brooklyn", "city"),
        ("Farther", "city"),
        ("Nearer", "town"),
    ]


def test_towns_across_the_antimeridian_are_named():
    place = place_at(-16.8, 179.97, "FJ", name="Taveuni", state_code="")
    make_place(name="Beyond", latitude=-16.8, longitude=-179.9, population=500)
    drawing = whole(results_of(), Criteria(place=place))
    assert [town.name for town in drawing.towns] == ["Taveuni", "Beyond"]


@pytest.mark.parametrize("latitude", [90, -90])
def test_a_map_of_a_pole_is_harmless(latitude):
    assert whole(results_of(), Criteria(place=place_at(latitude, 0))).ring.label == "25 miles"


def test_a_map_takes_one_query(django_assert_num_queries):
    place = place_at(*CITIES["Brooklyn"])
    results = around(place, 25)
    with django_assert_num_queries(1):
        whole(results, Criteria(place=place))


def test_a_state_is_shown_whole_with_its_own_towns():
    state = place_at(39.0, -105.5, kind=Place.Kind.STATE, name="Colorado", state_code="CO")
    make_place(name="Denver", state_code="CO", latitude=39.7, longitude=-105, population=700_000)
    make_place(name="Cheyenne", state_code="WY", latitude=41.1, longitude=-105, population=65_000)
    drawing = whole(results_of(row_at(1, 37.3, -107.9, miles=None)), Criteria(place=state))
    assert (drawing.ring, drawing.origin_x) == (None, "")
    assert [town.name for town in drawing.towns] == ["Denver"]
    assert [(pin.href, pin.name) for pin in drawing.pins] == [("#result-1", "1: Ida Fennimore 1")]
    # Two hundred miles from the middle to the eastern side, and a little air.
    assert float(drawing.towns[0].dot_x) == pytest.approx(229, abs=4)


@pytest.mark.parametrize("code", ["AK", "TX", "HI", "CA", "RI"])
def test_a_map_of_a_state_is_at_most_25_kb(code):
    state = place_at(40, -100, kind=Place.Kind.STATE, state_code=code)
    assert len(svg(whole(results_of(), Criteria(place=state))).encode()) <= 25_000


def test_nobody_within_the_radius_shows_the_nearest_beyond():
    place = place_at(*CITIES["Brooklyn"])
    longitude, latitude = circle_around(place.point, 60)[45]
    beyond = (row_at(1, latitude, longitude, miles=60),)
    drawing = whole(Results(order=Order.DISTANCE, beyond=beyond), Criteria(place=place))
    [pin] = drawing.pins
    assert float(pin.y) == pytest.approx(380, abs=0.1)
    assert drawing.ring.label == "25 miles"


def test_rows_without_a_point_are_not_on_the_map():
    place = place_at(*CITIES["Brooklyn"])
    unknown = row_at(2, None, None)
    nowhere = Row(3, Practitioner(name="Otis Quill"), None, None, (), 0)
    drawing = whole(results_of(row_at(1, 40.65, -73.95), unknown, nowhere), Criteria(place=place))
    assert [pin.text for pin in drawing.pins] == ["1"]
    assert drawing.description.startswith("One numbered link")


def test_an_operators_tiles_lie_behind_the_pins(settings):
    settings.MAP_TILE_URL, settings.MAP_TILE_CREDIT = TILES, "© the makers of the map"
    place = place_at(*CITIES["Brooklyn"])
    drawing = whole(results_of(row_at(1, 40.65, -73.95)), Criteria(place=place))
    html = svg(drawing)
    assert (drawing.layers, drawing.towns) == ((), ())
    # 40.65 north, 73.95 west in the zoom level 10 of web maps.
    assert "https://tiles.example.org/10/301/385.png" in [tile.href for tile in drawing.tiles]
    assert 4 <= len(drawing.tiles) <= 36
    assert html.index("<image") < html.index("map__pin")
    assert "© the makers of the map" in html


def test_tiles_cover_the_whole_view(settings):
    settings.MAP_TILE_URL = TILES
    drawing = whole(results_of(), Criteria(place=place_at(*CITIES["Anchorage"])))
    tiles = drawing.tiles
    assert min(float(tile.left) for tile in tiles) <= 0
    assert min(float(tile.top) for tile in tiles) <= 0
    assert max(float(tile.left) + float(tile.size) for tile in tiles) >= 400
    assert max(float(tile.top) + float(tile.size) for tile in tiles) >= 400


def test_no_tile_server_is_allowed_by_default(client, settings):
    assert settings.MAP_TILE_URL == ""
    policy = client.get("/acupuncturists/")["Content-Security-Policy"]
    assert "img-src 'self';" in policy


def test_many_who_share_a_pin_are_shown_again_from_nearby():
    place = place_at(*CITIES["Brooklyn"])
    results = around(place, 0.8)
    far, near = draw(results, Criteria(place=place, radius_miles=25))
    assert [link.text for link in links(svg(far))] == ["1–20"]
    assert len(links(svg(near))) == 18
    assert (far.ring is None, near.ring is None) == (False, True)
    ids = re.findall(r' id="([^"]+)"', svg(far) + svg(near))
    assert len(ids) == len(set(ids)) == 4


def test_those_at_one_address_stay_in_one_pin_on_one_map():
    place = place_at(*CITIES["Brooklyn"])
    results = results_of(*(row_at(number, 40.65, -73.95) for number in range(1, 6)))
    assert len(draw(results, Criteria(place=place, radius_miles=1))) == 1
    assert len(draw(around(place, 20), Criteria(place=place, radius_miles=25))) == 1
