import pytest

from directory.landing import StateCount, get_state, largest_states
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
