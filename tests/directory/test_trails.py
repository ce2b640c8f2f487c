import pytest

from directory.trails import trail_to
from tests.directory.factories import make_affiliation, make_office, make_practitioner

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("small_gazetteer")
def test_way_leads_through_the_state_and_the_town_of_the_first_office(
    client, django_assert_num_queries
):
    practitioner = make_practitioner(name="Ada", slug="ada", office=make_office())
    make_affiliation(practitioner, make_office(city="Boston", state_code="MA"))
    with django_assert_num_queries(1):
        trail = trail_to(practitioner)
    assert trail == [
        ("Home", "/"),
        ("Acupuncturists", "/acupuncturists/"),
        ("New York", "/acupuncturists/in/new-york/"),
        ("Brooklyn", "/acupuncturists/in/new-york/brooklyn/"),
        ("Ada", "/acupuncturists/ada/"),
    ]
    assert [client.get(path).status_code for _name, path in trail] == [200] * 5


@pytest.mark.usefixtures("small_gazetteer")
@pytest.mark.parametrize(
    "fields",
    [{"city": "Nowhere at all"}, {"city": "London", "state_code": "", "country_code": "GB"}],
)
def test_town_without_a_page_is_passed_over(fields):
    practitioner = make_practitioner(name="Ada", slug="ada", office=make_office(**fields))
    assert [name for name, _path in trail_to(practitioner)] == ["Home", "Acupuncturists", "Ada"]


def test_without_an_office_the_way_is_short():
    names = [name for name, _path in trail_to(make_practitioner(name="Ada"))]
    assert names == ["Home", "Acupuncturists", "Ada"]
