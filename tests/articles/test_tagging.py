"""Which tags are close to one another."""

import pytest

from articles.tagging import are_close, close_tags
from tests.articles.factories import make_article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("headache", "headaches"),
        ("therapy", "therapies"),
        ("stretch", "stretches"),
        ("low back pain", "Low-back pain"),
        ("migrane", "migraine"),
        ("café", "cafe"),
    ],
)
def test_other_endings_spellings_and_slips_are_close(one, other):
    assert are_close(one, other)
    assert are_close(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ST35", "ST36"),
        ("hypertension", "hypotension"),
        ("acupuncture", "acupressure"),
        ("yin", "yang"),
        ("knee", "knees up"),
        ("stress", "stretch"),
    ],
)
def test_other_words_and_other_figures_are_not(one, other):
    assert not are_close(one, other)


@pytest.mark.django_db
def test_the_tag_in_wider_use_is_offered_and_never_the_rarer_one():
    make_article(tags=["headache"])
    make_article(tags=["headache", "headaches", "running"])
    found = close_tags(["headaches", "headache", "migraine", "runing", ""])
    assert found == {"headaches": "headache", "runing": "running"}


@pytest.mark.django_db
def test_a_tag_is_not_close_to_itself_in_another_case():
    make_article(tags=["Headache"])
    assert close_tags(["headache"]) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 5])
def test_it_takes_one_query_for_any_number_of_tags(number, django_assert_num_queries):
    make_article(tags=[f"tag number {index}" for index in range(number)])
    with django_assert_num_queries(1):
        close_tags([f"tag number {index}s" for index in range(number)])
    with django_assert_num_queries(0):
        close_tags([])
