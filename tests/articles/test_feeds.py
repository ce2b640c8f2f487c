"""The Atom feeds, by the rules of RFC 4287."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from articles.feeds import ENTRIES, entry_id
from articles.models import Article, Byline
from articles.publishing import change_slug
from tests.articles.factories import PUBLISHED_AT, make_article, make_author

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = "http://testserver"


def get_feed(client, name="feed", *args, **headers):
    return client.get(reverse(f"articles:{name}", args=args), headers=headers)


def parse(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(element, path):
    return [found.text for found in element.findall(path, ATOM)]


def link(element, relation):
    return element.find(f"a:link[@rel='{relation}']", ATOM).get("href")


def test_an_entry_says_what_the_article_is(client):
    author, other = make_author(name="Rowan Reed"), make_author(name="Mara Moss")
    article = make_article(
        headline="Heel & <calf>",
        dek="Where it hurts & <why>.",
        authors=[author, other],
        tags=["running", "heel pain"],
        revised_at=PUBLISHED_AT + timedelta(days=3),
    )
    drew = Byline.Role.ILLUSTRATION
    article.bylines.create(author=make_author(name="Ida Ink"), role=drew, position=2)
    entry = parse(get_feed(client)).find("a:entry", ATOM)
    assert texts(entry, "a:title") == ["Heel & <calf>"]
    assert texts(entry, "a:summary") == ["Where it hurts &amp; &lt;why&gt;."]
    assert entry.find("a:summary", ATOM).get("type") == "html"
    assert texts(entry, "a:author/a:name") == ["Rowan Reed", "Mara Moss"]
    assert texts(entry, "a:author/a:uri") == [
        f"{SITE}{row.get_absolute_url()}" for row in (author, other)
    ]
    assert texts(entry, "a:contributor/a:name") == ["Ida Ink"]
    assert texts(entry, "a:published") == ["2026-03-01T09:00:00+00:00"]
    assert texts(entry, "a:updated") == ["2026-03-04T09:00:00+00:00"]
    assert link(entry, "alternate") == f"{SITE}{article.get_absolute_url()}"
    categories = [found.get("term") for found in entry.findall("a:category", ATOM)]
    assert categories == ["heel pain", "running"]


def test_each_feed_has_what_the_standard_asks_for(client):
    author = make_author()
    make_article(authors=[author], tags=["run"])
    for name, args, page in (
        ("feed", [], "/articles/"),
        ("tag_feed", ["run"], "/articles/tags/run/"),
        ("author_feed", [author.slug], author.get_absolute_url()),
    ):
        feed = parse(get_feed(client, name, *args))
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
        assert link(feed, "self") == f"{SITE}{reverse(f'articles:{name}', args=args)}"
        assert link(feed, "alternate") == texts(feed, "a:id")[0] == f"{SITE}{page}"
        assert texts(feed, "a:updated") == ["2026-03-01T09:00:00+00:00"]
        assert texts(feed, "a:author/a:name") == ["AcuTake"]
        assert len(feed.findall("a:entry", ATOM)) == 1


def test_addresses_are_those_of_the_site_whatever_host_was_asked(client, settings):
    settings.SITE_URL = "https://acutake.example"
    make_article()
    content = get_feed(client, "feed", host="localhost").content.decode()
    assert "localhost" not in content
    assert 'href="https://acutake.example/articles/' in content


def test_an_id_stays_when_everything_else_changes(client):
    article = make_article(slug="one")
    before = texts(parse(get_feed(client)), "a:entry/a:id")
    change_slug(article, "two")
    Article.objects.update(headline="New", published_at=datetime(2026, 2, 2, tzinfo=UTC))
    assert texts(parse(get_feed(client)), "a:entry/a:id") == before == [entry_id(article)]


def test_an_id_is_a_tag_uri():
    article = make_article()
    made_on = article.created_at.date().isoformat()
    assert entry_id(article) == f"tag:testserver,{made_on}:article/{article.pk}"


def test_the_newest_come_first_and_old_ones_leave(client):
    for number in range(ENTRIES + 2):
        make_article(
            headline=f"Number {number}", published_at=PUBLISHED_AT + timedelta(hours=number)
        )
    titles = texts(parse(get_feed(client)), "a:entry/a:title")
    assert titles == [f"Number {number}" for number in range(ENTRIES + 1, 1, -1)]


def test_who_has_it_already_is_told_so(client):
    make_article()
    first = get_feed(client)
    again = get_feed(client, "feed", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    make_article()
    assert get_feed(client, "feed", if_none_match=first["ETag"]).status_code == 200


def test_a_feed_without_entries_is_one_and_stays_the_same(client):
    first = get_feed(client)
    assert parse(first).findall("a:entry", ATOM) == []
    assert texts(parse(first), "a:updated") == ["1970-01-01T00:00:00+00:00"]
    assert get_feed(client, "feed", if_none_match=first["ETag"]).status_code == 304


def test_characters_that_xml_cannot_hold_are_left_out(client):
    make_article(headline="a\x02b\x7f", dek="c\x08d", authors=[make_author(name="e\x01f")])
    entry = parse(get_feed(client)).find("a:entry", ATOM)
    assert texts(entry, "a:title") == ["ab"]
    assert texts(entry, "a:summary") == ["cd"]
    assert texts(entry, "a:author/a:name") == ["ef"]
