import pytest

from directory.models import Office
from directory.templatetags.directory_tags import directions, host, miles, tel, yes_no


@pytest.mark.parametrize(
    ("distance", "written"),
    [
        (0.0, "0 miles"),
        (0.04, "0 miles"),
        (0.44, "0.4 miles"),
        (1.0, "1 mile"),
        (1.04, "1 mile"),
        (1.1, "1.1 miles"),
        (9.94, "9.9 miles"),
        (9.95, "10 miles"),
        (34.4, "34 miles"),
        (2_345.6, "2,346 miles"),
    ],
)
def test_miles(distance, written):
    assert miles(distance) == written


@pytest.mark.parametrize(
    ("phone", "uri"),
    [
        ("(718) 555-0123", "+17185550123"),
        ("1-718-555-0123", "+17185550123"),
        ("+44 20 7946 0958", "+442079460958"),
        ("555-0123", "5550123"),
        ("", ""),
    ],
)
def test_tel(phone, uri):
    assert tel(phone) == uri


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://ada.example.org/book?x=1", "ada.example.org"),
        ("https://example.org", "example.org"),
    ],
)
def test_host(address, name):
    assert host(address) == name


def test_yes_no_never_takes_unknown_for_no():
    assert [yes_no(fact) for fact in (True, False, None)] == ["Yes", "No", "Not stated"]


def test_directions_mark_the_office():
    office = Office(latitude=40.5, longitude=-73.25)
    assert directions(office) == (
        "https://www.openstreetmap.org/?mlat=40.5&mlon=-73.25#map=17/40.5/-73.25"
    )
