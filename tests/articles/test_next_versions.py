"""A published article beside its next version: what readers get, on every page, at every moment.

The clock of these tests stands still; the moment at which a version goes out lies on either side.
"""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from acutake.site_search import search_site
from articles.models import Article, Draft
from articles.next_versions import (
    begin_next_version,
    discard_next_version,
    publish_next_version,
    schedule_next_version,
    settle,
    settle_all,
    unschedule_next_version,
)
from articles.publishing import refresh_derived, withdraw
from articles.related import related_articles
from tests.articles.factories import NOW, PUBLISHED_AT, make_article, make_author, make_image

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def make_next_version(article, *, at=NOW, authors=None, tags=None, **fields):
    version = begin_next_version(article, at=at, by=None)
    for name, value in fields.items():
        setattr(version, name, value)
    version.save()
    if tags is not None:
        version.tags.set(tags)
    if authors is not None:
        version.bylines.all().delete()
        for author in authors:
            version.bylines.create(author=author)
    refresh_derived(version)
    return version


@pytest.fixture
def old_author(db):
    return make_author(name="Olga Old", slug="olga")


@pytest.fixture
def new_author(db):
    return make_author(name="Nora New", slug="nora")


def make_changing_article(old_author, new_author, *, goes_out_at, at):
    """Everything that readers see of it differs between what is published and what comes."""
    article = make_article(
        slug="calf",
        headline="Old headline",
        body="<p>Oldword.</p>",
        authors=[old_author],
        tags=["oldtag"],
        lead_image=make_image(alt_text="Old picture"),
    )
    version = make_next_version(
        article,
        headline="New headline",
        body="<p>Newword.</p>",
        authors=[new_author],
        tags=["newtag"],
        lead_image=make_image(alt_text="New picture"),
        revision_note="A dose was corrected.",
        at=at,
    )
    schedule_next_version(version, goes_out_at=goes_out_at, at=at, by=None)
    return article


# A page of results marks the words that were looked for.
MARK = re.compile("</?mark>")
# Each address with what it answers while the old version is shown, and from then on.
PAGES = [
    ("/", "Old headline", "New headline"),
    ("/articles/", "Old headline", "New headline"),
    ("/articles/calf/", "Oldword.", "Newword."),
    ("/articles/calf/", "Old picture", "New picture"),
    ("/articles/calf/", "Olga Old", "Nora New"),
    ("/articles/calf/", "oldtag", "newtag"),
    ("/articles/2026/3/", "Old headline", "New headline"),
    ("/articles/feed/", "Old headline", "New headline"),
    ("/articles/feed/", "Olga Old", "Nora New"),
    ("/articles/feed/", "Oldword.", "Newword."),
    ("/articles/feed/", "Old picture", "New picture"),
    ("/search/?q=headline", "Old headline", "New headline"),
]
ONLY_OLD = ["/articles/tags/oldtag/", "/articles/tags/oldtag/feed/", "/articles/authors/olga/"]
ONLY_NEW = ["/articles/tags/newtag/", "/articles/tags/newtag/feed/", "/articles/authors/nora/"]


@pytest.mark.parametrize("moment", ["before", "after", "settled"])
def test_every_page_agrees_on_the_version(client, old_author, new_author, moment):
    now = timezone.now()
    goes_out_at = now + DAY if moment == "before" else now - HOUR
    article = make_changing_article(
        old_author, new_author, goes_out_at=goes_out_at, at=goes_out_at - HOUR
    )
    if moment == "settled":
        settle(article, at=now)
    is_new = moment != "before"
    texts = {url: MARK.sub("", client.get(url).text) for url, _, _ in PAGES}
    shown = {(url, old): (old in texts[url], new in texts[url]) for url, old, new in PAGES}
    assert shown == {(url, old): (not is_new, is_new) for url, old, new in PAGES}
    statuses = [client.get(url).status_code for url in (*ONLY_OLD, *ONLY_NEW)]
    assert statuses == ([404] * 3 + [200] * 3 if is_new else [200] * 3 + [404] * 3)
    day = f"<lastmod>{(goes_out_at if is_new else PUBLISHED_AT):%Y-%m-%d}</lastmod>"
    assert day in client.get("/sitemap-articles.xml").getvalue().decode()
    assert "A dose was corrected." in client.get("/articles/calf/").text or not is_new


