"""The publication's pages: what they show, and what they keep to themselves."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.cards import card_of
from articles.models import Article, Byline
from articles.publishing import change_slug
from articles.renditions import make_renditions
from tests.articles.factories import NOW, make_article, make_author, make_image
from tests.comments.factories import make_comment
from tests.directory.factories import make_practitioner, make_specialty

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HIDDEN = {
    "draft": {"status": "draft", "published_at": None},
    "in_review": {"status": "in_review", "published_at": None},
    "withdrawn": {"status": "withdrawn"},
    "scheduled": {"published_at": timezone.now() + DAY},
    "expired": {"expires_at": timezone.now() - DAY},
}


def page(client, name, *args, **data):
    response = client.get(reverse(f"articles:{name}", args=args), data)
    assert response.status_code == 200
    return response.content.decode()


def status(client, name, *args):
    return client.get(reverse(f"articles:{name}", args=args)).status_code


def public_pages(article):
    """Each page that names a public article, by the name of its address."""
    author = article.authors.get()
    return {
        "list": [],
        "feed": [],
        "tag": [article.tags.get().slug],
        "tag_feed": [article.tags.get().slug],
        "author": [author.slug],
        "author_feed": [author.slug],
        "month": [article.published_at.year, article.published_at.month],
        "article": [article.slug],
    }


def test_a_public_article_is_on_every_page_that_it_belongs_to(client):
    article = make_article(headline="Seen by all", tags=["run"])
    for name, args in public_pages(article).items():
        assert "Seen by all" in page(client, name, *args), name


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_public_is_on_no_page(client, fields):
    """Author, tag and month also have a public article, so that their pages exist."""
    author = make_author()
    make_article(headline="Seen by all", authors=[author], tags=["run"])
    hidden = make_article(headline="Seen by none", authors=[author], tags=["run"], **fields)
    for name, args in public_pages(make_article(authors=[author], tags=["run"])).items():
        html = page(client, name, *args)
        assert "Seen by none" not in html, name
        assert hidden.slug not in html, name
    assert status(client, "article", hidden.slug) == 404


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_author_and_tag_with_nothing_public_are_not_there(client, fields):
    hidden = make_article(tags=["run"], **fields)
    for name in ("tag", "tag_feed"):
        assert status(client, name, "run") == 404
    for name in ("author", "author_feed"):
        assert status(client, name, hidden.authors.get().slug) == 404


def test_counts_leave_out_what_is_not_public(client):
    author = make_author()
    make_article(authors=[author])
    for fields in HIDDEN.values():
        make_article(authors=[author], **fields)
    assert "1 article ·" in page(client, "author", author.slug)


def test_the_list_without_articles_says_so_and_leads_on(client):
    html = page(client, "list")
    assert "Nothing is published yet." in html
    assert f'href="{reverse("directory:search")}"' in html


def test_the_list_is_newest_first_on_pages_of_twelve(client):
    for number in range(14):
        make_article(
            headline=f"Number {number}.",
            published_at=datetime(2026, 1, 1, tzinfo=UTC) + number * DAY,
        )
    response = client.get(reverse("articles:list"))
    assert [row.headline for row in response.context["articles"]] == [
        f"Number {number}." for number in range(13, 1, -1)
    ]
    assert "Number 1." in page(client, "list", page=2)


@pytest.mark.parametrize("asked", ["abc", "-1", "0", "99999", "9" * 5000, "", "\0", "\ud83d"])
def test_any_number_of_a_page_gives_a_page(client, asked):
    make_article()
    for name, args in public_pages(make_article(tags=["run"])).items():
        address = reverse(f"articles:{name}", args=args)
        query = asked.encode("utf-8", "surrogatepass")
        assert client.get(address, {"page": query}).status_code == 200


def test_months_are_those_of_the_sites_zone(client, settings):
    settings.TIME_ZONE = "America/New_York"
    make_article(headline="Late", published_at=datetime(2026, 3, 1, 3, 0, tzinfo=UTC))
    assert "Late" in page(client, "month", 2026, 2)
    assert status(client, "month", 2026, 3) == 404
    assert f'href="{reverse("articles:month", args=[2026, 2])}"' in page(client, "list")


@pytest.mark.parametrize(
    ("year", "month"), [(2026, 0), (2026, 13), (0, 1), (9999, 12), (10_000, 1), (10**30, 10**30)]
)
def test_a_month_that_is_none_is_not_there(client, year, month):
    assert status(client, "month", year, month) == 404


def test_december_ends_with_the_year(client):
    make_article(headline="Eve", published_at=datetime(2025, 12, 31, 18, tzinfo=UTC))
    make_article(headline="Morning", published_at=datetime(2026, 1, 1, 18, tzinfo=UTC))
    html = page(client, "month", 2025, 12)
    assert ("Eve" in html, "Morning" in html) == (True, False)


def test_the_article_shows_what_a_reader_wants_to_know(client):
    reed = make_author(name="Rowan Reed", letters="L.Ac.", bio="Writes about needles.")
    moss = make_author(name="Mara Moss")
    kind = make_specialty(name="Trigger point")
    article = make_article(
        headline="Heel & calf",
        dek="Where it hurts.",
        body="<h2>Two muscles</h2><p>Words.</p>",
        summary="For search engines.",
        authors=[reed, moss],
        tags=["running"],
        specialties=[kind],
        lead_image=make_image(caption="A calf.", credit="Drawing: AcuTake"),
        revised_at=datetime(2026, 3, 5, 12, tzinfo=UTC),
        revision_note="A reference was added.",
    )
    html = page(client, "article", article.slug)
    address = f"http://testserver{article.get_absolute_url()}"
    for expected in (
        "<title>Heel &amp; calf · AcuTake</title>",
        '<meta name="description" content="For search engines.">',
        f'<link rel="canonical" href="{address}">',
        '<meta property="og:type" content="article">',
        '<meta property="og:title" content="Heel &amp; calf">',
        f'<meta property="og:image" content="http://testserver{card_of(article).path}">',
        '<meta property="article:published_time" content="2026-03-01T04:00:00-05:00">',
        "<h1>Heel &amp; calf</h1>",
        f'<a href="{reed.get_absolute_url()}">Rowan Reed</a>, L.Ac.',
        f'<a href="{moss.get_absolute_url()}">Mara Moss</a>',
        '<time datetime="2026-03-01T04:00:00-0500">March 1, 2026</time>',
        "Updated on March 5, 2026: A reference was added.",
        "1 minute to read",
        '<span class="figure__caption">A calf.</span>',
        '<span class="figure__credit">Drawing: AcuTake</span>',
        '<h2 id="section-two-muscles">Two muscles</h2>',
        f'<a href="{reverse("articles:tag", args=["running"])}">running</a>',
        "Writes about needles.",
        f'<a href="{kind.get_absolute_url()}">Trigger point</a>',
        'id="comments"',
    ):
        assert expected in html
    assert html.count("<h1") == 1


def test_the_lead_image_comes_first_in_sizes_and_the_others_when_they_are_near(client):
    lead, other = make_image(size=(1700, 20)), make_image()
    make_renditions(lead, at=NOW)
    body = f'<figure data-image="{other.pk}"></figure>'
    html = page(client, "article", make_article(lead_image=lead, body=body).slug)
    for format_, tag in (("avif", '<source type="image/avif" srcset="'), ("webp", 'srcset="')):
        files = lead.renditions.filter(shape="whole", format=format_)
        offered = ", ".join(f"{row.file.url} {row.width_px}w" for row in files)
        assert f'{tag}{offered}"' in html
    assert html.count('fetchpriority="high"') == 1
    assert html.count('loading="lazy"') == 1
    card = lead.renditions.get(shape="card").file.url
    assert f'<meta property="og:image" content="http://testserver{card}">' in html
    assert lead.file.url not in html


def test_a_long_description_is_told_to_those_who_cannot_see_the_picture(client):
    lead, other = make_image(long_description="TrP1: calf."), make_image(long_description="TrP2.")
    body = f'<figure data-image="{other.pk}"></figure>' * 2
    html = page(client, "article", make_article(lead_image=lead, body=body).slug)
    named = re.findall(r'aria-details="([^"]*)"', html)
    assert named == ["lead-picture-in-words", "picture-1-in-words", "picture-2-in-words"]
    assert re.findall(r'<details id="([^"]*)"', html) == named


def test_a_caption_of_the_article_takes_the_place_of_the_images_own(client):
    article = make_article(lead_image=make_image(caption="Old"), lead_caption="New")
    html = page(client, "article", article.slug)
    assert '<span class="figure__caption">New</span>' in html
    assert "Old" not in html


def test_an_article_without_any_extras_is_a_page(client):
    article = make_article(authors=[], dek="", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    html = page(client, "article", article.slug)
    assert "Read on" not in html
    assert "More about" not in html


def test_an_old_address_leads_to_the_present_one_in_one_step(client):
    article = make_article(slug="one")
    for slug in ("two", "three", "four"):
        change_slug(article, slug)
    for slug in ("one", "two", "three"):
        response = client.get(reverse("articles:article", args=[slug]))
        assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())


def test_an_old_address_of_what_is_not_public_is_not_there(client):
    article = make_article(slug="one")
    change_slug(article, "two")
    Article.objects.filter(pk=article.pk).update(status="withdrawn")
    assert status(client, "article", "one") == 404


def test_a_hostile_body_is_clean_on_the_page(client):
    body = "<p onclick='x()'>a</p><script>alert(1)</script><img src='https://x.example/y'>"
    html = page(client, "article", make_article(body=body, headline="<b>x</b>").slug)
    assert ("alert(1)" in html, "onclick" in html, "x.example" in html) == (False,) * 3
    assert "<h1>&lt;b&gt;x&lt;/b&gt;</h1>" in html


def test_no_page_sets_a_cookie_and_every_one_may_be_cached(client):
    article = make_article(tags=["run"])
    for name, args in public_pages(article).items():
        response = client.get(reverse(f"articles:{name}", args=args))
        assert not response.cookies, name
        assert "Cookie" not in response.get("Vary", ""), name
        assert response["Cache-Control"] == "public, max-age=60", name


def test_pages_are_read_only(client):
    article = make_article(tags=["run"])
    for name, args in public_pages(article).items():
        assert client.post(reverse(f"articles:{name}", args=args)).status_code == 405, name


@pytest.mark.parametrize("number", [1, 3])
def test_lists_take_a_constant_number_of_queries(client, number, django_assert_num_queries):
    author = make_author()
    for _ in range(number):
        make_article(authors=[author, make_author()], tags=["run"], lead_image=make_image())
    client.get(reverse("about"))
    counts = {"list": 9, "tag": 8, "author": 7, "month": 7, "feed": 4, "tag_feed": 6}
    public = {**public_pages_of(author), "list": [], "feed": [], "month": [2026, 3]}
    for name, count in counts.items():
        with django_assert_num_queries(count):
            page(client, name, *public[name])


def public_pages_of(author):
    return {"tag": ["run"], "tag_feed": ["run"], "author": [author.slug]}


@pytest.mark.parametrize("number", [1, 20])
def test_an_article_takes_a_constant_number_of_queries(client, number, django_assert_num_queries):
    kinds = [make_specialty() for _ in range(number)]
    tags = [f"tag {index}" for index in range(number)]
    figures = "".join(f'<figure data-image="{make_image().pk}"></figure>' for _ in range(number))
    for _ in range(number):
        make_article(tags=tags, specialties=kinds)
    article = make_article(
        authors=[make_author() for _ in range(number)],
        tags=tags,
        specialties=kinds,
        lead_image=make_image(),
        body=f"<p>a</p>{figures}",
    )
    for _ in range(number):
        make_comment(article=article, practitioner=make_practitioner())
    page(client, "article", article.slug)
    # Article, bylines, tags, specialties, figures, renditions of these and of the lead image,
    # related, neighbors, the shape of the thread, the words of its comments.
    with django_assert_num_queries(10):
        page(client, "article", article.slug)


def test_a_page_says_who_wrote_it_who_helped_and_who_reviewed_it(client):
    article = make_article(
        authors=[make_author(name="Ada Example")],
        reviewed_by=make_author(name="Rita Review", letters="L.Ac."),
        last_reviewed_on=date(2026, 2, 3),
    )
    drew = Byline.Role.ILLUSTRATION
    article.bylines.create(author=make_author(name="Ida Ink"), role=drew, position=1)
    html = page(client, "article", article.slug)
    shown = client.get(article.get_absolute_url()).context["page"]
    assert [author.name for author in shown.authors] == ["Ada Example"]
    assert [byline.author.name for byline in shown.contributions] == ["Ida Ink"]
    assert "Medically reviewed by Rita Review, L.Ac. on February 3, 2026" in html
    assert re.findall(r'contribution">Illustration: <a [^>]*>([^<]*)<', html) == ["Ida Ink"]
    unreviewed = page(client, "article", make_article().slug)
    assert "reviewed" not in unreviewed
