"""Which tags are close to one another."""

import pytest
from taggit.models import Tag

from acutake.lib.old_addresses import remember_slug
from articles.tagging import are_close, close_tags, give_addresses, present_names
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


@pytest.mark.django_db
def test_a_name_with_an_old_address_is_the_name_of_today():
    tag = Tag.objects.create(name="headache", slug="headache")
    remember_slug(tag, "head-aches")
    names = ["Head aches", "running", "head-aches", "headache"]
    assert present_names(names) == ["headache", "running"]


@pytest.mark.django_db
def test_a_name_that_a_tag_has_is_the_name_of_that_tag():
    tag = Tag.objects.create(name="headache", slug="headache")
    remember_slug(tag, "migraine")
    Tag.objects.create(name="migraine", slug="migraine")
    remember_slug(tag, "sore-head")
    Tag.objects.create(name="sore head", slug="ache")
    assert present_names(["migraine", "sore head"]) == ["migraine", "sore head"]


@pytest.mark.django_db
@pytest.mark.parametrize("names", [[], ["a", "b"], [f"tag {number}" for number in range(50)]])
def test_names_that_lead_nowhere_take_one_query(names, django_assert_num_queries):
    with django_assert_num_queries(1 if names else 0):
        assert present_names(names) == names


@pytest.mark.django_db
def test_names_without_latin_letters_have_an_address_of_their_number():
    article = make_article(tags=["針", "!!!", "2026", "café"])
    tags = {tag.name: tag for tag in article.tags.all()}
    assert {name: tag.slug for name, tag in tags.items()} == {
        "針": f"tag-{tags['針'].pk}",
        "!!!": f"tag-{tags['!!!'].pk}",
        "2026": "2026",
        "café": "cafe",
    }


@pytest.mark.django_db
def test_an_address_that_is_taken_is_not_given_twice():
    tag = Tag.objects.create(name="針")
    Tag.objects.create(name="another", slug=f"tag-{tag.pk}")
    give_addresses([tag])
    assert Tag.objects.get(name="針").slug == f"tag-{tag.pk}-2"


@pytest.mark.django_db
def test_who_has_an_address_keeps_it_without_a_query(django_assert_num_queries):
    tags = [Tag.objects.create(name=f"tag {number}") for number in range(3)]
    with django_assert_num_queries(0):
        give_addresses(tags)
