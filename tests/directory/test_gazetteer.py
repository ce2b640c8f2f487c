"""What people type, and the place they get."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.gazetteer import Resolution, named, resolve, suggest
from directory.geo import Point, distance_miles
from directory.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer")]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Brooklyn", "Brooklyn, New York"),
        ("brooklyn ny", "Brooklyn, New York"),
        ("Brooklyn, New York, USA", "Brooklyn, New York"),
        ("  BROOKLYN ,new   york", "Brooklyn, New York"),
        ("The Bronx", "The Bronx, New York"),
        ("bronx", "The Bronx, New York"),
        ("Queens NYC", "Queens, New York"),
        ("Manhattan", "Manhattan, New York"),
        ("Staten Island, N.Y.", "Staten Island, New York"),
        ("NYC", "New York City, New York"),
        ("New York", "New York City, New York"),
        ("Philly", "Philadelphia, Pennsylvania"),
        ("DC", "Washington, District of Columbia"),
        ("Washington, D.C.", "Washington, District of Columbia"),
        ("LA", "Los Angeles, California"),
        ("St. Louis", "St. Louis, Missouri"),
        ("saint louis mo", "St. Louis, Missouri"),
        ("Ft Worth", "Fort Worth, Texas"),
        ("Winston Salem", "Winston-Salem, North Carolina"),
        ("Coeur d'Alene", "Coeur d'Alene, Idaho"),
        ("coeur d alene idaho", "Coeur d'Alene, Idaho"),
        ("SoHo, NY", "SoHo, New York"),
        ("Flushing NY", "Flushing, New York"),
        ("Astoria, Queens, NY", "Astoria, New York"),
        ("N Hollywood", "North Hollywood, California"),
        ("Sanfrancisco", "San Francisco, California"),
        ("near Portland, Maine", "Portland, Maine"),
        ("Boston area", "Boston, Massachusetts"),
        ("Los Angeles, Calif.", "Los Angeles, California"),
        ("Butte MT", "Butte, Montana"),
        ("Ontario, CA", "Ontario, California"),
        ("London", "London, England, United Kingdom"),
        ("London OH", "London, Ohio"),
        ("London, Ontario", "London, Ontario, Canada"),
        ("Toronto ON", "Toronto, Ontario, Canada"),
        ("montreal", "Montréal, Quebec, Canada"),
        ("Sydney, Australia", "Sydney, New South Wales, Australia"),
        ("Paris", "Paris, France"),
        ("Paris TX", "Paris, Texas"),
        ("San Juan, Puerto Rico", "San Juan, Puerto Rico"),
    ],
)
def test_a_name_gets_its_place(typed, label):
    found = resolve(typed)

    assert (found.place.label, found.is_corrected) == (label, False)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("11201", "11201 Brooklyn, New York"),
        ("02139", "02139 Cambridge, Massachusetts"),
        ("10001-1234", "10001 New York, New York"),
        ("94110 San Francisco", "94110 San Francisco, California"),
        ("San Francisco, CA 94110", "94110 San Francisco, California"),
        ("12345 Main Street, Brooklyn NY 11201", "11201 Brooklyn, New York"),
    ],
)
def test_a_postcode_beats_what_is_around_it(typed, label):
    found = resolve(typed)

    assert (found.place.label, found.place.kind) == (label, "postcode")
    assert not found.is_corrected


@pytest.mark.parametrize(
    "typed", ["Vermont", "VT", "vermont, usa", "Washington", "Rhode Island", "Georgia"]
)
def test_the_name_of_a_state_is_the_state(typed):
    assert resolve(typed).place.kind == Place.Kind.STATE


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Pheonix", "Phoenix, Arizona"),
        ("pheonix az", "Phoenix, Arizona"),
        ("Albequerque", "Albuquerque, New Mexico"),
        ("Cincinatti", "Cincinnati, Ohio"),
        ("Brookyln", "Brooklyn, New York"),
        ("Broklyn NY", "Brooklyn, New York"),
        ("los angelas", "Los Angeles, California"),
        ("kalamazo", "Kalamazoo, Michigan"),
        ("Seatle", "Seattle, Washington"),
        ("Tuscon", "Tucson, Arizona"),
        ("Worchester MA", "Worcester, Massachusetts"),
        ("Baton Rogue", "Baton Rouge, Louisiana"),
        ("Massachusets", "Massachusetts"),
        ("123 Main Street, Brooklyn NY", "Brooklyn, New York"),
        ("99999 Brooklyn", "Brooklyn, New York"),
        ("West LA", "Los Angeles, California"),
    ],
)
def test_a_slip_is_put_right_and_said(typed, label):
    found = resolve(typed)

    assert (found.place.label, found.is_corrected) == (label, True)


@pytest.mark.parametrize(
    ("typed", "taken", "others"),
    [
        ("Portland", "Portland, Oregon", ["Portland, Maine"]),
        ("Kansas City", "Kansas City, Missouri", ["Kansas City, Kansas"]),
        ("VA", "Virginia", []),
        ("Washington", "Washington", ["Washington, District of Columbia"]),
        ("St. Petersburg", "St. Petersburg, Florida", ["Saint Petersburg, Russia"]),
        ("Brooklyn", "Brooklyn, New York", []),
        ("Portland OR", "Portland, Oregon", []),
    ],
)
def test_the_others_are_offered_when_it_is_not_sure(typed, taken, others):
    found = resolve(typed)

    assert (found.place.label, [place.label for place in found.alternatives]) == (taken, others)


def test_alternatives_are_at_most_five():
    assert len(resolve("Springfield").alternatives) == 5


def test_near_country_decides_between_namesakes():
    assert resolve("Birmingham").place.state_name == "Alabama"
    assert resolve("Birmingham", near_country="GB").place.state_name == "England"
    assert resolve("Vancouver", near_country="CA").place.state_name == "British Columbia"


def test_a_name_that_is_not_in_that_state_is_suggested_where_it_is():
    found = resolve("Brooklyn, California")

    assert found.place is None
    assert found.suggestions[0].label == "Brooklyn, New York"


def test_an_unknown_name_in_a_known_state_suggests_the_state():
    found = resolve("Xyzzyville, Vermont")

    assert (found.place, [place.label for place in found.suggestions]) == (None, ["Vermont"])


@pytest.mark.parametrize("typed", ["Perinton, New York", "Haddon, NJ", "Pudong, China", "Xyzzy WA"])
def test_an_unknown_name_is_never_another_place_far_away(typed):
    assert resolve(typed).place is None


def test_an_unknown_postcode_suggests_those_of_its_area():
    found = resolve("11299")

    assert found.place is None
    assert [place.name for place in found.suggestions] == [
        "11201",
        "11202",
        "11203",
        "11204",
        "11205",
    ]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "\x00", "\ud800", "!!!", "'", '"', "%", "_", "---", "東京", "\u202e", "🙂", "0" * 50],
)
def test_text_without_a_name_gets_nothing(typed):
    assert resolve(typed) == Resolution()
    assert suggest(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["Brook\x00lyn", "Brooklyn\ud800", "\x00Brooklyn\x07", "brooklyn'"],
)
def test_what_no_database_takes_does_no_harm(typed):
    assert resolve(typed).place.label == "Brooklyn, New York"


@pytest.mark.parametrize("typed", ["a" * 10_000, "a " * 5_000, "st " * 400, "brooklyn " * 1_000])
def test_long_text_gets_an_answer_with_few_queries(typed, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        resolve(typed)
    with django_assert_max_num_queries(5):
        suggest(typed)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=40))
def test_any_text_gets_an_answer(typed):
    resolve(typed)
    suggest(typed)


def test_a_plain_name_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        resolve("Portland, Oregon")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("b", "Brooklyn, New York"),
        ("broo", "Brooklyn, New York"),
        ("Brooklyn, n", "Brooklyn, New York"),
        ("portland m", "Portland, Maine"),
        ("san f", "San Francisco, California"),
        ("st. lo", "St. Louis, Missouri"),
        ("ft w", "Fort Worth, Texas"),
        ("coeur d", "Coeur d'Alene, Idaho"),
        ("phil", "Philadelphia, Pennsylvania"),
        ("nyc", "New York City, New York"),
        ("verm", "Vermont"),
        ("112", "11201 Brooklyn, New York"),
        ("02139-1", "02139 Cambridge, Massachusetts"),
    ],
)
def test_suggestions_begin_with_the_likeliest(typed, first):
    assert suggest(typed)[0].label == first


def test_suggestions_are_as_many_as_asked_and_all_different():
    labels = [place.label for place in suggest("san", limit=8)]

    assert len(labels) == len(set(labels)) == 8
    assert [place.label for place in suggest("san", limit=3)] == labels[:3]


# As Wikipedia's articles on the cities give them, to two decimals; the tolerance allows for another
# idea of where the middle of a city is.
@pytest.mark.parametrize(
    ("typed", "latitude", "longitude"),
    [
        ("Brooklyn", 40.69, -73.99),
        ("Chicago", 41.88, -87.63),
        ("Denver", 39.74, -104.99),
        ("Anchorage", 61.22, -149.90),
        ("Honolulu", 21.31, -157.86),
        ("Miami", 25.77, -80.19),
        ("Toronto", 43.65, -79.38),
        ("London", 51.51, -0.13),
        ("Auckland", -36.85, 174.76),
        ("02139", 42.36, -71.10),
    ],
)
def test_a_place_is_where_it_is(typed, latitude, longitude):
    place = resolve(typed).place

    assert distance_miles(place.point, Point(latitude, longitude)) < 8


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Brooklyn", "Brooklyn, New York"),
        ("portland, me", "Portland, Maine"),
        ("Portland", "Portland, Oregon"),
        ("11201", "11201 Brooklyn, New York"),
        ("11201-1234", "11201 Brooklyn, New York"),
    ],
)
def test_named_place_is_the_likeliest_in_one_query(typed, label, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert named(typed)[0].label == label


@pytest.mark.parametrize(
    "typed", ["", "?", "Brookln", "near Brooklyn", "heel pain", "00000", "針灸"]
)
def test_only_what_is_exactly_a_name_is_named(typed):
    assert named(typed) == []
