"""Which comments wait, and for how long an article takes any."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.models import Article
from comments.models import Comment, ModerationAction
from comments.rules import (
    closes_at,
    holds_link,
    is_known,
    release_if_known,
    rule_of,
    takes_comments,
    why_closed,
    why_held,
)
from tests.articles.factories import PUBLISHED_AT, make_article
from tests.comments.factories import NOW, make_comment, make_moderator

Hold = Article.CommentHold
Act = ModerationAction.Act
SECOND = timedelta(seconds=1)
ANN = "ann@example.org"


@pytest.mark.parametrize("site", Hold.values)
@pytest.mark.parametrize("own", ["", *Hold.values])
def test_the_articles_own_rule_wins_over_that_of_the_site(settings, site, own):
    settings.COMMENTS_HOLD = site

    assert rule_of(Article(comment_hold=own)) == (own or site)


@pytest.mark.parametrize(
    ("site", "own", "days"),
    [(0, None, None), (14, None, 14), (14, 3, 3), (14, 0, None), (0, 3, 3), (0, 9_999, 9_999)],
)
def test_an_article_closes_after_its_own_days_or_those_of_the_site(settings, site, own, days):
    settings.COMMENTS_CLOSE_AFTER_DAYS = site
    article = Article(published_at=PUBLISHED_AT, comments_close_after_days=own)

    assert closes_at(article) == (days and PUBLISHED_AT + timedelta(days=days))


def test_what_has_no_date_or_one_at_the_end_of_the_calendar_closes_never():
    last = datetime(9999, 12, 31, tzinfo=UTC)

    assert closes_at(Article(comments_close_after_days=3)) is None
    assert closes_at(Article(comments_close_after_days=3, published_at=last)) is None


def test_an_article_takes_comments_up_to_its_end_unless_editors_closed_it():
    article = Article(published_at=PUBLISHED_AT, comments_close_after_days=1)
    end = PUBLISHED_AT + timedelta(days=1)

    assert takes_comments(article, at=end - SECOND)
    assert why_closed(article, at=end - SECOND) == ""
    assert not takes_comments(article, at=end)
    words = "Since March 2, 2026, 4 a.m., this article no longer takes comments."
    assert why_closed(article, at=end) == words
    article.takes_comments = False
    assert not takes_comments(article, at=end - SECOND)
    assert why_closed(article, at=end - SECOND) == "This article no longer takes comments."


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example",
        "see HTTP://SHOP.EXAMPLE/x",
        "www.shop.example",
        "Www.Shop.Example",
        "buy at shop.com",
        "buy at SHOP.COM!",
        "gel-shop.online/now",
        "ｗｗｗ．shop.example",
        "shop．com",
        "ftp://files.example",
        "\u0301\u0316" * 4_000 + "www.shop.example",
    ],
)
def test_a_web_address_is_a_link_however_it_is_spelled(text):
    assert holds_link("Ann", "", text)
    assert holds_link(text, "", "My heel hurts.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "My heel hurts.It is new.",
        "About 1.5 cm, i.e. half an inch: 10:30",
        "the www",
        "e.g.comb",
    ],
)
def test_prose_is_no_link(text):
    assert not holds_link(text)


@pytest.mark.django_db
def test_all_holds_every_comment_without_a_query(django_assert_num_queries):
    article = make_article(comment_hold=Hold.ALL)

    with django_assert_num_queries(0):
        assert why_held(article, email=ANN, has_link=False) == [{"code": "rule_all"}]


@pytest.mark.django_db
def test_links_holds_those_with_a_link_alone(django_assert_num_queries):
    article = make_article(comment_hold=Hold.LINKS)

    with django_assert_num_queries(0):
        assert why_held(article, email="", has_link=True) == [{"code": "rule_links"}]
        assert why_held(article, email="", has_link=False) == []


@pytest.mark.django_db
def test_first_holds_whoever_types_an_address_and_says_whether_it_is_known(
    django_assert_num_queries,
):
    article = make_article(comment_hold=Hold.FIRST)
    make_comment(commenter_email=ANN, proven_at=NOW)

    for email, is_known_address in [(ANN, True), (" ANN@example.ORG", True), ("b@x.org", False)]:
        with django_assert_num_queries(1):
            reasons = why_held(article, email=email, has_link=False)
        assert reasons == [{"code": "rule_first", "is_known": is_known_address}]
    with django_assert_num_queries(0):
        reasons = why_held(article, email="", has_link=False)
    assert reasons == [{"code": "rule_first", "is_known": False}]


@pytest.mark.django_db
@pytest.mark.parametrize("status", Comment.Status.values)
@pytest.mark.parametrize("proven_at", [None, NOW])
def test_known_is_who_has_a_public_comment_under_a_proven_address(status, proven_at):
    make_comment(commenter_email="Ann@Example.org", status=status, proven_at=proven_at)

    assert is_known(ANN) == (status == "approved" and proven_at is not None)


@pytest.mark.django_db
def test_an_editors_answer_makes_nobody_known():
    make_comment(commenter_email=ANN, proven_at=NOW, editor=make_moderator())

    assert not is_known(ANN)


def make_held(**fields):
    """Ann's second comment, whose address she has just proven; the first one is public."""
    make_comment(commenter_email=ANN.upper(), proven_at=NOW)
    defaults = {
        "article": make_article(comment_hold=Hold.FIRST),
        "commenter_email": ANN,
        "status": "pending",
        "proven_at": NOW,
        "screening": [{"code": "rule_first", "is_known": True}],
    }
    return make_comment(**{**defaults, **fields})


