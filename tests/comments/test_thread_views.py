"""The address of one comment."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import change_slug
from comments.models import Comment
from tests.articles.factories import make_article
from tests.comments.factories import make_comment

pytestmark = pytest.mark.django_db


def get(client, comment):
    return client.get(f"/comments/{comment.pk}/")


def test_the_address_leads_to_the_comment_for_now(client):
    comment = make_comment(article=make_article(slug="heel"))
    assert comment.get_absolute_url() == f"/comments/{comment.pk}/"
    answer = get(client, comment)
    place = f"/articles/heel/#comment-{comment.pk}"
    assert (answer.status_code, answer["Location"]) == (302, place)
    change_slug(comment.article, "sole")
    assert get(client, comment)["Location"] == f"/articles/sole/#comment-{comment.pk}"


def test_a_comment_in_a_fold_is_found_opened(client):
    top = make_comment()
    answers = [make_comment(parent=top) for _ in range(6)]
    place = get(client, answers[-1])["Location"]
    assert place == f"{top.article.get_absolute_url()}?comment_at={answers[-1].pk}#comment-" + str(
        answers[-1].pk
    )
    html = client.get(place).content.decode()
    assert '<details class="comments__more" open>' in html
    assert f'id="comment-{answers[-1].pk}"' in html


@pytest.mark.parametrize(
    ("moment", "seconds", "is_fresh"),
    [
        ("created_at", 10, True),
        ("decided_at", 10, True),
        ("edited_at", 10, True),
        ("created_at", 61, False),
        ("decided_at", 61, False),
        ("edited_at", 61, False),
    ],
)
def test_no_copy_that_a_browser_keeps_hides_a_new_comment(
    client, settings, moment, seconds, is_fresh
):
    settings.PUBLIC_CACHE_SECONDS = 60
    article = make_article(slug="heel")
    written = timezone.now() - timedelta(seconds=seconds)
    comment = make_comment(article=article, **{moment: written})
    place = get(client, comment)["Location"]
    query = f"?comment_at={comment.pk}" if is_fresh else ""
    assert place == f"/articles/heel/{query}#comment-{comment.pk}"
    html = client.get(place).content.decode()
    assert f'id="comment-{comment.pk}"' in html
    canonical = re.search('<link rel="canonical" href="([^"]+)"', html)[1]
    assert canonical.endswith("/articles/heel/")


def test_where_browsers_keep_no_copy_the_address_stays_short(client, settings):
    settings.PUBLIC_CACHE_SECONDS = 0
    comment = make_comment(created_at=timezone.now())
    place = f"{comment.article.get_absolute_url()}#comment-{comment.pk}"
    assert get(client, comment)["Location"] == place


@pytest.mark.parametrize("status", [Comment.Status.PENDING, Comment.Status.SPAM, "removed"])
def test_a_comment_that_is_not_public_has_no_address(client, status):
    hidden = make_comment(status=status)
    make_comment(parent=hidden)
    assert get(client, hidden).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_comment_of_an_article_that_is_not_public_has_no_address(client, fields):
    assert get(client, make_comment(article=make_article(**fields))).status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30, "9" * 5_000])
def test_a_number_of_no_comment_has_no_address(client, number):
    assert client.get(f"/comments/{number}/").status_code == 404


def test_the_address_takes_two_queries(client, django_assert_num_queries):
    comment = make_comment()
    with django_assert_num_queries(2):
        get(client, comment)


def test_the_address_only_reads(client):
    comment = make_comment()
    assert client.post(f"/comments/{comment.pk}/").status_code == 405
