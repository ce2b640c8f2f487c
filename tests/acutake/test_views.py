"""Home, what machines ask for, and the pages for when something is wrong."""

from datetime import timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Feature
from directory.models import Practitioner
from tests.articles.factories import make_article
from tests.directory.factories import make_practitioner, make_specialty

pytestmark = pytest.mark.django_db


def queries_for(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_home_shows_the_newest_article_first(client):
    make_article(headline="The older one", published_at=timezone.now() - timedelta(days=2))
    make_article(headline="The newer one", published_at=timezone.now() - timedelta(days=1))

    html = client.get("/").content.decode()

    assert html.index("The newer one") < html.index("The older one")


def test_home_says_so_when_nothing_is_published(client):
    make_article(headline="Only a draft", status=Article.Status.DRAFT)

    html = client.get("/").content.decode()

    assert "Nothing is published yet" in html
    assert "Only a draft" not in html


def test_home_takes_as_many_queries_for_many_rows_as_for_one(client):
    make_article(specialties=[make_specialty()])
    make_practitioner()
    few = queries_for(client, "/")

    for _ in range(5):
        make_article(specialties=[make_specialty()])
        make_practitioner()

    assert queries_for(client, "/") == few


def test_site_says_that_it_shows_a_demonstration_for_as_long_as_it_does(client):
    practitioner = make_practitioner(is_demonstration=True)
    assert "Demonstration content" in client.get("/about/").content.decode()

    Practitioner.objects.filter(pk=practitioner.pk).delete()
    cache.clear()

    assert "Demonstration content" not in client.get("/about/").content.decode()


def test_healthz_answers_without_being_kept(client):
    response = client.get("/healthz")

    assert response.json() == {"status": "ok"}
    assert "no-store" in response["Cache-Control"]


def test_robots_names_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode().splitlines()


@pytest.mark.parametrize(
    ("path", "may_be_read"),
    [
        ("/", True),
        ("/articles/", True),
        ("/articles/?page=2", True),
        ("/articles/heel-pain/", True),
        ("/articles/tags/running/?page=2", True),
        ("/articles/authors/", True),
        ("/articles/specialties/sports/feed/", True),
        ("/articles/2026/3/", True),
        ("/acupuncturists/", True),
        ("/acupuncturists/ada-weaver/", True),
        ("/acupuncturists/specialties/sports/?page=2", True),
        ("/acupuncturists/in/new-york/brooklyn/sports/", True),
        ("/sitemap-tags.xml", True),
        ("/admin/", False),
        ("/search/?q=heel", False),
        ("/acupuncturists/?what=&where=Brooklyn", False),
        ("/acupuncturists/?where=Brooklyn", False),
        ("/acupuncturists/?specialty=sports", False),
        ("/acupuncturists/?page=2", False),
        ("/acupuncturists/?accepting=1", False),
        ("/acupuncturists.geojson?where=Brooklyn", False),
        ("/acupuncturists/places/?q=bro", False),
    ],
)
def test_robots_may_read_everything_but_searches(client, path, may_be_read):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    assert parser.can_fetch("Googlebot", f"http://testserver{path}") == may_be_read


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere/", 404), ("/articles/%00/", 400), ("/articles/nowhere/", 404)]
)
def test_page_that_cannot_be_shown_is_answered_in_words_with_ways_on(client, path, status):
    response = client.get(path)

    assert response.status_code == status
    assert 'href="/acupuncturists/"' in response.content.decode()


def test_failure_of_the_site_is_answered_in_words(monkeypatch):
    def fail(*args, **options):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("acutake.views.search_site", fail)

    response = Client(raise_request_exception=False).get("/search/?q=heel")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert response.cookies == {}


def test_home_shows_featured_articles_first_in_their_order_and_only_public_ones(client):
    newest = make_article(published_at=timezone.now() - timedelta(hours=1))
    older, oldest = make_article(), make_article()
    draft = make_article(headline="Only a draft", status=Article.Status.DRAFT)
    for position, article in enumerate([oldest, draft, older]):
        Feature.objects.create(article=article, position=position)

    response = client.get("/")

    assert [response.context["lead"], *response.context["articles"]] == [oldest, older, newest]
    assert "Only a draft" not in response.text


def test_home_takes_as_many_queries_for_many_featured_articles_as_for_one(client):
    Feature.objects.create(article=make_article())
    make_article()
    few = queries_for(client, "/")

    for position in range(4):
        Feature.objects.create(article=make_article(), position=position)

    assert queries_for(client, "/") == few
