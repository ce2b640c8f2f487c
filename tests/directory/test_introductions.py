import pytest

from directory.census import Fees
from directory.criteria import Facet, Option
from directory.introductions import Facts, facts_of, sentences
from directory.search import Order, Results


def option(parameter, value, label, count, *, is_chosen=False):
    return Option(parameter, value, label, count, is_chosen)


def facet(name, *options):
    return Facet(name, name, options, is_multiple=True)


def test_facts_are_read_from_the_counts_beside_an_answer():
    results = Results(
        Order.PLACE_SIZE,
        total=7,
        facets=(
            facet(
                "specialty",
                option("specialty", "laser", "Laser", 7, is_chosen=True),
                option("specialty", "scalp", "Scalp", 2),
                option("specialty", "sleep", "Sleep", 3),
                option("specialty", "ear", "Ear", 0),
            ),
            facet("accepting", option("accepting", "1", "New patients", 5)),
            facet("care", option("care", "telehealth", "Telehealth", 1)),
            facet("language", option("language", "es", "Spanish", 2)),
            facet("hours", option("hours", "evenings", "Evenings", 4)),
            facet("step_free", option("step_free", "1", "Step-free", 6)),
            facet(
                "fee",
                option("sliding", "1", "Sliding scale", 3),
                option("max_fee", "50", "Up to $50", 0),
                option("max_fee", "75", "Up to $75", 2),
            ),
            facet("verified", option("verified", "1", "Verified", 3)),
        ),
    )
    fees = Fees(2, 60, 60, 75)
    assert facts_of(results, fees) == Facts(
        total=7,
        accepting=5,
        verified=3,
        telehealth=1,
        evenings=4,
        step_free=6,
        specialties=(("Sleep", 3), ("Scalp", 2)),
        languages=(("Spanish", 2),),
        fees=fees,
    )


def test_sentences_say_what_the_facts_are():
    facts = Facts(
        total=1_200,
        accepting=1_100,
        verified=3,
        telehealth=1,
        evenings=4,
        step_free=6,
        specialties=(("Sleep", 900), ("Scalp", 2), ("Laser", 2), ("Ear", 1), ("More", 1)),
        languages=(("Spanish", 2), ("Korean", 1)),
        fees=Fees(11, 45, 90, 1_150),
    )
    assert sentences(facts, has_specialty=False) == (
        "1,100 of them say that they take new patients.",
        "What they offer most is Sleep (900), Scalp (2), Laser (2) and Ear (1).",
        "A first visit costs from $45 to $1,150 with the 11 who state a fee; half of them ask "
        "$90 or less.",
        "Treatment is offered in Spanish (2) and Korean (1).",
        "Some have evening hours (4), a step-free way in (6) and visits by video or telephone (1).",
        "The licenses of 3 of them were checked by our editors and are valid today.",
    )


CALL_FIRST = "Nobody here has stated that new patients are taken, so call first."
NO_FEES = "Nobody here has stated what a first visit costs."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(0), ()),
        (Facts(1), (CALL_FIRST, NO_FEES)),
        (Facts(1, accepting=1), ("New patients are taken.", NO_FEES)),
        (Facts(2, accepting=2), ("All of them say that they take new patients.", NO_FEES)),
        (Facts(2, accepting=1), ("One of them says that new patients are taken.", NO_FEES)),
        (
            Facts(2, fees=Fees(1, 50, 50, 50)),
            (CALL_FIRST, "A first visit costs $50 with the one who states a fee."),
        ),
        (
            Facts(2, fees=Fees(2, 50, 50, 50)),
            (CALL_FIRST, "A first visit costs $50 with the 2 who state a fee."),
        ),
        (Facts(2, specialties=(("Sleep", 2),)), (CALL_FIRST, NO_FEES)),
        (
            Facts(2, verified=2),
            (
                CALL_FIRST,
                NO_FEES,
                "The licenses of all of them were checked by our editors and are valid today.",
            ),
        ),
        (
            Facts(1, specialties=(("Sleep", 1),), verified=1),
            (
                CALL_FIRST,
                NO_FEES,
                "The license of one of them was checked by our editors and is valid today.",
            ),
        ),
    ],
)
def test_what_nobody_states_is_not_said(facts, expected):
    assert sentences(facts, has_specialty=True) == expected