@pytest.mark.parametrize("is_settled", [False, True])
def test_words_lead_to_what_is_shown(old_author, new_author, is_settled):
    now = timezone.now()
    at = now - DAY
    article = make_changing_article(old_author, new_author, goes_out_at=now - HOUR, at=at)
    if is_settled:
        settle_all(at=now)
    found = {
        word: [
            hit.article for section in search_site(word, at=now).sections for hit in section.hits
        ]
        for word in ("oldword", "newword", "nora")
    }
    assert found == {"oldword": [], "newword": [article], "nora": [article]}


def test_a_version_without_a_time_is_shown_nowhere(client, old_author):
    article = make_article(slug="calf", headline="Old headline", authors=[old_author])
    make_next_version(article, headline="Secret headline", tags=["secret"])
    urls = ["/", "/articles/", "/articles/calf/", "/articles/feed/", "/sitemap-articles.xml"]
    pages = b"".join(client.get(url).getvalue() for url in (*urls, "/search/?q=secret")).decode()
    assert ("Secret headline" in pages, "next-version" in pages) == (False, False)
    assert client.get("/articles/tags/secret/").status_code == 404
    assert client.get(f"/articles/next-version-{article.pk}/").status_code == 404


def test_the_version_takes_over_at_its_minute_and_not_before():
    article = make_article(headline="Old")
    version = make_next_version(article, headline="New")
    goes_out_at = NOW + DAY
    schedule_next_version(version, goes_out_at=goes_out_at, at=NOW, by=None)
    moments = [NOW, goes_out_at - timedelta(microseconds=1), goes_out_at, goes_out_at + DAY]
    shown = [Article.objects.published(at=at).get().headline for at in moments]
    assert shown == ["Old", "Old", "New", "New"]
    assert list(Article.objects.scheduled(at=NOW)) == [version]
    assert list(Article.objects.scheduled(at=goes_out_at)) == []


def test_the_article_stays_itself_in_every_version(client):
    """Its number, address and comments; what else knows it by its number finds it."""
    article = make_article(slug="calf", headline="Old")
    version = make_next_version(article, headline="New")
    schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    published = Article.objects.published(at=NOW + 2 * DAY)
    assert [(row.pk, row.slug) for row in published.filter(pk=article.pk)] == [(article.pk, "calf")]
    settle(article, at=NOW + 2 * DAY)
    assert Article.objects.get().pk == article.pk


def test_settling_changes_nothing_that_readers_see_and_can_be_done_twice(old_author, new_author):
    ada = User.objects.create_user("ada")
    article = make_article(headline="Old", authors=[old_author])
    version = make_next_version(article, headline="New", authors=[new_author])
    goes_out_at = NOW + DAY
    schedule_next_version(version, goes_out_at=goes_out_at, at=NOW, by=ada)
    for _number in range(2):
        settle(article, at=NOW + 2 * DAY)
    article = Article.objects.get()
    assert (article.headline, article.next_version_at) == ("New", None)
    assert [byline.author for byline in article.bylines.all()] == [new_author]
    revisions = article.revisions.order_by("number")
    assert [(row.number, row.is_of_next_version) for row in revisions] == [
        (0, False),
        (1, True),
        (2, False),
    ]
    last = revisions.last()
    assert (last.saved_at, last.note) == (goes_out_at, "The next version went out.")


def test_what_somebody_was_typing_on_it_follows_to_the_article():
    ada, ben = User.objects.create_user("ada"), User.objects.create_user("ben")
    article = make_article()
    version = make_next_version(article)
    for editor, row in ((ada, version), (ben, version), (ben, article)):
        Draft.objects.create(article=row, editor=editor, fields={}, typed_at=NOW)
    publish_next_version(version, at=NOW, by=None)
    kept = article.drafts.order_by("editor__username", "pk")
    assert [(draft.editor, draft.set_aside_at is not None) for draft in kept] == [
        (ada, False),
        (ben, True),
        (ben, False),
    ]


def test_publishing_a_version_dates_the_change_that_readers_are_told_of():
    article = make_article(headline="Old")
    version = make_next_version(article, headline="New", revision_note="Corrected.")
    publish_next_version(version, at=NOW, by=None)
    article = Article.objects.get()
    assert (article.headline, article.revised_at, article.revision_note) == (
        "New",
        NOW,
        "Corrected.",
    )
    assert article.published_at == PUBLISHED_AT


