"""Saving an office: where its point comes from, and what an editor is told of it."""

from datetime import time

import pytest

from directory.geo import Point, distance_miles
from directory.models import Office, OpeningHours
from directory.offices import (
    breadth_words,
    people_at,
    point_words,
    same_office,
    save_office,
    set_hours,
)
from tests.directory.factories import make_affiliation, make_office, make_practitioner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

ELSEWHERE = Point(45.5, -122.6)


def office(**fields):
    address = {"name": "Half Moon", "city": "Brooklyn", "state_code": "NY", "postcode": ""}
    return Office(**{**address, **fields})


def at(point, **fields):
    return office(latitude=point.latitude, longitude=point.longitude, **fields)


def test_new_office_gets_the_middle_of_its_postcode_or_else_of_its_town():
    near, far = office(postcode="11201"), office(postcode="00000")
    assert [save_office(each, has_moved=True) for each in (near, far)] == [[], []]
    assert (near.precision, far.precision) == ("postcode", "place")
    assert 0 < distance_miles(near.point, far.point) < 10


def test_office_in_an_unknown_town_is_saved_and_the_editor_told():
    nowhere = office(city="Xyzzyville")
    assert save_office(nowhere, has_moved=True) == [
        "The gazetteer does not know the town of Half Moon: give the point, or no search by place "
        "finds it."
    ]
    assert (nowhere.pk is not None, nowhere.point, nowhere.precision) == (True, None, "")


@pytest.mark.parametrize("precision", ["postcode", "place", ""])
def test_point_that_nobody_gave_follows_the_address(precision):
    moved = at(ELSEWHERE, precision=precision)
    assert save_office(moved, has_moved=True) == []
    assert (round(moved.point.latitude), moved.precision) == (41, "place")


def test_point_that_nobody_gave_is_forgotten_when_the_new_town_is_unknown():
    moved = at(ELSEWHERE, precision="place", city="Xyzzyville")
    save_office(moved, has_moved=True)
    assert (moved.point, moved.precision) == (None, "")


@pytest.mark.parametrize("precision", ["rooftop", "street"])
def test_point_that_was_given_stays_and_is_asked_about(precision):
    moved = at(ELSEWHERE, precision=precision)
    assert save_office(moved, has_moved=True) == [
        "Half Moon has another address, but its pin was set by hand and stayed: check it.",
        "The pin of Half Moon is 2440 miles from Brooklyn, NY: is it right?",
    ]
    assert (moved.point, moved.precision) == (ELSEWHERE, precision)


def test_point_stays_when_the_address_does():
    same = at(ELSEWHERE, precision="place")
    save_office(same, has_moved=False)
    assert same.point == ELSEWHERE


def test_pin_that_is_set_is_at_the_house():
    pinned = at(Point(40.65, -73.95), precision="place")
    assert save_office(pinned, has_moved=True, is_pinned=True) == []
    assert (pinned.point, pinned.precision) == (Point(40.65, -73.95), "rooftop")


def test_pin_that_is_taken_away_becomes_the_middle_again():
    emptied = office(precision="rooftop")
    save_office(emptied, has_moved=False, is_pinned=True)
    assert emptied.precision == "place"


@pytest.mark.parametrize(
    ("described", "words"),
    [
        (office(), "No point: no search by place finds this office."),
        (at(ELSEWHERE), "Nobody wrote down how exact this point is."),
        (at(ELSEWHERE, precision="rooftop"), "Set to the house."),
        (at(ELSEWHERE, precision="street"), "On its street."),
        (at(ELSEWHERE, precision="place"), "In the middle of Brooklyn, NY."),
        (
            at(ELSEWHERE, precision="postcode", postcode="11201"),
            "In the middle of ZIP 11201.",
        ),
        (
            at(ELSEWHERE, precision="postcode", postcode="H2X 1Y4", country_code="CA"),
            "In the middle of postcode H2X 1Y4.",
        ),
    ],
)
def test_precision_is_said_in_words(described, words):
    assert point_words(described) == words


def test_breadth_is_said_of_postcodes_only():
    assert breadth_words(office()) == ""
    assert breadth_words(at(ELSEWHERE, precision="rooftop")) == ""


@pytest.mark.parametrize(
    ("fields", "is_same"),
    [
        ({}, True),
        ({"name": "HALF MOON", "city": "brooklyn", "street": "1 bobbin st."}, True),
        ({"street": "2 Bobbin St"}, False),
        ({"postcode": "11201"}, True),
        ({"name": "Full Moon"}, False),
        ({"city": "Boston"}, False),
        ({"country_code": "CA"}, False),
    ],
)
def test_office_is_known_again_by_name_town_and_street(fields, is_same):
    known = make_office(name="Half Moon", street="1 Bobbin St", city="Brooklyn")
    assert (same_office(office(**{"street": "", **fields})) == known) == is_same


def test_hours_are_replaced_as_a_whole():
    affiliation = make_affiliation(make_practitioner(), make_office())
    set_hours(affiliation, [(0, time(9), time(12))])
    set_hours(affiliation, [(1, time(18), time(1))])
    assert [str(row) for row in OpeningHours.objects.all()] == ["Tuesday 18:00-01:00"]


def test_people_are_those_of_all_the_offices():
    office, other = make_office(), make_office()
    first, second = make_practitioner(office=office), make_practitioner(office=other)
    make_affiliation(second, office)
    make_practitioner(office=make_office())
    assert people_at([office, other]) == [first.pk, second.pk]
