import pytest
from django.http import QueryDict

from directory.criteria import Criteria, Filters
from directory.parameters import read_filters, read_terms, written
from tests.directory.factories import make_insurer, make_language, make_specialty

pytestmark = pytest.mark.django_db


def read(query):
    """The filters that an address asks for, and the sentences about what was left out."""
    said = []
    data = QueryDict(query)
    return read_filters(data, read_terms(data, said.append), said.append), said


def test_nothing_asked_needs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read("") == (Filters(), [])


@pytest.mark.parametrize("query", ["accepting=&care=&insurer=&max_fee=", "care=&care="])
def test_empty_values_ask_nothing(query):
    assert read(query) == (Filters(), [])


@pytest.mark.parametrize("name", ["accepting", "step_free", "sliding", "verified"])
def test_switch_is_on_with_1_alone(name):
    assert read(f"{name}=1") == (Filters(**{name: True}), [])
    assert read(f"{name}=yes") == (
        Filters(),
        [f"The filter “{name}” knows no “yes”; it was left out."],
    )


def test_terms_of_all_lists_need_one_query(django_assert_num_queries):
    sleep, sports = make_specialty(slug="sleep", name="Z"), make_specialty(slug="sports", name="A")
    insurer, language = make_insurer(slug="prairie"), make_language(code="es")
    data = QueryDict("specialty=sleep&specialty=sports&insurer=prairie&language=es")
    with django_assert_num_queries(1):
        terms = read_terms(data, pytest.fail)
        assert terms == {
            "specialty": (sports, sleep),
            "insurer": (insurer,),
            "language": (language,),
        }
        assert [term.bit for term in terms["specialty"]] == [sports.bit, sleep.bit]
    assert terms["specialty"][0].description == sports.description


def test_old_slug_of_a_specialty_means_it_once(django_assert_num_queries):
    sleep, sports = make_specialty(slug="sleep", name="Z"), make_specialty(slug="sports", name="A")
    for slug in ("athletes", "sport"):
        sports.paths.create(slug=slug)
    said = []
    query = "specialty=sport&specialty=sleep&specialty=sports&specialty=athletes&specialty=none"
    with django_assert_num_queries(2):
        terms = read_terms(QueryDict(query), said.append)
    assert terms["specialty"] == (sports, sleep)
    assert said == ["The filter “specialty” knows no “none”; it was left out."]


def test_unknown_insurer_and_language_are_named_and_the_others_hold():
    insurer, language = make_insurer(slug="prairie"), make_language(code="es")
    filters, said = read("insurer=nobody&insurer=prairie&language=es&language=tlh&language=tlh")
    assert filters == Filters(insurers=(insurer,), languages=(language,))
    assert said == [
        "The filter “insurer” knows no “nobody”; it was left out.",
        "The filter “language” knows no “tlh”; it was left out.",
    ]


@pytest.mark.parametrize(
    ("typed", "dollars"),
    [("80", 80), ("$80", 80), ("80.01", 81), ("1,000", 1_000), (" 75 $", 75), ("0.5", 1)],
)
def test_fee_is_read_in_whole_dollars(typed, dollars):
    assert read(f"max_fee={typed}") == (
        Filters(max_fee_usd=dollars),
        [],
    )


@pytest.mark.parametrize("typed", ["abc", "0", "-5", "nan", "inf", "1e9", "８０x", "$"])
def test_bad_fee_is_named_and_left_out(typed):
    assert read(f"max_fee={typed}") == (
        Filters(),
        [f"“{typed}” is no amount in dollars; fees of any height are shown."],
    )


def test_what_is_written_is_read_as_the_same():
    filters = Filters(
        accepting=True,
        care=frozenset({"home", "telehealth"}),
        insurers=(make_insurer(), make_insurer()),
        languages=(make_language(),),
        hours=frozenset({"weekends"}),
        step_free=True,
        sliding=True,
        max_fee_usd=120,
        verified=True,
    )
    query = QueryDict(mutable=True)
    for name, value in written(Criteria(filters=filters)):
        query.appendlist(name, value)
    assert read(query.urlencode()) == (filters, [])


def test_radius_and_specialties_are_written():
    specialty = make_specialty(slug="sleep")
    criteria = Criteria(radius_miles=10, specialties=(specialty,))
    assert list(written(criteria)) == [("radius", "10"), ("specialty", "sleep")]
