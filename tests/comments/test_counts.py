"""Counts of comments are the same everywhere, whatever becomes of a comment."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from comments import flags, moderation
from comments.models import Comment
from comments.reading import count_comments, read_thread
from tests.articles.factories import make_article
from tests.comments.factories import make_comment, make_moderator
from tests.feed_rules import check_feed

pytestmark = pytest.mark.django_db
Status = Comment.Status


def number_before(words: str, html: str) -> int:
    found = re.search(rf"([\d,]+) {words}s?<", html)
    return int(found[1].replace(",", "")) if found else 0


def counts(client, article) -> dict[str, int]:
    """Every count of the article's comments that the site shows or writes."""
    page = client.get(article.get_absolute_url()).content.decode()
    head, _, section = page.partition('<section class="comments"')
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', section, re.S)
    told = [node for block in blocks for node in json.loads(block)["@graph"]]
    feed = client.get(f"{article.get_absolute_url()}comments/feed/")
    row = client.get("/articles/").content.decode()
    return {
        "head": number_before("comment", head),
        "heading": number_before("comment", section),
        "machines": told[0]["commentCount"] if told else 0,
        "told": len(told[0]["comment"]) if told else 0,
        "thread": page.count('class="comment__body"'),
        "feed": len(
            check_feed(
                feed.content, served_at=f"http://testserver{feed.wsgi_request.path}"
            ).findall("{http://www.w3.org/2005/Atom}entry")
        ),
        "list": int((re.findall(r"([\d,]+) comments?\s*</p>", row) or [0])[0]),
    }


def test_all_counts_follow_whatever_becomes_of_a_comment(client):
    article, moderator, now = make_article(), make_moderator(), timezone.now()
    top = make_comment(article=article, status=Status.PENDING)
    reply = make_comment(parent=top, status=Status.PENDING)
    make_comment(article=article, status=Status.SPAM)
    other = make_comment(article=article)
    seen = [counts(client, article)]

    def then(do, *args, **kwargs):
        do(*args, **kwargs)
        for comment in (top, reply, other):
            comment.refresh_from_db()
        seen.append(counts(client, article))

    then(moderation.approve, top, at=now, by=moderator)
    then(moderation.approve, reply, at=now, by=moderator)
    then(moderation.answer, other, body="Thank you.", at=now, by=moderator)
    then(moderation.remove, top, at=now, by=moderator)
    then(withdraw, reply, at=now)
    then(report_three_times, other, at=now)
    assert [set(each.values()) for each in seen] == [{1}, {2}, {3}, {4}, {3}, {2}, {1}]


def withdraw(comment, *, at):
    Comment.objects.filter(pk=comment.pk).update(status=Status.REMOVED, withdrawn_at=at)


def report_three_times(comment, *, at):
    for last in (1, 2, 3):
        network = f"192.0.2.{last}"
        flags.report(comment, reason="rude", note="", network=network, is_trapped=False, at=at)


def test_an_article_without_comments_counts_none(client):
    assert set(counts(client, make_article()).values()) == {0}


def test_counts_of_a_list_are_those_of_its_threads(django_assert_num_queries):
    articles = [make_article() for _ in range(3)]
    gone = make_comment(article=articles[0], status=Status.REMOVED)
    for parent in (gone, make_comment(parent=gone), None):
        make_comment(article=articles[0], parent=parent)
    make_comment(article=articles[1])
    make_comment(article=articles[2], status=Status.PENDING)
    make_comment()
    with django_assert_num_queries(1):
        counted = count_comments(articles)
    assert counted == {articles[0].pk: 4, articles[1].pk: 1}
    threads = {article.pk: read_thread(article).count for article in articles}
    assert {key: count for key, count in threads.items() if count} == counted


def test_comments_of_an_article_that_is_not_public_count_nowhere(client):
    article = make_article(published_at=timezone.now() - timedelta(days=2))
    comment = make_comment(article=article)
    make_comment(parent=comment)
    Article.objects.filter(pk=article.pk).update(status=Article.Status.WITHDRAWN)
    assert "comment" not in re.findall(
        r"\d+ (\w+?)s?\s*</p>", client.get("/articles/").content.decode()
    )
    for path in ("", "comments/feed/", "comments/reported/"):
        assert client.get(f"{article.get_absolute_url()}{path}").status_code == 404
    assert client.get(comment.get_absolute_url()).status_code == 404
    assert Comment.objects.public(at=timezone.now()).count() == 0
