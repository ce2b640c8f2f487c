import math
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from directory.criteria import Criteria
from directory.geo import EARTH_RADIUS_MILES, Point
from directory.models import Place, Practitioner
from directory.search import Order, nearest, search
from directory.search_index import rebuild
from directory.understanding import Wish
from tests.directory.factories import (
    BROOKLYN,
    make_affiliation,
    make_office,
    make_place,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)


def haversine_miles(a, b):
    """Independent of the unit sphere that the search uses."""
    phi, psi = math.radians(a.latitude), math.radians(b.latitude)
    turn = math.radians(b.longitude - a.longitude)
    square = (
        math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(turn / 2) ** 2
    )
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(square))


def place_at(point, **fields):
    return make_place(latitude=point.latitude, longitude=point.longitude, **fields)


def names(rows):
    return [row.practitioner.name for row in rows]


def found(criteria):
    return names(search(criteria, at=NOW).rows)


def somebody_at(point, **fields):
    return make_practitioner(office=make_office(point=point), **fields)


def north_of(point, miles):
    return Point(point.latitude + math.degrees(miles / EARTH_RADIUS_MILES), point.longitude)


@pytest.mark.parametrize(
    "origin",
    [
        BROOKLYN,
        Point(52.0, 179.99),
        Point(-16.8, -179.98),
        Point(89.9, 30.0),
        Point(-90.0, 0.0),
        Point(0.0, 0.0),
    ],
)
@pytest.mark.parametrize("radius_miles", [3, 25, 100, 250])
def test_rows_and_total_equal_brute_force(origin, radius_miles):
    random = Random(f"{origin} {radius_miles}")
    points = [_scattered(random, origin) for _ in range(60)]
    for number, point in enumerate(points):
        somebody_at(point, name=f"{number:02}")
    distances = {f"{n:02}": haversine_miles(origin, point) for n, point in enumerate(points)}
    within = sorted((d, name) for name, d in distances.items() if d <= radius_miles)

    place = place_at(origin)
    pages = [
        search(Criteria(place=place, radius_miles=radius_miles, page=page), at=NOW)
        for page in range(1, max(1, math.ceil(len(within) / 20)) + 1)
    ]
    rows = [row for results in pages for row in results.rows]

    assert [results.total for results in pages] == [len(within)] * len(pages)
    assert names(rows) == [name for _, name in within]
    assert [row.number for row in rows] == list(range(1, len(within) + 1))
    assert [row.distance_miles for row in rows] == pytest.approx([d for d, _ in within], abs=1e-6)


def _scattered(random, origin):
    """Anywhere from next door to some four hundred miles away, over the pole where that is."""
    reach = 6 ** random.uniform(-2, 1)
    latitude = origin.latitude + random.uniform(-reach, reach)
    longitude = origin.longitude + random.uniform(-reach, reach) / max(
        0.05, math.cos(math.radians(origin.latitude))
    )
    if abs(latitude) > 90:
        latitude = math.copysign(180, latitude) - latitude
        longitude += 180
    return Point(latitude, (longitude + 180) % 360 - 180)


def test_edge_of_the_radius_is_inside():
    somebody_at(north_of(BROOKLYN, 24.999), name="Inside")
    somebody_at(north_of(BROOKLYN, 25.001), name="Outside")
    assert found(Criteria(place=place_at(BROOKLYN), radius_miles=25)) == ["Inside"]


def test_practitioner_with_two_offices_appears_once_at_the_nearer():
    practitioner = somebody_at(north_of(BROOKLYN, 9), name="Both")
    make_affiliation(practitioner, make_office(name="Near", point=north_of(BROOKLYN, 2)))
    make_affiliation(practitioner, make_office(name="Far", point=north_of(BROOKLYN, 70)))
    somebody_at(north_of(BROOKLYN, 5), name="Between")

    results = search(Criteria(place=place_at(BROOKLYN), radius_miles=25), at=NOW)

    assert results.total == 2
    assert results.rows[0].affiliation.office.name == "Near"
    assert names(results.rows) == ["Both", "Between"]


def test_specialties_are_any_of_them_and_the_wish_narrows():
    sleep, sports, rare = make_specialty(), make_specialty(), make_specialty(bit=62)
    make = [("Sleep", [sleep]), ("Sports", [sports]), ("Both", [sleep, rare]), ("None", [])]
    for name, specialties in make:
        make_practitioner(name=name, specialties=specialties, office=make_office())
    place = place_at(BROOKLYN)
    for where in (place, None):
        assert sorted(found(Criteria(place=where, specialties=(sleep, sports)))) == [
            "Both",
            "Sleep",
            "Sports",
        ]
        assert found(Criteria(place=where, specialties=(rare,))) == ["Both"]
        narrowed = Criteria(place=where, specialties=(sleep,), wish=Wish("x", specialties=(rare,)))
        assert found(narrowed) == ["Both"]


