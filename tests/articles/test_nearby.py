"""Who is shown to a reader who says where they are."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict
from django.urls import reverse

from articles.nearby import find_nearby
from directory.criteria import Criteria
from directory.forms import SearchForm
from directory.gazetteer import resolve
from directory.geo import Point, distance_miles
from directory.models import Place, Practitioner
from tests.directory.factories import (
    BROOKLYN,
    make_affiliation,
    make_office,
    make_place,
    make_practitioner,
    make_specialty,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 19, tzinfo=UTC)
# A degree of latitude has some 69 miles.
MILES_A_DEGREE = 69


def north(miles, **fields):
    """An office so many miles north of Brooklyn, more or less."""
    latitude = BROOKLYN.latitude + miles / MILES_A_DEGREE
    return make_office(point=Point(latitude, BROOKLYN.longitude), **fields)


def ask(*specialties, place=None):
    return find_nearby(Criteria(place=place or make_place(), specialties=specialties), at=AT)


def names(people):
    return [each.row.practitioner.name for each in people]


def test_the_three_nearest_who_offer_any_of_the_specialties_with_what_they_offer():
    sports, trigger, sleep = (make_specialty() for _ in range(3))
    offered = [[sleep], [trigger, sleep], [sports], [], [sports, trigger], [trigger]]
    for miles, specialties in enumerate(offered):
        make_practitioner(name=f"{miles} miles", office=north(miles), specialties=specialties)
    found = ask(sports, trigger)
    assert [(each.row.practitioner.name, set(each.offers)) for each in found.nearest] == [
        ("1 miles", {trigger}),
        ("2 miles", {sports}),
        ("4 miles", {sports, trigger}),
    ]
    assert (found.total, found.others) == (4, ())


def test_the_three_are_shown_however_far_and_only_those_within_the_radius_are_counted():
    sports = make_specialty()
    for miles in (3, 24, 26, 900):
        make_practitioner(name=f"{miles}", office=north(miles), specialties=[sports])
    found = ask(sports)
    assert (names(found.nearest), found.total) == (["3", "24", "26"], 2)
    for each in found.nearest:
        office = each.row.affiliation.office
        expected = distance_miles(BROOKLYN, Point(office.latitude, office.longitude))
        assert each.row.distance_miles == pytest.approx(expected)


def test_without_specialties_the_nearest_of_all_with_the_first_of_what_they_offer():
    kinds = [make_specialty() for _ in range(6)]
    make_practitioner(name="Ada", office=north(1), specialties=kinds)
    make_practitioner(name="Bea", office=north(2))
    found = ask()
    assert [(each.row.practitioner.name, len(each.offers)) for each in found.nearest] == [
        ("Ada", 4),
        ("Bea", 0),
    ]
    assert (found.total, found.others) == (2, ())


def test_where_nobody_is_near_the_others_are_nearer_and_told_apart():
    sports, sleep = make_specialty(), make_specialty()
    make_practitioner(name="Far", office=north(80), specialties=[sports])
    make_practitioner(name="Near", office=north(1), specialties=[sleep])
    make_practitioner(name="Halfway", office=north(40))
    make_practitioner(name="Farther", office=north(90), specialties=[sleep])
    found = ask(sports)
    assert (found.total, names(found.nearest)) == (0, ["Far"])
    assert names(found.others) == ["Near", "Halfway"]
    assert found.others[0].offers == (sleep,)


def test_where_nobody_offers_it_there_are_only_the_others():
    make_practitioner(name="Near", office=north(1), specialties=[make_specialty()])
    found = ask(make_specialty())
    assert (found.total, found.nearest, names(found.others)) == (0, (), ["Near"])


def test_where_nobody_is_listed_there_is_nobody():
    found = ask(make_specialty())
    assert (found.total, found.nearest, found.others) == (0, (), ())


@pytest.mark.parametrize("listing", [Practitioner.Listing.DRAFT, Practitioner.Listing.WITHDRAWN])
def test_who_is_not_listed_is_neither_shown_nor_counted(listing):
    sports = make_specialty()
    make_practitioner(office=north(1), specialties=[sports], listing=listing)
    found = ask(sports)
    assert (found.total, found.nearest, found.others) == (0, (), ())


def test_somebody_with_two_offices_is_shown_once_at_the_nearer():
    person = make_practitioner(name="Ada", office=north(9))
    make_affiliation(person, north(2, city="Queens"))
    found = ask()
    assert [each.row.affiliation.office.city for each in found.nearest] == ["Queens"]
    assert found.total == 1


def state(**fields):
    return make_place(kind=Place.Kind.STATE, name="New York", **fields)


def test_in_a_state_are_those_in_it_without_a_distance():
    sports = make_specialty()
    for number in range(4):
        make_practitioner(office=north(number), specialties=[sports])
    make_practitioner(office=north(1, state_code="VT"), specialties=[sports])
    found = ask(sports, place=state())
    assert (found.total, len(found.nearest), found.others) == (4, 3, ())
    assert {each.row.distance_miles for each in found.nearest} == {None}


def test_in_a_state_where_nobody_offers_it_the_others_are_in_that_state():
    sports = make_specialty()
    make_practitioner(office=north(1, state_code="VT"), specialties=[sports])
    make_practitioner(name="Here", office=north(200))
    found = ask(sports, place=state())
    assert (found.total, found.nearest, names(found.others)) == (0, (), ["Here"])


@pytest.mark.usefixtures("small_gazetteer")
@pytest.mark.parametrize("typed", ["Portland", "portland, maine", "New York State", "11201"])
def test_the_address_asks_the_directory_for_the_same(typed):
    specialties = [make_specialty(), make_specialty()]
    place = resolve(typed).place
    path, _, query = ask(*specialties, place=place).url.partition("?")
    again = SearchForm(QueryDict(query))
    assert again.is_valid()
    assert path == reverse("directory:search")
    assert again.cleaned_data.place == place
    assert set(again.cleaned_data.specialties) == set(specialties)


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_the_listings(number, django_assert_num_queries):
    sports, sleep = make_specialty(), make_specialty()
    place = make_place()
    for _ in range(number):
        make_practitioner(office=north(60), specialties=[sports])
        make_practitioner(office=north(1), specialties=[sleep])
    ask(sports, place=place)
    with django_assert_num_queries(2):
        ask(sleep, place=place)
    with django_assert_num_queries(4):
        ask(sports, place=place)
