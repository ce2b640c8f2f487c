"""The demonstration: everything is made once, and nothing of anybody else is touched."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from acutake.demo.loading import CONTENT_DIR, load_demonstration, read_article
from articles.html import sanitize
from articles.models import Article, Author, Image
from comments import flags
from comments.models import Comment
from comments.queue import count_shelves
from directory.geo import distance_miles
from directory.models import Office, Place, Practitioner
from tests.articles.factories import make_article
from tests.articles.test_structured_data import ORIGIN, untold
from tests.page_reader import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer")]

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
PASSWORD = "for-this-test-only"
MILES_OF_A_CITY = 8


@pytest.fixture
def demonstration(gazetteer):
    """What the command loads, dated back from NOW."""
    call_command("load_vocabulary", verbosity=0)
    call_command("sync_groups", verbosity=0)
    return load_demonstration(at=NOW, password=PASSWORD)


def test_everything_is_there_and_a_second_run_makes_nothing(demonstration):
    again = load_demonstration(at=NOW, password="another-one")

    assert demonstration.articles >= 8
    assert demonstration.practitioners >= 600
    assert demonstration.images == Image.objects.count()
    assert demonstration.comments == Comment.objects.count()
    assert (again.articles, again.images, again.comments, again.practitioners) == (0, 0, 0, 0)
    assert not again.is_editor_new
    assert User.objects.get(username="editor").check_password(PASSWORD)


def test_every_article_is_public_and_has_a_picture_with_its_credit(demonstration):
    articles = Article.objects.published(at=NOW)

    assert articles.count() == demonstration.articles
    assert not articles.filter(lead_image=None).exists()
    assert not articles.filter(specialties=None, slug__startswith="heel").exists()
    assert not Image.objects.filter(alt_text="").exists()


def test_every_article_tells_machines_what_it_shows_and_three_who_reviewed_them(
    demonstration, client, settings
):
    settings.SITE_URL = ORIGIN
    for article in Article.objects.all():
        page = Page.of(client.get(article.get_absolute_url()))
        assert untold(page) == [], article.slug

    reviewed = Article.objects.exclude(reviewed_by=None)
    assert len(reviewed) == 3
    assert [row.slug for row in reviewed if row.reviewed_by in row.authors.all()] == []


def test_every_large_city_has_two_practitioners_or_more(demonstration):
    cities = Place.objects.filter(kind="populated", country_code="US", population__gt=300_000)
    offices = [
        office.point
        for office in Office.objects.filter(practitioners__listing="listed")
        if office.point
    ]

    def count_near(city):
        return sum(distance_miles(city.point, point) <= MILES_OF_A_CITY for point in offices)

    assert cities.count() > 60
    assert [str(city) for city in cities if count_near(city) < 2] == []


def test_practitioners_are_obviously_fictitious(demonstration):
    rows = Practitioner.objects.values_list("email", "affiliations__phone")

    assert {email.rpartition("@")[2] for email, _ in rows if email} == {"example.org"}
    assert [phone for _, phone in rows if phone and not re.search(r"555-01\d\d$", phone)] == []


def test_everything_is_dated_back_from_the_moment_of_loading(demonstration):
    confirmed = Practitioner.objects.exclude(confirmed_on=None)

    assert confirmed.latest("confirmed_on").confirmed_on < NOW.date()
    assert Comment.objects.latest("created_at").created_at <= NOW
    assert Article.objects.latest("published_at").published_at <= NOW


def test_first_article_has_comments_of_every_kind(demonstration):
    article = Article.objects.get(slug="heel-pain-that-starts-in-the-calf")
    comments = article.comments.approved()

    assert comments.filter(editor__isnull=False).exists()
    assert comments.filter(practitioner__isnull=False).exists()
    assert comments.filter(commenter_name="", editor=None).exists()
    assert comments.filter(parent__parent__isnull=False).exists()
    assert article.comments.pending().exists()


def test_every_shelf_of_the_moderators_queue_has_something_on_it_but_decisions(demonstration):
    counts = count_shelves(at=NOW)

    assert sorted(name for name, count in counts.items() if not count) == ["lately"]
    addresses = Comment.objects.exclude(commenter_email="").values_list("commenter_email")
    assert {address.rpartition("@")[2] for (address,) in addresses} == {"example.org"}


@pytest.mark.usefixtures("demonstration")
def test_one_more_report_hides_the_reported_comment():
    comment = Comment.objects.get(status="approved", flags__settled_at=None, flags__note__gt="")
    values = {"reason": "rude", "note": "", "is_trapped": False, "at": NOW}
    assert flags.report(comment, network="203.0.113.200", **values)
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_one_author_is_somebody_in_the_directory(demonstration):
    linked = Author.objects.exclude(practitioner=None)

    assert [(author.slug, author.practitioner.slug) for author in linked] == [
        ("marisol-thornapple", "marisol-thornapple")
    ]
    assert linked.get().articles.get().slug == "heel-pain-that-starts-in-the-calf"


def test_bodies_are_what_the_editor_would_have_kept():
    for path in sorted((CONTENT_DIR / "articles").glob("*.html")):
        _, body = read_article(path)
        numbered = re.sub(r'data-image="[a-z0-9-]+"', 'data-image="1"', body)
        assert (path.name, sanitize(numbered)) == (path.name, numbered)


def test_database_with_other_content_is_refused_and_left_alone():
    make_article(slug="somebodys-own")

    with pytest.raises(CommandError, match="articles"):
        call_command("demo")

    assert list(Article.objects.values_list("slug", flat=True)) == ["somebodys-own"]


def test_if_empty_leaves_a_used_database_alone(capsys):
    make_article(slug="somebodys-own")

    call_command("demo", if_empty=True)

    assert Article.objects.count() == 1
    assert "content already" in capsys.readouterr().out


def test_editor_gets_the_configured_password_whatever_it_begins_with(monkeypatch):
    monkeypatch.setenv("DEMO_EDITOR_PASSWORD", "$ecret of the desk")

    call_command("demo", verbosity=0, stdout=StringIO())

    assert User.objects.get(username="editor").check_password("$ecret of the desk")