@pytest.mark.parametrize("bit", [0, 31, 32, 47, 62])
def test_every_bit_of_the_mask_can_be_searched(bit):
    asked, other = make_specialty(bit=bit), make_specialty(bit=(bit + 5) % 63)
    make_practitioner(name="Asked", specialties=[asked], office=make_office())
    make_practitioner(name="Other", specialties=[other], office=make_office())
    assert found(Criteria(place=place_at(BROOKLYN), specialties=(asked,))) == ["Asked"]


def test_name_is_looked_for_within_the_circle():
    somebody_at(BROOKLYN, name="Zoe Near")
    somebody_at(north_of(BROOKLYN, 60), name="Zoe Far")
    somebody_at(BROOKLYN, name="Somebody Else")
    wish = Wish("zoe", name_words=("zoe",))
    assert found(Criteria(place=place_at(BROOKLYN), wish=wish)) == ["Zoe Near"]
    assert found(Criteria(wish=wish)) == ["Zoe Far", "Zoe Near"]


@pytest.mark.parametrize("listing", [Practitioner.Listing.DRAFT, Practitioner.Listing.WITHDRAWN])
def test_unlisted_are_in_no_answer(listing):
    specialty = make_specialty()
    somebody_at(BROOKLYN, name="Shown", specialties=[specialty])
    somebody_at(BROOKLYN, name="Hidden", specialties=[specialty], listing=listing)
    state = make_place(kind=Place.Kind.STATE, name="New York")
    for criteria in (
        Criteria(),
        Criteria(place=place_at(BROOKLYN)),
        Criteria(place=state),
        Criteria(specialties=(specialty,)),
    ):
        results = search(criteria, at=NOW)
        assert (names(results.rows), results.total) == (["Shown"], 1)
    assert found(Criteria(wish=Wish("hidden", name_words=("hidden",)))) == []


def test_nobody_in_the_radius_gives_the_nearest_beyond_with_their_distance():
    for miles in (30, 80, 200, 900):
        somebody_at(north_of(BROOKLYN, -miles), name=f"{miles}")
    results = search(Criteria(place=place_at(BROOKLYN), radius_miles=25), at=NOW)
    assert (results.total, results.rows) == (0, ())
    assert names(results.beyond) == ["30", "80", "200", "900"]
    assert [row.distance_miles for row in results.beyond] == pytest.approx([30, 80, 200, 900])


def test_nearest_stops_at_the_limit_and_obeys_the_criteria():
    asked = make_specialty()
    somebody_at(BROOKLYN, name="Next door")
    for miles in (3, 400, 2000, 5000):
        somebody_at(north_of(BROOKLYN, -miles), name=f"{miles}", specialties=[asked])
    criteria = Criteria(place=place_at(BROOKLYN), specialties=(asked,))
    assert names(nearest(criteria, at=NOW, limit=3)) == ["3", "400", "2000"]


def test_state_holds_those_in_it_with_the_largest_towns_first():
    state = make_place(kind=Place.Kind.STATE, name="Vermont", state_code="VT")
    towns = [("Small", 900), ("Large", 40_000), ("Unknown", 0), ("Middle", 8_000)]
    for name, population in towns:
        practitioner = make_practitioner(name=name, office=make_office(city=name, state_code="VT"))
        practitioner.affiliations.get().search_entry.__class__.objects.filter(
            practitioner_id=practitioner.pk
        ).update(place_population=population)
    make_practitioner(name="Elsewhere", office=make_office(state_code="NH"))

    results = search(Criteria(place=state), at=NOW)

    assert names(results.rows) == ["Large", "Middle", "Small", "Unknown"]
    assert (results.total, results.order) == (4, Order.PLACE_SIZE)
    assert [row.distance_miles for row in results.rows] == [None] * 4


def test_state_of_another_country_with_the_same_code_is_another_state():
    somebody = make_office(state_code="WA", country_code="AU")
    make_practitioner(name="In Perth", office=somebody)
    make_practitioner(name="In Seattle", office=make_office(state_code="WA"))
    state = make_place(kind=Place.Kind.STATE, name="Washington", state_code="WA")
    assert found(Criteria(place=state)) == ["In Seattle"]


