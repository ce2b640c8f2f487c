"""The address of one comment."""

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
