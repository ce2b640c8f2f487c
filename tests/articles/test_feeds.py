"""The Atom feeds of articles, by the rules of RFC 4287."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.http import http_date

from articles.feeds import ENTRIES, entry_id
from articles.models import Article, Byline
from articles.publishing import change_slug, refresh_derived, withdraw
from tests.articles.factories import NOW, PUBLISHED_AT, make_article, make_author, make_image
from tests.directory.factories import make_practitioner, make_specialty
from tests.feed_rules import check_feed

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = "http://testserver"


def get_feed(client, name="feed", *args, **headers):
    return client.get(reverse(f"articles:{name}", args=args), headers=headers)


def parse(response, *, site=SITE):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return check_feed(response.content, served_at=f"{site}{response.wsgi_request.path}")


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
    assert texts(entry, "a:summary") == ["Where it hurts & <why>."]
    assert entry.find("a:summary", ATOM).get("type", "text") == "text"
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
    author, kind = make_author(), make_specialty(slug="sports")
    make_article(authors=[author], tags=["run"], specialties=[kind])
    for name, args, page in (
        ("specialty_feed", ["sports"], "/articles/specialties/sports/"),
        ("feed", [], "/articles/"),
        ("tag_feed", ["run"], "/articles/tags/run/"),
        ("author_feed", [author.slug], author.get_absolute_url()),
    ):
        feed = parse(get_feed(client, name, *args))
        assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
        assert link(feed, "self") == f"{SITE}{reverse(f'articles:{name}', args=args)}"
        assert link(feed, "alternate") == f"{SITE}{page}"
        assert texts(feed, "a:updated") == ["2026-03-01T09:00:00+00:00"]
        assert texts(feed, "a:author/a:name") == ["AcuTake"]
        assert len(feed.findall("a:entry", ATOM)) == 1


def test_each_page_names_its_feed(client):
    author, kind = make_author(), make_specialty(slug="sports")
    article = make_article(authors=[author], tags=["run"], specialties=[kind])
    for page, feed in (
        ("/articles/specialties/sports/", "/articles/specialties/sports/feed/"),
        ("/articles/", "/articles/feed/"),
        ("/articles/tags/run/", "/articles/tags/run/feed/"),
        (author.get_absolute_url(), f"{author.get_absolute_url()}feed/"),
        (article.get_absolute_url(), f"{article.get_absolute_url()}comments/feed/"),
    ):
        html = client.get(page).content.decode()
        found = re.findall(
            r'<link rel="alternate" type="application/atom\+xml".* href="(.*?)"', html
        )
        assert sorted({"/articles/feed/", feed}) == sorted(found)
        assert client.get(feed).status_code == 200


def test_addresses_are_those_of_the_site_whatever_host_was_asked(client, settings):
    settings.SITE_URL = "https://acutake.example"
    make_article()
    content = get_feed(client, "feed", host="localhost").content.decode()
    assert "localhost" not in content
    assert 'href="https://acutake.example/articles/' in content


def test_an_id_stays_when_everything_else_changes(client, settings):
    article = make_article(slug="one")
    before = texts(parse(get_feed(client)), "a:entry/a:id")
    change_slug(article, "two")
    Article.objects.update(headline="New", published_at=datetime(2026, 2, 2, tzinfo=UTC))
    settings.SITE_URL = "https://elsewhere.example"
    after = texts(parse(get_feed(client), site=settings.SITE_URL), "a:entry/a:id")
    assert after == before == [entry_id(article)]


def test_an_id_is_a_tag_uri():
    article = make_article()
    made_on = article.created_at.date().isoformat()
    assert entry_id(article) == f"tag:testserver,{made_on}:article/{article.pk}"


def test_the_id_of_a_feed_stays_when_its_address_changes(client, settings):
    author = make_author()
    article = make_article(authors=[author], tags=["run"])
    tag = article.tags.get()
    settings.SITE_URL = "https://elsewhere.example"
    tag.slug, author.slug = "running", "somebody-else"
    tag.save()
    author.save()
    for name, args, id_ in (
        ("feed", [], "tag:testserver,2026:feed"),
        ("tag_feed", ["running"], f"tag:testserver,2026:feed/tag/{tag.pk}"),
        ("author_feed", ["somebody-else"], f"tag:testserver,2026:feed/author/{author.pk}"),
    ):
        feed = parse(get_feed(client, name, *args), site=settings.SITE_URL)
        assert texts(feed, "a:id") == [id_]


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
    for had in (
        {"if_none_match": first["ETag"]},
        {"if_none_match": f"W/{first['ETag']}"},
        {"if_modified_since": first["Last-Modified"]},
    ):
        again = get_feed(client, "feed", **had)
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
        assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"
    make_article()
    assert get_feed(client, "feed", if_none_match=first["ETag"]).status_code == 200


def test_who_has_what_was_withdrawn_gets_the_feed_anew(client):
    """By the dates of those that remain the feed would be older than what the reader has."""
    make_article(published_at=PUBLISHED_AT - timedelta(days=9))
    article = make_article()
    first = get_feed(client)
    withdraw(article, at=NOW, by=None)
    for had in (
        {"if_none_match": first["ETag"]},
        {"if_modified_since": first["Last-Modified"]},
    ):
        assert len(parse(get_feed(client, "feed", **had)).findall("a:entry", ATOM)) == 1


def test_a_date_that_is_none_is_as_good_as_no_date(client):
    make_article()
    for date in ("yesterday", "\0", "99999999999999", http_date(0)):
        assert get_feed(client, "feed", if_modified_since=date).status_code == 200


def test_a_look_at_its_head_is_told_what_a_whole_look_is(client):
    make_article()
    whole = get_feed(client)
    head = client.head(reverse("articles:feed"))
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.items()) == dict(whole.items())


def test_a_feed_without_entries_is_one_and_stays_the_same(client):
    first = get_feed(client)
    assert parse(first).findall("a:entry", ATOM) == []
    assert texts(parse(first), "a:updated") == ["1970-01-01T00:00:00+00:00"]
    assert get_feed(client, "feed", if_none_match=first["ETag"]).status_code == 304


def test_characters_that_xml_cannot_hold_are_left_out(client):
    bad = "\x02\x08\x0e\x7f\x9f\ufffe\uffff"
    make_article(
        headline=f"a{bad}b",
        dek=f"c{bad}d",
        authors=[make_author(name=f"e{bad}f")],
        tags=[f"g{bad}h"],
        body=f"<p>i{bad}j &#2; &#xfffe; &#xd800;</p><p><a href='/{bad}x/'>k</a></p>",
    )
    entry = parse(get_feed(client)).find("a:entry", ATOM)
    assert texts(entry, "a:title") == ["ab"]
    assert texts(entry, "a:summary") == ["cd"]
    assert texts(entry, "a:author/a:name") == ["ef"]
    assert entry.find("a:category", ATOM).get("term") == "gh"
    content = entry.findtext("a:content", None, ATOM)
    assert content.startswith("<p>ij")
    assert content.endswith(f'<p><a href="{SITE}/x/">k</a></p>')


HOSTILE = "</content>]]><script>alert(1)</script>&amp;&lt;b&gt;\u2028\u202e\U0001f9e0\"'"


def test_hostile_words_are_words_in_every_feed(client):
    author = make_author(name=HOSTILE)
    make_article(
        headline=HOSTILE, dek=HOSTILE, body=f"<p>{HOSTILE}</p>", authors=[author], tags=[HOSTILE]
    )
    tag = Article.tags.get(name=HOSTILE)
    shown = HOSTILE.replace("\u202e", "").replace("\u2028", " ")
    for name, args in (
        ("feed", []),
        ("tag_feed", [tag.slug]),
        ("author_feed", [author.slug]),
    ):
        entry = parse(get_feed(client, name, *args)).find("a:entry", ATOM)
        assert texts(entry, "a:title") == texts(entry, "a:summary") == [shown]
        assert texts(entry, "a:author/a:name") == [shown]


def test_the_whole_text_stands_alone(client):
    """Addresses are whole, pictures have their credit, and nothing waits for our stylesheet."""
    person = make_practitioner(slug="ada")
    lead = make_image(caption="The lead.", credit="Ida Ink")
    shown = make_image(alt_text="A calf", credit="Mo Moss", long_description="It is a calf.")
    body = (
        "<h2>Where</h2>"
        f'<p>a<sup data-note="">See <a href="https://x.example/?a=1&amp;b=2">x</a>.</sup> '
        f'<a data-practitioner="{person.pk}">ada</a> <a href="/about/">about</a></p>'
        f'<figure data-image="{shown.pk}"><figcaption>The <em>calf</em></figcaption></figure>'
        '<aside data-kind="callout"><p>b</p></aside><ol start="3"><li>c</li></ol>'
    )
    article = make_article(body=body, lead_image=lead)
    page = f"{SITE}{article.get_absolute_url()}"
    content = parse(get_feed(client)).findtext("a:entry/a:content", None, ATOM)
    assert "".join(content.split("\n")).replace("  ", "") == (
        f'<figure><img src="{SITE}{lead.file.url}" alt="{lead.alt_text}">'
        "<figcaption><p>The lead.</p><p>Ida Ink</p></figcaption></figure>"
        f'<h2>Where</h2><p>a<sup><a href="{page}#note-1">1</a></sup> '
        f'<a href="{SITE}/acupuncturists/ada/">ada</a> <a href="{SITE}/about/">about</a></p>'
        f'<figure><img src="{SITE}{shown.file.url}" alt="A calf">'
        "<figcaption><p>The <em>calf</em></p><p>Mo Moss</p>"
        "<details><summary>The picture in words</summary><p>It is a calf.</p></details>"
        "</figcaption></figure>"
        '<aside><p>b</p></aside><ol start="3"><li>c</li></ol>'
        '<h2>Notes</h2><ol><li>See <a href="https://x.example/?a=1&amp;b=2">x</a>. </li></ol>'
    )


def test_a_site_may_give_the_summary_alone(client, settings):
    make_article(dek="Where it hurts.")
    settings.FEED_CONTENT = "summary"
    entry = parse(get_feed(client)).find("a:entry", ATOM)
    assert texts(entry, "a:summary") == ["Where it hurts."]
    assert texts(entry, "a:content") == []


def test_who_is_not_listed_is_not_linked_to(client):
    person = make_practitioner(slug="ada", listing="withdrawn")
    make_article(body=f'<p>By <a data-practitioner="{person.pk}">somebody</a>.</p>')
    content = parse(get_feed(client)).findtext("a:entry/a:content", None, ATOM)
    assert content == "<p>By somebody.</p>"


def make_illustrated(number):
    other = make_article(status=Article.Status.DRAFT)
    person = make_practitioner(slug=f"person-{number}")
    article = make_article(
        lead_image=make_image(),
        tags=[f"tag {number}", "run"],
        body=f'<figure data-image="{make_image().pk}"></figure><a data-article="{other.pk}">a</a>'
        f'<a data-practitioner="{person.pk}">b</a>',
    )
    refresh_derived(article, at=NOW)
    return article


@pytest.mark.parametrize("content", ["full", "summary"])
def test_a_feed_of_many_takes_as_many_queries_as_one_of_few(
    client, settings, django_assert_num_queries, content
):
    settings.FEED_CONTENT = content
    make_illustrated(0)
    count = {"full": 7, "summary": 4}[content]
    with django_assert_num_queries(count):
        get_feed(client)
    for number in range(1, 6):
        make_illustrated(number)
    with django_assert_num_queries(count):
        assert len(parse(get_feed(client)).findall("a:entry", ATOM)) == 6


def test_a_program_that_reads_feeds_understands_all_of_it(client):
    feedparser = pytest.importorskip("feedparser")
    article = make_article(
        headline="Heel & <calf>",
        dek="Where it hurts & <why>.",
        body="<p>Where <em>it</em> hurts &amp; &lt;why&gt;.</p>",
        authors=[make_author(name="Rowan Reed"), make_author(name="Mara Moss")],
        tags=["heel pain"],
        revised_at=PUBLISHED_AT + timedelta(days=3),
    )
    response = get_feed(client)
    headers = {name.lower(): value for name, value in response.items()}
    read = feedparser.parse(response.content, response_headers=headers)
    assert (read.bozo, read.version, len(read.entries)) == (0, "atom10", 1)
    assert (read.feed.title, read.feed.id) == ("AcuTake: articles", "tag:testserver,2026:feed")
    entry = read.entries[0]
    assert (entry.title, entry.id) == ("Heel & <calf>", entry_id(article))
    assert entry.link == f"{SITE}{article.get_absolute_url()}"
    assert [author.name for author in entry.authors] == ["Rowan Reed", "Mara Moss"]
    assert [tag.term for tag in entry.tags] == ["heel pain"]
    assert entry.summary == "Where it hurts & <why>."
    assert [part.value for part in entry.content] == [
        "<p>Where <em>it</em> hurts &amp; &lt;why&gt;.</p>"
    ]
    assert tuple(entry.published_parsed)[:6] == (2026, 3, 1, 9, 0, 0)
    assert tuple(entry.updated_parsed)[:6] == (2026, 3, 4, 9, 0, 0)
