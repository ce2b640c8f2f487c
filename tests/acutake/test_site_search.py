"""The search over the whole site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acutake.site_search import search_site
from articles.models import Article
from directory.models import Practitioner
from tests.articles.factories import make_article
from tests.directory.factories import make_office, make_practitioner, make_specialty

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


def test_article_is_found_by_words_of_its_text_in_any_case_and_accent():
    article = make_article(body="<p>The Café above the soleus.</p>")
    make_article(body="<p>Nothing of the kind.</p>")

    assert search_site("SOLEUS cafe").articles == [article]


@pytest.mark.parametrize("typed", ["runner's", "runner’s"])
def test_apostrophe_is_found_however_it_is_typed(typed):
    set_by_an_editor = make_article(body="<p>A runner’s heel.</p>")
    typed_by_one = make_article(body="<p>A runner's calf.</p>")

    assert set(search_site(typed).articles) == {set_by_an_editor, typed_by_one}


def test_every_word_has_to_be_there():
    make_article(body="<p>Only the heel.</p>")

    assert search_site("heel moonlight").articles == []


def test_words_in_the_title_come_before_words_in_the_text():
    in_text = make_article(body="<p>Something about migraine.</p>")
    in_title = make_article(headline="Migraine, by day")

    assert search_site("migraine").articles == [in_title, in_text]


def test_what_is_not_public_is_not_found():
    make_article(headline="Hidden heel", status=Article.Status.DRAFT)
    make_practitioner(name="Heel Hidden", listing=Practitioner.Listing.WITHDRAWN)
    shown = make_practitioner(name="Heel Shown")

    answer = search_site("heel")

    assert (answer.articles, answer.practitioners) == ([], [shown])


@pytest.mark.parametrize(
    "typed",
    ["o'hare", "O’Hare", "reed-lane", "Reed Lane", "zoe l.ac.", "ZOË", "st. john's", "Hare, Zoë"],
)
def test_practitioner_is_found_however_the_name_is_written(typed):
    office = make_office(name="St. John’s Rooms")
    found = make_practitioner(name="Zoë O’Hare Reed-Lane", letters="L.Ac.", office=office)
    make_practitioner(name="Somebody Else", letters="L.Ac.")

    assert search_site(typed).practitioners == [found]


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


def test_number_of_queries_does_not_grow(client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/?q=heel")
        return len(queries)

    make_article(headline="Heel")
    make_practitioner(name="Heel One")
    count()
    few = count()
    for number in range(5):
        make_article(headline=f"Heel {number}")
        make_practitioner(name=f"Heel {number}")

    assert count() == few
