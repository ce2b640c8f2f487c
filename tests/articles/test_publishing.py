"""Publishing, withdrawing, addresses, and what is derived from the words."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles import urls
from articles.models import Article, ArticlePath
from articles.publishing import (
    RESERVED_SLUGS,
    change_slug,
    check_slug,
    publish,
    refresh_derived,
    withdraw,
)
from tests.articles.factories import NOW, PUBLISHED_AT, make_article, make_author, make_image

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_draft(**fields):
    return make_article(status=Article.Status.DRAFT, **{"published_at": None, **fields})


def test_a_draft_becomes_public_at_the_moment_of_publishing():
    article = make_draft()
    publish(article, at=NOW, by=None)
    article.refresh_from_db()
    assert (article.status, article.published_at, article.first_published_at) == (
        Article.Status.PUBLISHED,
        NOW,
        NOW,
    )


@pytest.mark.parametrize(("planned", "becomes"), [(NOW - DAY, NOW - DAY), (NOW + DAY, NOW)])
def test_an_earlier_date_is_kept_and_a_later_one_becomes_now(planned, becomes):
    article = make_draft(published_at=planned)
    publish(article, at=NOW, by=None)
    article.refresh_from_db()
    assert article.published_at == becomes


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"body": "<p> </p>"}, "empty"),
        ({"body": '<p>x</p><figure data-image="99"></figure>'}, "missing_picture"),
        ({"expires_at": NOW}, "expired"),
        ({"expires_at": NOW - DAY, "published_at": NOW - 2 * DAY}, "expired"),
    ],
)
def test_what_nobody_could_read_is_not_published(fields, code):
    article = make_draft(**fields)
    with pytest.raises(ValidationError) as caught:
        publish(article, at=NOW, by=None)
    assert [error.code for error in caught.value.error_list] == [code]
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"alt_text": ""}, ["missing_alt_text"]),
        ({"credit": ""}, ["missing_credit"]),
        ({"alt_text": "", "credit": ""}, ["missing_alt_text", "missing_credit"]),
        ({"alt_text": "", "is_decorative": True}, []),
    ],
)
@pytest.mark.parametrize("is_lead", [True, False])
def test_a_picture_without_its_alternative_or_credit_stops_the_publication(fields, codes, is_lead):
    image = make_image(**fields)
    body = "<p>x</p>" if is_lead else f'<p>x</p><figure data-image="{image.pk}"></figure>'
    article = make_draft(body=body, lead_image=image if is_lead else None)
    try:
        publish(article, at=NOW, by=None)
        found = []
    except ValidationError as error:
        found = [reason.code for reason in error.error_list]
    article.refresh_from_db()
    assert (found, article.status) == (codes, "draft" if codes else "published")


def test_withdrawing_takes_an_article_from_the_public_and_keeps_its_dates():
    article = make_article()
    withdraw(article, at=NOW, by=None)
    article.refresh_from_db()
    assert article.status == Article.Status.WITHDRAWN
    assert article.published_at == article.first_published_at == PUBLISHED_AT
    assert not article.is_published(at=NOW)


def test_publishing_again_keeps_the_first_publication():
    article = make_article()
    withdraw(article, at=NOW, by=None)
    publish(article, at=NOW + DAY, by=None)
    article.refresh_from_db()
    assert article.first_published_at == PUBLISHED_AT


def test_the_log_says_who_did_what_and_when():
    editor = User.objects.create_user("editor")
    article = make_draft()
    publish(article, at=NOW, by=editor)
    withdraw(article, at=NOW + DAY, by=editor)
    log = LogEntry.objects.order_by("action_time")
    assert [(row.user, row.action_time, row.change_message) for row in log] == [
        (editor, NOW, "Published."),
        (editor, NOW + DAY, "Withdrawn."),
    ]
    assert {row.object_id for row in log} == {str(article.pk)}


def test_words_are_counted_and_folded_with_authors_and_tags():
    author = make_author(name="Zoë Reed")
    article = make_article(
        headline="Heel Pain",
        dek="A dek.",
        body="<p>Über the calf</p>",
        authors=[author],
        tags=["Run"],
    )
    article.refresh_from_db()
    assert article.word_count == 3
    assert article.search_text == "heel pain\na dek.\nuber the calf\nzoe reed\nrun"


def test_an_article_that_its_dates_published_gets_its_first_publication():
    article = make_draft()
    Article.objects.filter(pk=article.pk).update(status="published", published_at=NOW + DAY)
    article.refresh_from_db()
    refresh_derived(article, at=NOW)
    assert article.first_published_at == NOW + DAY
    article.published_at = NOW + 3 * DAY
    refresh_derived(article, at=NOW)
    assert article.first_published_at == NOW + 3 * DAY
    article.published_at = NOW + 2 * DAY
    refresh_derived(article, at=NOW + 4 * DAY)
    assert article.first_published_at == NOW + 3 * DAY


def test_a_changed_slug_leaves_the_old_address():
    article = make_article(slug="one")
    change_slug(article, "two")
    change_slug(article, "three")
    article.refresh_from_db()
    assert article.slug == "three"
    assert set(article.paths.values_list("slug", flat=True)) == {"one", "two"}


def test_going_back_to_an_old_slug_makes_no_loop():
    article = make_article(slug="one")
    change_slug(article, "two")
    change_slug(article, "one")
    assert list(article.paths.values_list("slug", flat=True)) == ["two"]


def test_a_draft_that_nobody_saw_leaves_no_address():
    article = make_draft(slug="one")
    change_slug(article, "two")
    assert ArticlePath.objects.count() == 0


@pytest.mark.parametrize(
    "slug", ["other", "others-old", "feed", "tags", "authors", "specialties", "2026"]
)
def test_an_address_of_another_page_is_refused(slug):
    other = make_article(slug="others-old")
    change_slug(other, "other")
    article = make_article(slug="mine")
    with pytest.raises(ValidationError) as caught:
        change_slug(article, slug)
    assert caught.value.code == "slug_taken"
    article.refresh_from_db()
    assert article.slug == "mine"


def test_first_part_of_every_other_address_is_reserved():
    firsts = {str(route.pattern).partition("/")[0] for route in urls.urlpatterns}
    assert firsts - {"", "<slug:slug>", "<int:year>", "<year:year>"} == RESERVED_SLUGS


def test_ones_own_slug_may_stay():
    article = make_article(slug="mine")
    check_slug("mine", article=article)
    change_slug(article, "mine")
    assert ArticlePath.objects.count() == 0


def test_year_that_an_article_has_for_its_address_may_stay():
    article = make_article(slug="2026")
    check_slug("2026", article=article)
