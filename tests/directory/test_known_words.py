"""Words that may have been meant by one with a slip in it."""

import pytest

from directory.known_words import learn, similar
from directory.models import KnownWord

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "slip",
    [
        "achiles",
        "achillles",
        "achilels",
        "achulles",
        "chilles",
        "achille",
        "axhilless",
        "zachilles",
    ],
)
def test_word_is_found_by_a_slip_in_it(slip):
    learn(["achilles", "heel"])

    assert similar(slip) == ["achilles"]


def test_closest_come_first_and_then_those_that_begin_alike():
    learn(["plant", "zland", "zealand"])

    assert similar("zlant") == ["zland", "plant"]


@pytest.mark.parametrize("slip", ["hee", "h", "12345", "h33l", "針灸"])
def test_what_is_too_short_or_no_word_is_left_alone(slip):
    learn(["heel", "12346"])

    assert similar(slip) == []


def test_other_words_are_compared_as_well():
    assert similar("migrane", {"migraine", "mirage"}) == ["migraine"]


def test_a_word_is_learned_once_whatever_is_learned_with_it(django_assert_num_queries):
    learn(["heel"])
    with django_assert_num_queries(1):
        learn(["heel"])
    learn(["heel", "calf"])

    assert KnownWord.objects.count() == len({"heel", "eel", "hel", "hee"}) + 5


def test_long_words_are_not_learned():
    learn(["x" * 25])

    assert not KnownWord.objects.exists()
