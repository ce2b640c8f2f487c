"""The panel of an article that leads to a practitioner, and the place, which goes nowhere else."""

import logging
import re
from html import unescape
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.drafts import keep_draft
from articles.previews import make_link
from articles.publishing import change_slug
from tests.articles.factories import NOW, make_article, make_image
from tests.comments.factories import make_comment
from tests.directory.factories import make_affiliation, make_office, make_practitioner
from tests.directory.factories import make_specialty as specialty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

PANEL = re.compile(r'<section [^>]*id="nearest".*?</section>', re.DOTALL)
FORM = re.compile(r'<form class="find" action="([^"]*)"')
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')


@pytest.fixture
def article():
    """About sports; with Ada in Brooklyn who offers that."""
    sports = specialty(name="Sports", slug="sports")
    person = make_practitioner(name="Ada Weaver", slug="ada", letters="L.Ac.", specialties=[sports])
    make_affiliation(person, make_office())
    return make_article(slug="heel", specialties=[sports])


def get(client, article, where, **more):
    return client.get(article.get_absolute_url(), {"where": where, **more})


def panel(response) -> str:
    """The words of the panel, white space collapsed."""
    found = PANEL.search(response.text)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())


def links(response) -> dict[str, str]:
    return {
        unescape(words).strip(): unescape(href)
        for href, words in LINK.findall(PANEL.search(response.text)[0])
    }


def test_the_panel_asks_for_a_place_and_comes_back_to_the_article(client, article):
    response = client.get(article.get_absolute_url())
    assert FORM.search(response.text)[1] == "/articles/heel/#nearest"
    assert links(response) == {"Sports": "/acupuncturists/specialties/sports/"}
    assert "The nearest" not in panel(response)


def test_the_answer_has_what_decides_and_leads_to_the_listing_and_to_all(client, article):
    response = get(client, article, "Brooklyn")
    assert (
        "The nearest to Brooklyn, New York Nearest first, and nobody can buy a place. "
        "Ada Weaver , L.Ac. 0 miles Brooklyn, NY · New patients: not stated Sports "
    ) in panel(response)
    assert links(response)["Ada Weaver"] == "/acupuncturists/ada/"
    assert "/acupuncturists/?where=Brooklyn%2C+New+York&specialty=sports" in [
        unescape(address) for address in re.findall(r'<a href="([^"]*)">\s', response.text)
    ]


@pytest.mark.parametrize(
    ("fact", "words"),
    [(True, "Takes new patients"), (False, "Takes no new patients"), (None, "not stated")],
)
def test_who_takes_new_patients_is_said(client, fact, words):
    make_affiliation(make_practitioner(), make_office(), accepts_new_patients=fact)
    assert words in panel(get(client, make_article(), "Brooklyn"))


def test_nobody_near_is_said_and_others_are_told_apart(client):
    make_affiliation(make_practitioner(name="Bea"), make_office())
    article = make_article(specialties=[specialty()])
    assert (
        "Nobody listed anywhere offers what this article is about yet. For other kinds of care Bea"
    ) in panel(get(client, article, "Brooklyn"))
    assert (
        "Nobody listed in Vermont offers what this article is about. Search the directory"
    ) in panel(get(client, article, "Vermont"))


def test_a_name_of_two_places_offers_the_other(client, article):
    response = get(client, article, "Portland")
    assert "The nearest to Portland, Oregon Or did you mean Portland, Maine ?" in panel(response)
    assert links(response)["Portland, Maine"] == "?where=Portland%2C+Maine#nearest"


def test_a_slip_is_put_right_and_said(client, article):
    assert "Nothing is called “Broklyn”, so this is for Brooklyn, New York." in panel(
        get(client, article, "Broklyn")
    )


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("Xyzzyville", "We know no place called “Xyzzyville”"),
        ("99999", "We know no place called “99999”"),
        ("", "Where are you?"),
        ("\0", "Where are you?"),
    ],
)
def test_what_is_no_place_is_said_with_what_to_do(client, article, where, words):
    assert words in panel(get(client, article, where))
    assert "Try a city with its state" in panel(get(client, article, where))


@pytest.mark.parametrize(
    "where", ['"><script>alert(1)</script>', "9" * 30, "x" * 9_000, "%00%s{{", "\ud83d", "שלום"]
)
def test_whatever_is_typed_comes_back_and_is_never_markup(client, article, where):
    query = urlencode({"where": where}, errors="surrogatepass")
    response = client.get(f"{article.get_absolute_url()}?{query}")
    typed = re.search(r'name="where" value="([^"]*)"', response.text)
    kept = "".join(letter for letter in where if letter.isprintable())
    assert response.status_code == 200
    assert (unescape(typed[1]).strip("\ufffd") if typed else "") == kept
    assert "<script>alert" not in response.text