@pytest.mark.django_db
def test_a_known_writers_comment_is_published_when_its_address_is_proven():
    comment = make_held()

    assert release_if_known(comment, at=NOW)

    assert (comment.status, comment.decided_at) == ("approved", NOW)
    comment.refresh_from_db()
    assert (comment.status, comment.decided_at, comment.decided_by) == ("approved", NOW, None)
    action = comment.moderation_actions.get()
    assert (action.act, action.from_status, action.to_status, action.by, action.at) == (
        *(Act.SCREENED, "pending", "approved", None),
        NOW,
    )
    assert not release_if_known(comment, at=NOW + SECOND)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"proven_at": None},
        {"commenter_email": "bob@example.org"},
        {"commenter_email": ""},
        {"status": "spam"},
        {"status": "removed"},
        {"screening": []},
        {"screening": [{"code": "rule_all"}]},
        {"screening": [{"code": "rule_first"}, {"code": "links", "count": 3}]},
    ],
)
def test_what_waits_for_more_than_a_proof_stays(fields):
    comment = make_held(**fields)

    assert not release_if_known(comment, at=NOW)

    comment.refresh_from_db()
    assert comment.status == fields.get("status", "pending")
    assert not comment.moderation_actions.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("hold", [Hold.ALL, Hold.LINKS])
def test_the_rule_of_the_moment_decides(hold):
    comment = make_held(article=make_article(comment_hold=hold))

    assert not release_if_known(comment, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "is_released"),
    [(Act.EDITED, True), (Act.REPORTED, False), (Act.DECIDED, False), (Act.UNDONE, False)],
)
def test_what_people_decided_about_waits_for_them(act, is_released):
    comment = make_held()
    ModerationAction.objects.create(comment=comment, act=act, to_status="pending", at=NOW)

    assert release_if_known(comment, at=NOW) == is_released


@pytest.mark.django_db
def test_a_comment_does_not_make_its_own_writer_known():
    comment = make_comment(
        article=make_article(comment_hold=Hold.FIRST),
        commenter_email=ANN,
        status="pending",
        proven_at=NOW,
        screening=[{"code": "rule_first", "is_known": False}],
    )

    assert not release_if_known(comment, at=NOW)


@pytest.mark.django_db
def test_who_was_decided_about_meanwhile_is_not_published():
    comment = make_held()
    Comment.objects.filter(pk=comment.pk).update(status="spam")

    assert not release_if_known(comment, at=NOW)
    assert Comment.objects.get(pk=comment.pk).status == "spam"
