import pytest
from django.http import QueryDict

from directory.criteria import DEFAULT_RADIUS_MILES, Filters
from directory.forms import SearchForm, page_number
from tests.directory.factories import make_insurer, make_language, make_specialty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]


def read(**values):
    """The validated form and its Criteria for what an address holds."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = SearchForm(data)
    form.is_valid()
    return form, form.cleaned_data


def test_unbound_form_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        html = str(SearchForm()["where"])
    assert 'name="where"' in html


def test_nothing_typed_means_everybody():
    form, criteria = read()
    assert form.errors == {}
    assert (criteria.place, criteria.is_place_unknown, criteria.page) == (None, False, 1)
    assert criteria.radius_miles == DEFAULT_RADIUS_MILES


def test_place_words_radius_specialty_and_page_become_criteria():
    sleep = make_specialty(slug="sleep", name="Sleep")
    sports = make_specialty(slug="sports", name="Sports")
    form, criteria = read(
        what="sleep", where="Brooklyn", radius="10", specialty=["sports"], page="3"
    )
    assert form.errors == {}
    assert criteria.place.label == "Brooklyn, New York"
    assert criteria.wish.specialties == (sleep,)
    assert criteria.specialties == (sports,)
    assert (criteria.radius_miles, criteria.page) == (10, 3)


def test_unknown_place_is_said_to_be_unknown():
    form, criteria = read(where="Xqzzyplatz")
    assert (criteria.place, criteria.is_place_unknown) == (None, True)
    assert form["where"].value() == "Xqzzyplatz"


@pytest.mark.parametrize("typed", ["abc", "-5", "0", "251", "1e9", "nan", "inf", "1 000", "💥"])
def test_bad_radius_is_named_and_replaced_and_the_rest_is_kept(typed):
    form, criteria = read(where="Brooklyn", what="sleep", radius=typed)
    assert criteria.radius_miles == DEFAULT_RADIUS_MILES
    assert form.errors == {
        "__all__": [f"“{typed}” is no number of miles from 1 to 250, so 25 were taken."]
    }
    assert (form["where"].value(), form["what"].value()) == ("Brooklyn", "sleep")


@pytest.mark.parametrize(("typed", "taken"), [("30", 30), ("7.2", 8), ("250", 250), ("0.1", 1)])
def test_any_radius_in_bounds_is_taken(typed, taken):
    form, criteria = read(where="Brooklyn", radius=typed)
    assert form.errors == {}
    assert criteria.radius_miles == taken


def test_unknown_specialty_is_named_and_left_out():
    sleep = make_specialty(slug="sleep")
    form, criteria = read(specialty=["nonsense", "sleep", "sleep"])
    assert criteria.specialties == (sleep,)
    assert form.errors == {
        "__all__": ["The filter “specialty” knows no “nonsense”; it was left out."]
    }


def test_filters_become_criteria():
    insurer, language = make_insurer(slug="prairie"), make_language(code="es")
    form, criteria = read(
        accepting="1",
        care=["home", "telehealth"],
        insurer="prairie",
        language="es",
        hours="evenings",
        step_free="1",
        sliding="1",
        max_fee="$99.50",
        verified="1",
    )
    assert form.errors == {}
    assert criteria.filters == Filters(
        accepting=True,
        care=frozenset({"home", "telehealth"}),
        insurers=(insurer,),
        languages=(language,),
        hours=frozenset({"evenings"}),
        step_free=True,
        sliding=True,
        max_fee_usd=100,
        verified=True,
    )


def test_bad_filter_is_named_and_left_out_and_the_others_hold():
    form, criteria = read(hours=["evenings", "nights"], max_fee="abc", where="Brooklyn")
    assert criteria.filters == Filters(hours=frozenset({"evenings"}))
    assert criteria.place.label == "Brooklyn, New York"
    assert form.errors == {
        "__all__": [
            "The filter “hours” knows no “nights”; it was left out.",
            "“abc” is no amount in dollars; fees of any height are shown.",
        ]
    }


def test_what_was_taken_back_reaches_the_understanding():
    make_specialty(slug="sleep", name="Sleep")
    sports = make_specialty(slug="sports", name="Sports")
    _, criteria = read(what="sleep sports", without="sleep")
    assert criteria.wish.specialties == (sports,)


@pytest.mark.parametrize("name", ["what", "where"])
def test_very_long_text_is_kept_and_its_beginning_is_read(name):
    typed = "brooklyn " * 1_111
    form, _ = read(**{name: typed})
    assert form[name].value() == typed.strip()
    assert form.errors[name] == ["This is very long. Only the first 200 characters were read."]


@pytest.mark.parametrize(
    "name",
    ["what", "where", "without", "radius", "specialty", "max_fee", "insurer", "accepting", "page"],
)
@pytest.mark.parametrize(
    "typed", ["\0", "\ud800", "\0Brooklyn\0", "%00", "\u202e", "'; --", "a" * 10_000, "９９９"]
)
def test_nothing_typed_breaks_the_form(name, typed):
    form, criteria = read(**{name: typed})
    for field in form:
        str(field).encode()
    assert criteria.page >= 1


def test_characters_that_no_database_holds_are_dropped():
    form, criteria = read(where="Bro\0ok\ud800lyn")
    assert form["where"].value() == "Brooklyn"
    assert criteria.place.label == "Brooklyn, New York"


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 1), ("2", 2), ("-1", 1), ("abc", 1), ("99999", 99999), ("9" * 5_000, 1), ("1.5", 1)],
)
def test_page_number(text, number):
    assert page_number(text) == number