@pytest.mark.parametrize(
    ("fields", "version_fields", "goes_out_at", "code"),
    [
        ({}, {}, NOW, "past"),
        ({"published_at": NOW + 2 * DAY}, {}, NOW + DAY, "early"),
        ({"expires_at": NOW + DAY}, {}, NOW + DAY, "expired"),
        ({}, {"body": "<p></p>"}, NOW + DAY, "empty"),
        ({"status": "withdrawn"}, {}, NOW + DAY, "status"),
    ],
)
def test_what_nobody_could_read_is_not_scheduled(fields, version_fields, goes_out_at, code):
    article = make_article(**fields)
    version = make_next_version(article, **version_fields)
    with pytest.raises(ValidationError) as caught:
        schedule_next_version(version, goes_out_at=goes_out_at, at=NOW, by=None)
    assert caught.value.error_list[0].code == code
    article.refresh_from_db()
    assert article.next_version_at is None


def test_taking_the_time_or_the_version_away_leaves_what_is_published():
    article = make_article(headline="Old")
    version = make_next_version(article, headline="New")
    schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    unschedule_next_version(version, at=NOW, by=None)
    assert Article.objects.published(at=NOW + 2 * DAY).get().headline == "Old"
    schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    discard_next_version(version, at=NOW, by=None)
    assert Article.objects.published(at=NOW + 2 * DAY).get().headline == "Old"
    assert Article.objects.count() == 1


@pytest.mark.parametrize("later", [False, True])
def test_a_withdrawn_article_is_gone_with_its_next_version(later):
    article = make_article()
    version = make_next_version(article)
    schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    article.refresh_from_db()
    withdraw(article, at=NOW + 2 * DAY if later else NOW, by=None)
    assert not Article.objects.published(at=NOW + 3 * DAY).exists()


def test_a_next_version_cannot_be_published_by_itself():
    version = make_next_version(make_article())
    version.status, version.published_at = Article.Status.PUBLISHED, NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_related_articles_share_what_is_shown():
    wanted = make_article(tags=["ear"])
    into = make_article(headline="Into", tags=["knee"])
    out_of = make_article(headline="Out of", tags=["ear"])
    for article, tags in ((into, ["ear"]), (out_of, ["knee"])):
        version = make_next_version(article, tags=tags)
        schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    before = related_articles(wanted, at=NOW)
    after = related_articles(wanted, at=NOW + 2 * DAY)
    assert ([row.headline for row in before], [row.headline for row in after]) == (
        ["Out of"],
        ["Into"],
    )


@pytest.mark.parametrize("count", [1, 4])
def test_a_list_takes_five_queries_more_for_any_number_of_new_versions(
    django_assert_num_queries, count
):
    for number in range(count):
        version = make_next_version(
            make_article(lead_image=make_image()), headline=f"New {number}", lead_image=make_image()
        )
        schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    make_article()
    with django_assert_num_queries(3):
        list(Article.objects.published(at=NOW).for_list())
    with django_assert_num_queries(8):
        shown = list(Article.objects.published(at=NOW + 2 * DAY).for_list())
        for article in shown:
            [byline.author.name for byline in article.bylines.all()]
            [article.lead_image and article.lead_image.renditions.all()]
    assert sum(article.headline.startswith("New") for article in shown) == count


def test_a_page_takes_no_more_than_five_queries_more(client, django_assert_max_num_queries):
    now = timezone.now()
    version = make_next_version(make_article(slug="calf"), at=now - DAY, headline="New")
    schedule_next_version(version, goes_out_at=now - HOUR, at=now - DAY, by=None)
    with django_assert_max_num_queries(18):
        response = client.get(reverse("articles:article", args=["calf"]))
    assert response.context["article"].headline == "New"


@pytest.mark.parametrize(("columns", "queries"), [(["slug"], 1), (["headline"], 7)])
def test_columns_fetched_alone_show_the_version_in_constant_queries(
    django_assert_num_queries, columns, queries
):
    for _number in range(3):
        version = make_next_version(make_article(lead_image=make_image()), headline="New")
        schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    with django_assert_num_queries(queries):
        rows = list(Article.objects.published(at=NOW + 2 * DAY).only(*columns))
    if "headline" in columns:
        assert [row.headline for row in rows] == ["New"] * 3


def test_an_article_is_due_for_review_once():
    article = make_article(next_review_on=NOW.date())
    version = make_next_version(article)
    assert list(Article.objects.due_for_review(on=NOW.date())) == [article]
    assert [row.is_due_for_review(on=NOW.date()) for row in (article, version)] == [True, False]
