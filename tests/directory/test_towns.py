import pytest

from directory.models import Place, PlaceName
from directory.towns import (
    TownCount,
    find_town,
    largest_towns,
    state_slug,
    town_meant,
    town_slug,
    town_url,
    towns_around,
)
from tests.directory.factories import (
    make_office,
    make_place,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db


def state(code):
    return Place.objects.get(country_code="US", kind=Place.Kind.STATE, state_code=code)


def town(slug):
    return Place.objects.get(slug=slug)


@pytest.mark.usefixtures("gazetteer")
def test_every_town_of_the_country_has_an_address_of_its_own_that_leads_to_it():
    towns = list(Place.objects.filter(country_code="US", kind=Place.Kind.POPULATED))
    of_the_country = Place.objects.filter(country_code="US", kind=Place.Kind.STATE)
    states = {place.state_code: place for place in of_the_country}
    with_page = [place for place in towns if place.state_code in states]
    addresses = [(place.state_code, town_slug(place)) for place in with_page]
    assert len(with_page) > 30_000
    assert len(set(addresses)) == len(addresses)
    assert {state_slug(place) for place in with_page} == {place.slug for place in states.values()}
    for place in with_page[::701]:
        assert find_town(states[place.state_code], town_slug(place)) == place


@pytest.mark.usefixtures("gazetteer")
def test_namesakes_in_one_state_are_told_apart():
    gurleys = Place.objects.filter(state_code="AL", name="Gurley", kind="populated")
    slugs = {town_slug(place) for place in gurleys}
    assert slugs >= {"gurley-4065665"}
    assert {find_town(state("AL"), slug) for slug in slugs} == set(gurleys)


@pytest.mark.usefixtures("small_gazetteer")
def test_address_of_a_town():
    assert town_url(town("brooklyn-new-york")) == "/acupuncturists/in/new-york/brooklyn/"
    assert town_url(town("coeur-dalene-idaho")) == "/acupuncturists/in/idaho/coeur-dalene/"


@pytest.mark.usefixtures("small_gazetteer")
@pytest.mark.parametrize("slug", ["Brooklyn", "brooklyn-ohio", "brooklyn-new-york", "11201", "x-1"])
def test_nothing_but_the_address_itself_leads_to_a_town(slug):
    assert find_town(state("NY"), "brooklyn") == town("brooklyn-new-york")
    assert find_town(state("NY"), slug) is None


@pytest.mark.usefixtures("small_gazetteer")
def test_largest_towns_come_first():
    brooklyn, flushing, gone = town("brooklyn-new-york"), town("flushing-new-york"), 1
    counts = {flushing.pk: 2, brooklyn.pk: 5, gone: 9}
    assert largest_towns(counts, limit=3) == (
        TownCount("Brooklyn", town_url(brooklyn), 5),
        TownCount("Flushing", town_url(flushing), 2),
    )


@pytest.mark.usefixtures("small_gazetteer")
def test_towns_around_are_the_nearest_with_somebody_in_them():
    brooklyn, sleep = town("brooklyn-new-york"), make_specialty()
    make_place(
        name="Hoboken",
        slug="hoboken-new-jersey",
        state_code="NJ",
        state_name="New Jersey",
        latitude=40.744,
        longitude=-74.0324,
    )
    make_place(name="Near Nobody", slug="near-nobody-new-york")
    PlaceName.objects.create(
        place=town("hoboken-new-jersey"), folded="hoboken", backwards="nekoboh", weight=10
    )
    for city, state_code in (
        ("Brooklyn", "NY"),
        ("Manhattan", "NY"),
        ("Philadelphia", "PA"),
        ("Hoboken", "NJ"),
    ):
        make_practitioner(office=make_office(city=city, state_code=state_code))
    make_practitioner(specialties=[sleep], office=make_office(city="Manhattan"))
    manhattan = "/acupuncturists/in/new-york/manhattan/"
    near = towns_around(brooklyn)
    assert [(row.name, row.count, round(row.distance_miles)) for row in near] == [
        ("Hoboken, New Jersey", 1, 8),
        ("Manhattan", 2, 9),
    ]
    assert near[1].url == manhattan
    offering = towns_around(brooklyn, specialty=sleep)
    assert [(row.name, row.count, row.url) for row in offering] == [
        ("Manhattan", 1, f"{manhattan}{sleep.slug}/")
    ]


@pytest.mark.usefixtures("small_gazetteer")
@pytest.mark.parametrize("cities", [["Manhattan"], ["Manhattan", "Queens", "Flushing"]])
def test_three_queries_for_any_number_of_towns(cities, django_assert_num_queries):
    for city in cities:
        make_practitioner(office=make_office(city=city))
    brooklyn = town("brooklyn-new-york")
    towns_around(brooklyn)
    with django_assert_num_queries(3):
        assert len(towns_around(brooklyn)) == len(cities)


@pytest.mark.usefixtures("small_gazetteer")
@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("bklyn", ("brooklyn-new-york", True)),
        ("Brooklyn", ("brooklyn-new-york", False)),
        ("brooklyne", ("brooklyn-new-york", False)),
        ("boston", (None, False)),
        ("11201", (None, False)),
        ("new-york", ("new-york-city-new-york", True)),
    ],
)
def test_another_spelling_means_a_town(slug, expected):
    meant, is_clear = town_meant(state("NY"), slug)
    assert (meant and meant.slug, is_clear) == expected
