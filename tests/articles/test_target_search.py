"""The pages that an editor may link to."""

from datetime import timedelta

import pytest

from articles.target_search import describe_page, find_pages
from tests.articles.factories import NOW, make_article
from tests.directory.factories import make_practitioner, make_specialty

pytestmark = pytest.mark.django_db


def found(words):
    return [(page.target[0], page.title) for page in find_pages(words, at=NOW)]


def test_articles_practitioners_and_specialties_are_found_by_their_words():
    make_article(headline="Heel pain")
    make_article(headline="Sleep", body="<p>A heel is named here.</p>")
    make_article(headline="Nothing of it")
    make_specialty(name="Sports", synonyms="heel\nankle")
    assert found("HEEL") == [
        ("article", "Heel pain"),
        ("article", "Sleep"),
        ("specialty", "Sports"),
    ]
    assert found("heel pain") == [("article", "Heel pain")]


def test_a_next_version_is_no_page_of_its_own():
    article = make_article(headline="Heel pain")
    version = make_article(
        headline="Heel pain, once more", status="draft", published_at=None, next_of=article
    )
    assert found("heel") == [("article", "Heel pain")]
    assert describe_page(f"article:{version.pk}", at=NOW) is None


def test_only_listed_practitioners_and_no_withdrawn_article_can_be_chosen():
    listed = make_practitioner(name="Ada Example")
    make_practitioner(name="Ada Unlisted", listing="draft")
    make_article(headline="Ada withdrawn", status="withdrawn")
    assert found("ada") == [("practitioner", str(listed))]


@pytest.mark.parametrize("words", ["", "  ", "\x00", "%", "zzz"])
def test_what_finds_nothing_is_no_error(words):
    make_article(headline="Heel pain")
    assert found(words) == []


def test_an_article_says_whether_the_public_sees_it():
    make_article(headline="Heel one", published_at=NOW)
    make_article(headline="Heel two", published_at=NOW + timedelta(days=1))
    assert [page.kind for page in find_pages("heel", at=NOW)] == [
        "Article, not public yet",
        "Article of 2026-03-15",
    ]


def test_a_page_is_described_by_its_key():
    article, person, specialty = make_article(), make_practitioner(), make_specialty()
    rows = {"article": article, "practitioner": person, "specialty": specialty}
    for kind, row in rows.items():
        assert describe_page(f"{kind}:{row.pk}", at=NOW).title == str(row)


@pytest.mark.parametrize(
    "key", ["article:0", "article:x", "editor:1", "article", "article:²", ":", ""]
)
def test_a_key_of_nothing_describes_nothing(key):
    assert describe_page(key, at=NOW) is None


@pytest.mark.parametrize("number", [1, 8])
def test_it_takes_three_queries_and_finds_six_of_a_kind(number, django_assert_num_queries):
    for _ in range(number):
        make_article(headline="Heel")
    with django_assert_num_queries(3):
        assert len(found("heel")) == min(number, 6)
