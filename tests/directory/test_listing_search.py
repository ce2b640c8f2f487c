"""How editors find a listing by what they have before them."""

import pytest

from directory.listing_search import matching_practitioners
from directory.models import Practitioner
from tests.directory.factories import make_affiliation, make_office, make_practitioner

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    ada = make_practitioner(name="Ada Brook", npi="1234567893", email="ada@example.org")
    make_affiliation(ada, make_office(name="Half Moon"), phone="(718) 555-0101")
    ada.licenses.create(number="AC-12345", state_code="NY")
    return ada


@pytest.fixture(autouse=True)
def somebody_else():
    other = make_practitioner(name="Zoe Finch", npi="1003000126", email="zoe@example.org")
    make_affiliation(other, make_office(name="Full Moon"), phone="(503) 555-0199")
    other.licenses.create(number="99999", state_code="NY")


@pytest.mark.parametrize(
    "typed",
    [
        *("ada", "BROOK ada", "half moon", "Ádá"),
        *("7185550101", "718-555-0101", "(718) 555 0101", "555-0101"),
        *("1234567893", "12345", "AC-12345", "ac-123", "ada@example.org", "ADA@EXAMPLE.ORG"),
    ],
)
def test_one_person_is_found_by_a_name_or_a_number(ada, typed):
    assert list(matching_practitioners(Practitioner.objects.all(), typed)) == [ada]


@pytest.mark.parametrize("typed", ["ada finch", "%", "_", "example", "0000000", "@", "x" * 5000])
def test_nobody_is_found_by_anything_else(ada, typed):
    assert list(matching_practitioners(Practitioner.objects.all(), typed)) == []


@pytest.mark.parametrize("typed", ["", "  ", "\0"])
def test_nothing_typed_finds_all(ada, typed):
    assert matching_practitioners(Practitioner.objects.all(), typed).count() == 2


def test_everybody_is_found_once(ada):
    make_affiliation(ada, make_office(name="Half Moon East"), phone="(718) 555-0102")
    ada.licenses.create(number="AC-12345", state_code="NJ")
    for typed in ("718-555", "AC-12345", "half moon"):
        assert list(matching_practitioners(Practitioner.objects.all(), typed)) == [ada]
