import pytest

from directory import census
from directory.models import Place, Practitioner
from directory.snapshot import current
from tests.directory.factories import (
    make_affiliation,
    make_office,
    make_practitioner,
    make_specialty,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]


@pytest.fixture
def sleep_and_sports():
    """Two people in Brooklyn, one of them with another office there and one in Portland."""
    sleep, sports = make_specialty(), make_specialty()
    make_practitioner(specialties=[sleep], office=make_office(city="Brooklyn"))
    both = make_practitioner(specialties=[sleep, sports], office=make_office(city="Brooklyn"))
    make_affiliation(both, make_office(city="Brooklyn"))
    make_affiliation(both, make_office(city="Portland", state_code="OR"))
    make_practitioner(office=make_office(city="Nowhere At All", state_code="OR"))
    make_practitioner(specialties=[sports])
    make_practitioner(
        specialties=[sleep],
        office=make_office(city="Brooklyn"),
        listing=Practitioner.Listing.WITHDRAWN,
    )
    return sleep.bit, sports.bit


def key(name, state_code):
    return Place.objects.get(name=name, state_code=state_code, kind=Place.Kind.POPULATED).pk


def test_states_count_each_person_once(sleep_and_sports):
    assert census.by_state() == {"US-NY": 2, "US-OR": 2, "": 1}


def test_towns_count_each_person_once_and_leave_out_those_that_nobody_knows(sleep_and_sports):
    brooklyn, portland = key("Brooklyn", "NY"), key("Portland", "OR")
    assert census.by_town() == {brooklyn: 2, portland: 1}
    assert census.by_town("US-OR") == {portland: 1}
    assert census.by_town("US-VT") == {}


def test_specialties_are_counted_everywhere_in_a_state_and_in_a_town(sleep_and_sports):
    sleep, sports = sleep_and_sports
    assert census.by_specialty() == {sleep: 2, sports: 2}
    assert census.by_specialty("US-OR") == {sleep: 1, sports: 1}
    assert census.by_specialty(place_id=key("Brooklyn", "NY")) == {sleep: 2, sports: 1}


def test_towns_are_paired_with_what_enough_people_offer_there(sleep_and_sports):
    sleep, sports = sleep_and_sports
    brooklyn, portland = key("Brooklyn", "NY"), key("Portland", "OR")

    def pairs(least):
        towns, bits = census.towns_with_specialties(country_code="US", least=least)
        return list(zip(towns.tolist(), bits.tolist(), strict=True))

    everywhere = [(brooklyn, sleep), (brooklyn, sports), (portland, sleep), (portland, sports)]
    assert pairs(1) == sorted(everywhere)
    assert pairs(2) == [(brooklyn, sleep)]
    assert pairs(3) == []


def test_nobody_in_any_town_makes_no_pairs():
    make_practitioner()
    assert [
        len(column) for column in census.towns_with_specialties(country_code="US", least=1)
    ] == [0, 0]


def test_a_count_takes_one_query(sleep_and_sports, django_assert_num_queries):
    current()
    for count in (census.by_state, census.by_town, census.by_specialty):
        with django_assert_num_queries(1):
            count()


def test_those_who_offer_a_specialty_are_counted_alone(sleep_and_sports):
    _sleep, sports = sleep_and_sports
    brooklyn, portland = key("Brooklyn", "NY"), key("Portland", "OR")
    assert census.by_state(bit=sports) == {"US-NY": 1, "US-OR": 1, "": 1}
    assert census.by_town(bit=sports) == {brooklyn: 1, portland: 1}
    assert census.by_town("US-NY", bit=sports) == {brooklyn: 1}


def test_some_towns_are_counted_alone(sleep_and_sports):
    portland = key("Portland", "OR")
    assert census.by_town(places=[portland, 7]) == {portland: 1}
    assert census.by_town(places=[]) == {}


def test_fees_are_of_those_who_state_one_each_counted_once():
    sleep = make_specialty()
    for fee in (90, 60, None, 140, 100):
        make_practitioner(first_visit_fee_usd=fee, office=make_office(city="Brooklyn"))
    twice = make_practitioner(
        first_visit_fee_usd=200, specialties=[sleep], office=make_office(city="Brooklyn")
    )
    for _ in range(5):
        make_affiliation(twice, make_office(city="Brooklyn"))
    make_practitioner(first_visit_fee_usd=10, office=make_office(city="Portland", state_code="OR"))
    make_practitioner(first_visit_fee_usd=1, listing=Practitioner.Listing.WITHDRAWN)
    brooklyn = key("Brooklyn", "NY")
    assert census.first_visit_fees() == census.Fees(6, 10, 90, 200)
    assert census.first_visit_fees("US-NY") == census.Fees(5, 60, 100, 200)
    assert census.first_visit_fees(place_id=brooklyn) == census.Fees(5, 60, 100, 200)
    assert census.first_visit_fees("US-NY", bit=sleep.bit) == census.Fees(1, 200, 200, 200)
    assert census.first_visit_fees("US-VT") is None


def test_counting_in_rows_that_were_read_takes_no_query(django_assert_num_queries):
    make_practitioner(office=make_office(city="Brooklyn"))
    snapshot = current()
    with django_assert_num_queries(0):
        census.by_state(snapshot=snapshot)
        census.by_town("US-NY", snapshot=snapshot)
        census.first_visit_fees("US-NY", snapshot=snapshot)
