"""The Atom feed of an article's comments: approved ones, under the names that the page shows."""

from datetime import timedelta

import pytest

from articles.feeds import entry_id
from articles.models import Article
from articles.publishing import change_slug
from comments.feeds import ENTRIES
from comments.models import Comment
from comments.moderation import approve, remove
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_licensed
from tests.feed_rules import check_feed

pytestmark = pytest.mark.django_db

ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "thr": "http://purl.org/syndication/thread/1.0",
}
SITE = "http://testserver"


def get_feed(client, article, **headers):
    return client.get(f"/articles/{article.slug}/comments/feed/", headers=headers)


def parse(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return check_feed(response.content, served_at=f"{SITE}{response.wsgi_request.path}")


def texts(element, path):
    return [found.text for found in element.findall(path, ATOM)]


def answered(entry):
    found = entry.find("thr:in-reply-to", ATOM)
    return found.get("ref"), found.get("href")


def id_of(comment):
    return f"tag:testserver,2026:comment/{comment.pk}"


def test_an_entry_says_who_wrote_what_and_when(client):
    article = make_article(headline="Heel & calf")
    comment = make_comment(
        article=article,
        commenter_name="Rowan Reed",
        body="Why <b>?\n\nSee https://x.example/?a=1&b=2",
        decided_at=NOW + timedelta(days=1),
        created_at=NOW,
    )
    feed = parse(get_feed(client, article))
    assert texts(feed, "a:title") == ["Comments on “Heel & calf”"]
    assert texts(feed, "a:id") == [f"tag:testserver,2026:feed/comments/{article.pk}"]
    entry = feed.find("a:entry", ATOM)
    assert texts(entry, "a:title") == ["Rowan Reed on “Heel & calf”"]
    assert texts(entry, "a:id") == [id_of(comment)]
    assert texts(entry, "a:author/a:name") == ["Rowan Reed"]
    assert texts(entry, "a:author/a:uri") == []
    assert texts(entry, "a:published") == ["2026-03-15T12:00:00+00:00"]
    assert texts(entry, "a:updated") == ["2026-03-16T12:00:00+00:00"]
    place = f"{SITE}/comments/{comment.pk}/"
    assert entry.find("a:link", ATOM).get("href") == place
    assert texts(entry, "a:content") == [
        '<p dir="auto">Why &lt;b&gt;?</p>\n<p dir="auto">See <a href="https://x.example/?a=1&amp;b=2"'
        ' rel="nofollow ugc noopener">https://x.example/?a=1&amp;b=2</a></p>'
    ]


def test_only_what_is_approved_is_told(client):
    article = make_article()
    comments = {status: make_comment(article=article, status=status) for status in Comment.Status}
    make_comment()
    ids = texts(parse(get_feed(client, article)), "a:entry/a:id")
    assert ids == [id_of(comments[Comment.Status.APPROVED])]


def test_a_comment_leaves_when_it_is_removed_and_the_reader_is_told(client):
    comment, moderator = make_comment(), make_moderator()
    first = get_feed(client, comment.article)
    assert texts(parse(first), "a:entry/a:id") == [id_of(comment)]
    remove(comment, at=NOW, by=moderator)
    for had in (
        {"if_none_match": first["ETag"]},
        {"if_modified_since": first["Last-Modified"]},
    ):
        assert texts(parse(get_feed(client, comment.article, **had)), "a:entry") == []


def test_who_has_it_already_is_told_so(client):
    comment = make_comment()
    first = get_feed(client, comment.article)
    again = get_feed(client, comment.article, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_reply_names_what_it_answers_and_everything_else_the_article(client):
    article = make_article()
    top = make_comment(article=article)
    reply = make_comment(parent=top)
    gone = make_comment(article=article, status=Comment.Status.REMOVED)
    orphan = make_comment(parent=gone)
    page = f"{SITE}/articles/{article.slug}/"
    entries = parse(get_feed(client, article)).findall("a:entry", ATOM)
    assert {entry.findtext("a:id", None, ATOM): answered(entry) for entry in entries} == {
        id_of(top): (entry_id(article), page),
        id_of(reply): (id_of(top), f"{SITE}/comments/{top.pk}/"),
        id_of(orphan): (entry_id(article), page),
    }


@pytest.mark.parametrize(
    ("listing", "name", "uri"),
    [
        ("listed", "Ada Alder", f"{SITE}/acupuncturists/ada/"),
        ("withdrawn", "Somebody", None),
    ],
)
def test_a_practitioner_has_a_page_while_listed(client, listing, name, uri):
    person = make_licensed(slug="ada", name="Ada Alder", listing=listing)
    comment = make_comment(practitioner=person, commenter_name="Somebody")
    entry = parse(get_feed(client, comment.article)).find("a:entry", ATOM)
    assert texts(entry, "a:author/a:name") == [name]
    assert texts(entry, "a:author/a:uri") == ([uri] if uri else [])


def test_nobody_is_anonymous_and_no_address_is_told(client):
    comment = make_comment(commenter_name="", commenter_email="secret@r.example.org")
    response = get_feed(client, comment.article)
    assert texts(parse(response), "a:entry/a:author/a:name") == ["Anonymous"]
    assert b"r.example.org" not in response.content


def test_what_was_approved_last_comes_first_and_old_ones_leave(client):
    """By the time of writing one that waited long would never be in the feed."""
    article, moderator = make_article(), make_moderator()
    late = make_comment(article=article, status=Comment.Status.PENDING, created_at=NOW)
    for _ in range(ENTRIES):
        make_comment(article=article)
    approve(late, at=NOW + timedelta(days=9), by=moderator)
    ids = texts(parse(get_feed(client, article)), "a:entry/a:id")
    assert (ids[0], len(ids)) == (id_of(late), ENTRIES)


def test_hostile_words_are_words(client):
    bad = "]]></content><script>alert(1)</script>&amp;\x02\x0b\ufffe\u202e\U0001f9e0"
    comment = make_comment(commenter_name=bad[:60], body=bad)
    entry = parse(get_feed(client, comment.article)).find("a:entry", ATOM)
    assert "\ufffe" not in "".join(entry.itertext())
    assert entry.findtext("a:content", None, ATOM).startswith(
        '<p dir="auto">]]&gt;&lt;/content&gt;&lt;script&gt;'
    )


def test_an_article_without_comments_has_a_feed_too(client):
    feed = parse(get_feed(client, make_article()))
    assert texts(feed, "a:entry") == []
    assert texts(feed, "a:updated") == ["2026-03-01T09:00:00+00:00"]


def test_an_old_address_leads_to_the_new_feed_and_the_id_stays(client):
    comment = make_comment(article=make_article(slug="one"))
    before = parse(get_feed(client, comment.article))
    change_slug(comment.article, "two")
    answer = client.get("/articles/one/comments/feed/")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/two/comments/feed/")
    after = parse(client.get(answer["Location"]))
    for path in ("a:id", "a:entry/a:id"):
        assert texts(after, path) == texts(before, path)


@pytest.mark.parametrize("status", [Article.Status.DRAFT, Article.Status.WITHDRAWN])
def test_an_article_that_is_not_public_has_no_feed(client, status):
    comment = make_comment(article=make_article(status=status))
    assert get_feed(client, comment.article).status_code == 404
    assert client.get("/articles/nowhere/comments/feed/").status_code == 404


def test_a_feed_of_many_takes_as_many_queries_as_one_of_few(client, django_assert_num_queries):
    article = make_article()
    for number in (1, 9):
        for _ in range(number):
            make_comment(parent=make_comment(article=article, practitioner=make_licensed()))
        with django_assert_num_queries(2):
            parse(get_feed(client, article))


def test_a_program_that_reads_feeds_understands_all_of_it(client):
    feedparser = pytest.importorskip("feedparser")
    top = make_comment(commenter_name="Rowan Reed", body="It hurts.")
    reply = make_comment(parent=top, commenter_name="Mara Moss", body="Where?")
    response = get_feed(client, top.article)
    headers = {name.lower(): value for name, value in response.items()}
    read = feedparser.parse(response.content, response_headers=headers)
    assert (read.bozo, read.version) == (0, "atom10")
    assert [(entry.author, entry.id) for entry in read.entries] == [
        ("Mara Moss", id_of(reply)),
        ("Rowan Reed", id_of(top)),
    ]
    assert [entry["thr_in-reply-to"]["ref"] for entry in read.entries] == [
        id_of(top),
        entry_id(top.article),
    ]


def test_a_comment_that_its_writer_changed_is_told_anew(client):
    article = make_article()
    first = make_comment(article=article, created_at=NOW, decided_at=NOW + timedelta(hours=1))
    second = make_comment(article=article, created_at=NOW, decided_at=NOW + timedelta(hours=2))
    before = get_feed(client, article)
    assert texts(parse(before), "a:entry/a:id") == [id_of(second), id_of(first)]
    Comment.objects.filter(pk=first.pk).update(
        body="Better words.", edited_at=NOW + timedelta(hours=3)
    )
    after = get_feed(client, article, if_none_match=before["ETag"])
    feed = parse(after)
    assert texts(feed, "a:entry/a:id") == [id_of(first), id_of(second)]
    assert texts(feed, "a:updated") == ["2026-03-15T15:00:00+00:00"]
    entry = feed.find("a:entry", ATOM)
    assert texts(entry, "a:updated") == ["2026-03-15T15:00:00+00:00"]
    assert texts(entry, "a:published") == ["2026-03-15T12:00:00+00:00"]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Comment.Status.PENDING},
        {"status": Comment.Status.REMOVED, "withdrawn_at": NOW},
    ],
)
def test_a_comment_that_is_held_or_withdrawn_leaves_and_its_answer_is_one_to_the_article(
    client, fields
):
    comment = make_comment()
    answer = make_comment(parent=comment)
    Comment.objects.filter(pk=comment.pk).update(**fields)
    feed = parse(get_feed(client, comment.article))
    assert texts(feed, "a:entry/a:id") == [id_of(answer)]
    assert answered(feed.find("a:entry", ATOM))[0] == entry_id(comment.article)


@pytest.mark.parametrize(("asks", "told"), [(True, ["https://rowan.example/?a=1&b"]), (False, [])])
def test_a_web_site_is_told_where_settings_ask_for_it(client, settings, asks, told):
    settings.COMMENTS_ASK_WEBSITE = asks
    comment = make_comment(website="https://rowan.example/?a=1&b")
    feed = parse(get_feed(client, comment.article))
    assert texts(feed, "a:entry/a:author/a:uri") == told
