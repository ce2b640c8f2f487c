"""The search over the whole site."""

import pytest

from acutake.site_search import search_site
from articles.models import Article
from directory.models import Practitioner
from tests.articles.factories import make_article, make_specialty
from tests.comments.factories import make_practitioner

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "   ",
    '"',
    "-",
    "%",
    "_",
    "' OR 1=1 --",
    "\0",
    "heel\0pain",
    "\ud800",
    "😀",
    "a" * 10_000,
    "word " * 2_000,
    "<script>alert(1)</script>",
    "NEAR(a, b) AND NOT *",
]


def named(text, **fields):
    return make_practitioner(name=text, search_text=text.casefold(), **fields)


def test_article_is_found_by_words_of_its_text_in_any_case_and_accent():
    article = make_article(body="<p>The Café above the soleus.</p>")
    make_article(body="<p>Nothing of the kind.</p>")

    assert search_site("SOLEUS cafe").articles == [article]


def test_every_word_has_to_be_there():
    make_article(body="<p>Only the heel.</p>")

    assert search_site("heel moonlight").articles == []


def test_words_in_the_title_come_before_words_in_the_text():
    in_text = make_article(body="<p>Something about migraine.</p>")
    in_title = make_article(headline="Migraine, by day")

    assert search_site("migraine").articles == [in_title, in_text]


def test_what_is_not_public_is_not_found():
    make_article(headline="Hidden heel", status=Article.Status.DRAFT)
    named("Heel Hidden", listing=Practitioner.Listing.WITHDRAWN)
    shown = named("Heel Shown")

    answer = search_site("heel")

    assert (answer.articles, answer.practitioners) == ([], [shown])


def test_specialty_is_found_by_a_word_that_patients_use():
    specialty = make_specialty(name="Sports and orthopedic", synonyms="running\nathletes")

    assert search_site("athletes").specialties == [specialty]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_gives_a_page_that_keeps_the_words(client, text):
    response = client.get("/search/", {"q": text.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_percent_sign_is_no_wildcard():
    make_article(body="<p>Some text.</p>")

    assert search_site("s%e").articles == []
    assert search_site("s_me").articles == []


def test_number_of_queries_does_not_grow(django_assert_num_queries, client):
    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get("/search/?q=heel")
        return len(queries)

    make_article(headline="Heel")
    named("Heel One")
    count()
    few = count()
    for number in range(5):
        make_article(headline=f"Heel {number}")
        named(f"Heel {number}")

    assert count() == few
