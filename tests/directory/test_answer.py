from datetime import date

import pytest
from django.http import QueryDict

from directory.answer import Way, answer_of, group_of
from directory.criteria import Cost, Criteria, Facet, Option
from directory.search import Order, Results
from tests.directory.factories import make_specialty

TODAY = date(2026, 5, 1)


def options(parameter, counts, *, chosen=()):
    return tuple(
        Option(parameter, value, value.title(), count, value in chosen)
        for value, count in counts.items()
    )


def answer(query, *facets, criteria=None, total=3, costs=()):
    results = Results(order=Order.DISTANCE, total=total, facets=facets, costs=costs)
    return answer_of(results, criteria or Criteria(), QueryDict(query), on=TODAY)


HOURS = Facet(
    "hours", "Hours", options("hours", {"evenings": 4, "weekends": 2}, chosen={"evenings"}), True
)
RADIUS = Facet("radius", "Within", options("radius", {"10": 0, "25": 0, "50": 7}), False)


def test_short_list_is_shown_whole_and_in_its_order():
    facet = Facet("x", "X", options("x", dict(zip("abcdefg", range(7), strict=True))), True)
    group = group_of(facet)
    assert ([option.value for option in group.shown], group.folded) == (list("abcdefg"), ())


def test_long_list_folds_all_but_the_largest_and_the_chosen():
    counts = dict(zip("abcdefgh", [1, 9, 9, 0, 5, 4, 3, 2], strict=True))
    group = group_of(Facet("x", "X", options("x", counts, chosen={"d"}), True))
    assert [option.value for option in group.shown] == ["b", "c", "e", "f", "g", "h", "d"]
    assert [option.value for option in group.folded] == ["a"]
    assert (group.size, group.is_set) == (8, True)


def test_amounts_are_never_folded():
    facet = Facet("fee", "Fee", options("max_fee", dict.fromkeys("abcdefgh", 1)), False)
    assert group_of(facet).folded == ()


def test_radius_is_always_chosen_and_narrows_nothing():
    facet = Facet("radius", "Within", options("radius", {"10": 1}, chosen={"10"}), False)
    assert group_of(facet).is_set is False


def test_applied_filter_leads_to_the_same_search_without_it():
    shown = answer("where=Brooklyn&hours=evenings&hours=weekends&page=3", HOURS)
    assert shown.applied == (Way("Evenings", "?where=Brooklyn&hours=weekends"),)
    assert shown.cleared == "?where=Brooklyn"


def test_radius_is_no_applied_filter():
    facet = Facet("radius", "Within", options("radius", {"10": 1}, chosen={"10"}), False)
    assert answer("where=Brooklyn&radius=10", facet).applied == ()


@pytest.mark.django_db
def test_what_the_form_shows_no_field_for_is_kept():
    criteria = Criteria(specialties=(make_specialty(slug="sleep"),), radius_miles=10)
    query = "where=Qx&radius=10&specialty=sleep&without=knee&specialty=nonsense"
    assert answer(query, criteria=criteria).kept == (
        ("radius", "10"),
        ("specialty", "sleep"),
        ("without", "knee"),
    )
    shown = Facet("radius", "Within", options("radius", {"10": 1}), False)
    assert answer(query, shown, criteria=criteria).kept == (
        ("specialty", "sleep"),
        ("without", "knee"),
    )


def test_radius_that_nobody_asked_for_is_not_kept():
    assert answer("where=Vermont").kept == ()


def test_nobody_leads_to_wider_circles_and_to_fewer_filters():
    shown = answer(
        "where=Brooklyn&hours=evenings&care=home&page=2",
        RADIUS,
        total=0,
        costs=(Cost("hours", "evenings", 12),),
    )
    assert shown.wider == (Way("50", "?where=Brooklyn&hours=evenings&care=home&radius=50", 7),)
    assert shown.costs == (Way("evenings", "?where=Brooklyn&care=home", 12),)


def test_somebody_needs_no_wider_circle():
    assert answer("where=Brooklyn", RADIUS, total=1).wider == ()
