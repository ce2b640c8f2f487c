import pytest

from directory.landing import (
    StateCount,
    all_states,
    get_state,
    is_indexed,
    largest_states,
    neighboring_states,
)
from directory.models import Practitioner
from directory.snapshot import current
from tests.directory.factories import make_affiliation, make_office, make_practitioner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]


def test_states_are_counted_by_people_largest_first():
    for state_code, count in (("VT", 1), ("NY", 2), ("OR", 3)):
        for _ in range(count):
            make_practitioner(office=make_office(state_code=state_code))
    both = make_practitioner(office=make_office(state_code="NY"))
    make_affiliation(both, make_office(state_code="NY"))
    make_practitioner(office=make_office(state_code="ME"), listing=Practitioner.Listing.DRAFT)
    make_practitioner(office=make_office(state_code="ON", country_code="CA"))
    assert largest_states() == [
        StateCount("New York", "new-york", 3),
        StateCount("Oregon", "oregon", 3),
        StateCount("Vermont", "vermont", 1),
    ]
    assert largest_states(limit=1) == [StateCount("New York", "new-york", 3)]


def test_state_leads_to_its_page():
    assert StateCount("New York", "new-york", 3).url == "/acupuncturists/in/new-york/"


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_for_any_number_of_states(count, django_assert_num_queries):
    for state_code in ("NY", "OR", "VT")[:count]:
        make_practitioner(office=make_office(state_code=state_code))
    current()
    with django_assert_num_queries(2):
        assert len(largest_states()) == count


@pytest.mark.parametrize("slug", ["ontario-canada", "brooklyn-new-york", "nowhere"])
def test_only_states_of_the_country_have_a_page(slug):
    assert get_state("vermont").name == "Vermont"
    assert get_state(slug) is None


def test_every_state_is_told_of_by_name():
    make_practitioner(office=make_office(state_code="VT"))
    told = all_states()
    assert len(told) == 51
    assert [state.name for state in told] == sorted(state.name for state in told)
    assert [state for state in told if state.count] == [StateCount("Vermont", "vermont", 1)]


def test_neighbors_of_a_state_are_those_with_somebody_most_people_first():
    for state_code, count in (("NY", 1), ("MA", 2), ("OR", 3), ("VT", 1)):
        for _ in range(count):
            make_practitioner(office=make_office(state_code=state_code))
    assert neighboring_states(get_state("vermont")) == [
        StateCount("Massachusetts", "massachusetts", 2),
        StateCount("New York", "new-york", 1),
    ]
    assert neighboring_states(get_state("hawaii")) == []


def test_three_people_are_enough_for_search_engines():
    assert [is_indexed(people) for people in (0, 2, 3, 1_000)] == [False, False, True, True]