def test_practitioner_with_two_offices_in_a_state_appears_once():
    state = make_place(kind=Place.Kind.STATE, name="New York")
    practitioner = make_practitioner(office=make_office())
    make_affiliation(practitioner, make_office())
    results = search(Criteria(place=state), at=NOW)
    assert (results.total, len(results.rows)) == (1, 1)


def test_without_a_place_everybody_is_shown_by_name():
    make_practitioner(name="Bea", office=make_office())
    make_practitioner(name="Ada")
    make_practitioner(name="Cleo", office=make_office(point=None))
    results = search(Criteria(), at=NOW)
    assert names(results.rows) == ["Ada", "Bea", "Cleo"]
    assert [row.affiliation is None for row in results.rows] == [True, False, False]
    assert results.order == Order.NAME


def test_unknown_place_gives_nobody(django_assert_num_queries):
    make_practitioner(office=make_office())
    with django_assert_num_queries(0):
        assert search(Criteria(is_place_unknown=True), at=NOW).total == 0


@pytest.mark.parametrize(
    ("asked", "shown", "first_number"),
    [(-1, 1, 1), (0, 1, 1), (2, 2, 21), (3, 3, 41), (99999, 3, 41)],
)
def test_page_out_of_range_is_the_nearest_there_is(asked, shown, first_number):
    for number in range(41):
        make_practitioner(name=f"{number:02}", office=make_office())
    for place in (None, place_at(BROOKLYN), make_place(kind=Place.Kind.STATE)):
        results = search(Criteria(place=place, page=asked), at=NOW)
        assert (results.page, results.pages, results.total) == (shown, 3, 41)
        assert results.rows[0].number == first_number


def test_equals_change_places_daily_and_stay_within_a_day():
    for number in range(6):
        make_practitioner(name=f"{number}", office=make_office())
    criteria = Criteria(place=place_at(BROOKLYN))
    orders = [
        tuple(names(search(criteria, at=NOW + timedelta(days=day)).rows)) for day in range(20)
    ]
    evening = search(criteria, at=NOW + timedelta(hours=6))
    assert names(evening.rows) == list(orders[0])
    assert {tuple(sorted(order)) for order in orders} == {tuple("012345")}
    assert len({order[0] for order in orders}) > 1


def test_asked_specialties_come_first_in_a_row_and_the_rest_is_counted():
    specialties = [make_specialty(name=f"{letter}") for letter in "ABCDEF"]
    make_practitioner(specialties=specialties, office=make_office())
    row = search(Criteria(specialties=(specialties[5],)), at=NOW).rows[0]
    assert [specialty.name for specialty in row.specialties] == ["F", "A", "B", "C"]
    assert row.more_specialties == 2


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(count, django_assert_num_queries):
    specialties = [make_specialty(), make_specialty()]
    for _ in range(count):
        make_practitioner(specialties=specialties, office=make_office())
    place = place_at(BROOKLYN)
    state = make_place(kind=Place.Kind.STATE)
    search(Criteria(), at=NOW)
    for criteria in (
        Criteria(place=place),
        Criteria(place=state),
    ):
        with django_assert_num_queries(2):
            search(criteria, at=NOW)
    with django_assert_num_queries(3):
        search(Criteria(), at=NOW)


@pytest.mark.usefixtures("small_gazetteer")
def test_town_holds_those_with_an_office_in_it_and_nobody_next_door(django_assert_num_queries):
    town = Place.objects.get(name="Brooklyn", state_code="NY", kind=Place.Kind.POPULATED)
    inside = make_practitioner(name="Inside", office=make_office(city="Brooklyn"))
    make_affiliation(inside, make_office(city="Brooklyn"))
    make_affiliation(inside, make_office(city="New York"))
    make_practitioner(name="Next door", office=make_office(city="New York"))
    specialty = make_specialty()
    narrowed = Criteria(place=town, is_inside=True, specialties=(specialty,))
    search(narrowed, at=NOW)
    with django_assert_num_queries(2):
        results = search(Criteria(place=town, is_inside=True), at=NOW)
    assert (names(results.rows), results.total, results.order) == (["Inside"], 1, Order.TURN)
    assert search(narrowed, at=NOW).total == 0


def test_rebuilt_table_answers_the_same():
    for miles in (1, 2, 3):
        somebody_at(north_of(BROOKLYN, miles))
    criteria = Criteria(place=place_at(BROOKLYN))
    before = search(criteria, at=NOW)
    rebuild()
    assert search(criteria, at=NOW) == before