def test_only_the_first_letters_of_a_long_place_are_read_and_that_is_said(client, article):
    assert "Only the first 200 characters were read." in panel(get(client, article, "x" * 201))


def test_filters_in_the_address_do_not_narrow_the_answer(client, article):
    response = get(client, article, "Brooklyn", accepting="1", specialty="magic", what="Zed")
    assert "Ada Weaver" in panel(response)


def test_the_place_stands_in_the_panel_and_nowhere_else_on_the_page(client, article):
    make_comment(article=article)
    response = get(client, article, "Brooklyn")
    assert "Brooklyn" in panel(response)
    assert "brooklyn" not in PANEL.sub("", response.text).lower()
    assert f'<link rel="canonical" href="http://testserver{article.get_absolute_url()}">' in (
        response.text
    )


def test_the_answer_is_for_its_reader_alone(client, article, caplog):
    with caplog.at_level(logging.DEBUG):
        response = get(client, article, "Brooklyn")
        get(client, article, "Xyzzyville")
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    logged = [row.getMessage() for row in caplog.records if row.name != "django.db.backends"]
    assert response["Cache-Control"] == "private, max-age=60"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert (response.cookies, "brooklyn" in headers.lower()) == ({}, False)
    assert [line for line in logged if "Brooklyn" in line or "Xyzzyville" in line] == []


def test_a_page_without_a_place_may_be_indexed_and_kept_by_all(client, article):
    response = client.get(article.get_absolute_url())
    assert (response["Cache-Control"], "X-Robots-Tag" in response) == ("public, max-age=60", False)


def test_a_comment_that_comes_back_still_leads_to_the_article(client, article):
    response = client.post(reverse("comments:post", args=[article.slug]), {"body": ""})
    assert FORM.search(response.text) is None
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    token = re.search(r'name="token" value="([^"]*)"', get(client, article, "Brooklyn").text)[1]
    response = client.post(
        reverse("comments:post", args=[article.slug]), {"token": token, "body": ""}, headers=own
    )
    assert FORM.search(response.text)[1] == "/articles/heel/#nearest"


def test_an_address_that_has_changed_meanwhile_takes_the_place_along(client, article):
    change_slug(article, "achilles")
    response = client.get("/articles/heel/?where=Brooklyn%2C+NY")
    assert (response.status_code, response["Location"]) == (
        301,
        "/articles/achilles/?where=Brooklyn%2C+NY",
    )
    assert response["Cache-Control"] == "private"


def test_a_preview_by_a_link_answers_and_stays_closed(client, article):
    article.status = "draft"
    article.save(update_fields=["status"])
    path = make_link(article, at=timezone.now(), days=1)
    response = client.get(path, {"where": "Portland"})
    assert FORM.search(response.text)[1] == f"{path}#nearest"
    assert "Ada Weaver" in panel(response)
    assert response["Cache-Control"] == "private, no-store"
    assert links(response)["Portland, Maine"] == "?where=Portland%2C+Maine#nearest"


def test_a_preview_of_unsaved_words_stays_the_one_of_those_words(client, article):
    editor = User.objects.create_superuser("ada")
    client.force_login(editor)
    kept = keep_draft(
        {"headline": ["Typed"]}, article=article, editor=editor, base_number=0, version=0, at=NOW
    )
    path = reverse("admin:articles_article_preview", args=[article.pk])
    response = client.get(path, {"draft": kept.pk, "where": "Portland"})
    assert f'<input type="hidden" name="draft" value="{kept.pk}">' in response.text
    assert links(response)["Portland, Maine"] == (
        f"?draft={kept.pk}&where={quote('Portland,')}+Maine#nearest"
    )


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("where", ["11201", "Brooklyn", "Vermont"])
def test_the_answer_takes_three_queries_and_the_page_with_it_thirteen(client, number, where):
    kinds = [specialty() for _ in range(number)]
    figures = "".join(f'<figure data-image="{make_image().pk}"></figure>' for _ in range(number))
    article = make_article(
        specialties=kinds, tags=["run"], lead_image=make_image(), body=f"<p>a</p>{figures}"
    )
    for _ in range(number):
        make_comment(article=article)
        make_affiliation(make_practitioner(specialties=kinds), make_office())
        make_affiliation(make_practitioner(specialties=kinds), make_office(state_code="VT"))
    get(client, article, where)
    with CaptureQueriesContext(connection) as plain:
        client.get(article.get_absolute_url())
    with CaptureQueriesContext(connection) as answered:
        get(client, article, where)
    # The place, what has changed in the search table, the practitioners.
    assert (len(plain), len(answered)) == (10, 13)
