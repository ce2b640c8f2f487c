"""The pages of the archive: their ways on, their numbers, their old addresses."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from acutake.lib.old_addresses import remember_slug
from articles.models import Article
from articles.publishing import change_slug
from tests.articles.factories import PUBLISHED_AT, make_article, make_author
from tests.directory.factories import make_practitioner, make_specialty
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2


def page(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def links(html):
    return re.findall(r'<a href="([^"]*)"', html)


def rename(row, *slugs):
    for slug in slugs:
        old, row.slug = row.slug, slug
        row.save()
        remember_slug(row, old)


def test_specialty_lists_its_articles_and_leads_to_who_offers_it(client):
    kind = make_specialty(name="Sports", slug="sports", description="Care for runners.")
    about = make_article(headline="About it", specialties=[kind])
    make_article(headline="About something else")
    make_article(headline="Not yet", specialties=[kind], status="draft")
    html = page(client, "/articles/specialties/sports/")
    assert re.findall(r"<h2><a [^>]*>([^<]*)", html) == ["About it"]
    assert "Care for runners." in html
    assert kind.get_absolute_url() in links(html)
    assert "/articles/specialties/sports/" in links(page(client, about.get_absolute_url()))


def test_landing_page_of_a_specialty_leads_to_its_articles(client):
    kind = make_specialty(name="Sports", slug="sports")
    for number in range(7):
        make_article(
            headline=f"Number {number}",
            specialties=[kind],
            published_at=PUBLISHED_AT + number * DAY,
        )
    html = page(client, kind.get_absolute_url())
    shown = re.search(r'aria-labelledby="articles-about".*?</section>', html, re.DOTALL)[0]
    assert re.findall(r">(Number \d)<", shown) == [f"Number {n}" for n in (6, 5, 4, 3, 2)]
    assert links(shown)[-1] == "/articles/specialties/sports/"
    Article.objects.update(status="withdrawn")
    assert "articles-about" not in page(client, kind.get_absolute_url())


def test_nothing_published_is_no_archive(client):
    make_article(
        tags=["run"],
        authors=[make_author(slug="reed")],
        specialties=[make_specialty(slug="sports")],
        status="draft",
    )
    for path in (
        "tags/",
        "tags/run/",
        "authors/",
        "authors/reed/",
        "specialties/",
        "specialties/sports/",
        "2026/",
        "2026/3/",
        "0000/",
        "9999/",
    ):
        assert client.get(f"/articles/{path}").status_code == 404, path


def test_list_of_all_tags_has_each_under_its_letter_with_its_number(client):
    make_article(tags=["running", LONG[:100], "Rest"])
    make_article(tags=["running", "sleep"])
    make_article(tags=["secret"], status="draft")
    response = client.get("/articles/tags/")
    groups = response.context["groups"]
    assert {initial: [(s.name, s.count) for s in found] for initial, found in groups.items()} == {
        "P": [(LONG[:100], 1)],
        "R": [("Rest", 1), ("running", 2)],
        "S": [("sleep", 1)],
    }
    html = response.content.decode()
    assert links(html).count("/articles/tags/running/") == 1
    assert re.findall(r'href="#(initial-\d)"', html) == re.findall(r'<h2 id="([^"]*)"', html)


def test_list_of_all_authors_names_only_those_with_something_published(client):
    make_article(authors=[make_author(name="Rowan Reed"), make_author(name="Mara Moss")])
    make_article(authors=[make_author(name="Sid Secret")], status="draft")
    groups = client.get("/articles/authors/").context["groups"]
    assert list(groups) == ["M", "R"]


def test_list_of_articles_stays_short_with_a_thousand_tags(client):
    make_article(tags=[f"tag {number}" for number in range(1_000)])
    make_article(tags=["tag 999"])
    response = client.get("/articles/")
    assert len(response.context["tags"]) == 24
    assert response.context["tags"][0].name == "tag 999"
    assert "All 1,000 subjects" in response.content.decode()


def test_year_leads_to_its_months_and_to_the_years_around(client):
    for year, month in ((2020, 7), (2024, 5), (2024, 11), (2026, 2)):
        make_article(published_at=datetime(year, month, 10, 12, tzinfo=UTC))
    html = page(client, "/articles/2024/")
    around = [path for path in links(html) if re.fullmatch(r"/articles/\d+/(\d+/)?", path)]
    assert around == [
        "/articles/2024/11/",
        "/articles/2024/5/",
        "/articles/2026/",
        "/articles/2020/",
    ]
    assert "2 articles, newest first" in html


def test_month_leads_to_the_nearest_months_with_articles(client):
    for month in (1, 5, 11):
        make_article(published_at=datetime(2025, month, 10, 12, tzinfo=UTC))
    html = page(client, "/articles/2025/5/")
    around = [path for path in links(html) if re.fullmatch(r"/articles/\d+/(\d+/)?", path)]
    assert around == ["/articles/2025/", "/articles/2025/11/", "/articles/2025/1/"]
    assert "Later: November 2025" in html


def test_article_that_was_called_like_a_year_keeps_its_address(client):
    article = make_article(headline="Looking back", slug="2026")
    assert "<h1>Looking back</h1>" in page(client, "/articles/2026/")
    change_slug(article, "looking-back")
    response = client.get("/articles/2026/")
    assert (response.status_code, response["Location"]) == (301, "/articles/looking-back/")


@pytest.mark.parametrize(
    ("asked", "number", "said"),
    [
        ("2", 2, ""),
        ("99", 3, "99"),
        ("0", 1, "0"),
        ("-1", 1, "-1"),
        ("abc", 1, "abc"),
        ("01", 1, "01"),
        ("9" * 50, 3, "9" * 20),
        ("<b>", 1, "<b>"),
    ],
)
def test_page_that_is_not_there_is_the_nearest_one_and_says_so(client, asked, number, said):
    for _ in range(25):
        make_article()
    response = client.get("/articles/", {"page": asked})
    assert (response.context["articles"].number, response.context["unknown_page"]) == (number, said)
    assert ("There is no page" in response.content.decode()) == bool(said)
    query = f"?page={number}" if number > 1 else ""
    canonical = f'<link rel="canonical" href="http://testserver/articles/{query}">'
    assert canonical in response.content.decode()


def test_pages_lead_to_one_another_and_to_both_ends(client):
    for _ in range(49):
        make_article()
    pager = {}
    for number in (1, 2, 3, 4, 5):
        html = page(client, f"/articles/?page={number}")
        nav = re.search(r'<nav class="pagination".*?</nav>', html, re.DOTALL)[0]
        pager[number] = links(nav)
    assert pager == {
        1: ["?page=2", "?page=5"],
        2: [".", "?page=3", "?page=5"],
        3: [".", "?page=2", "?page=4", "?page=5"],
        4: [".", "?page=3", "?page=5"],
        5: [".", "?page=4"],
    }


def test_author_is_shown_with_photo_and_listing_while_listed(client):
    person = make_practitioner(
        name="Rowan Reed", photo=make_picture_file(name="reed.png"), photo_consent="By mail."
    )
    author = make_author(practitioner=person, letters="L.Ac.", bio="Writes about needles.")
    make_article(authors=[author])
    html = page(client, author.get_absolute_url())
    assert ("Portrait of Rowan Reed" in html, person.get_absolute_url() in html) == (True, True)
    person.listing = "withdrawn"
    person.save()
    html = page(client, author.get_absolute_url())
    assert ("Portrait of" in html, person.get_absolute_url() in html) == (False, False)


def test_old_addresses_lead_to_the_present_one_in_one_step_with_the_page(client):
    author, kind = make_author(slug="one"), make_specialty(slug="one")
    article = make_article(slug="one", authors=[author], tags=["one"], specialties=[kind])
    rename(author, "two", "three", "four")
    rename(kind, "two", "three", "four")
    rename(article.tags.get(), "two", "three", "four")
    for slug in ("two", "three", "four"):
        change_slug(article, slug)
    for base in ("", "tags/", "authors/", "specialties/"):
        for slug in ("one", "two", "three"):
            response = client.get(f"/articles/{base}{slug}/?page=2")
            assert response.status_code == 301
            assert response["Location"] == f"/articles/{base}four/?page=2"
        assert client.get(f"/articles/{base}four/").status_code == 200


@pytest.mark.parametrize("kind", ["tags", "authors", "specialties"])
def test_feeds_of_old_addresses_lead_to_the_present_ones_too(client, kind):
    author, specialty = make_author(slug="one"), make_specialty(slug="one")
    article = make_article(authors=[author], tags=["one"], specialties=[specialty])
    for row in (author, specialty, article.tags.get()):
        rename(row, "two", "three", "four")
    for slug in ("one", "two", "three"):
        response = client.get(f"/articles/{kind}/{slug}/feed/")
        expected = (301, f"/articles/{kind}/four/feed/")
        assert (response.status_code, response["Location"]) == expected
    assert article.headline in page(client, f"/articles/{kind}/four/feed/")
    Article.objects.update(status="withdrawn")
    assert client.get(f"/articles/{kind}/one/feed/").status_code == 404


def test_a_tag_of_signs_alone_has_an_address(client):
    article = make_article(tags=["針", "!!!", "🏃"])
    names = {tag.name for tag in article.tags.all()}
    html = page(client, article.get_absolute_url())
    paths = [path for path in links(html) if path.startswith("/articles/tags/")]
    assert paths == [reverse("articles:tag", args=[f"tag-{tag.pk}"]) for tag in article.tags.all()]
    shown = {re.search("Articles about ([^<]*)</h1>", page(client, path))[1] for path in paths}
    assert shown == names


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_a_constant_number_of_queries(client, count, django_assert_num_queries):
    kind, author = make_specialty(slug="sports"), make_author(slug="reed")
    for number in range(count):
        make_article(
            authors=[author, make_author()],
            tags=["run", f"tag {number}"],
            specialties=[kind, make_specialty()],
            published_at=datetime(2025, 1 + number % 12, 10, 12, tzinfo=UTC),
        )
    client.get("/about/")
    expected = {
        # Three or four are the list's, the numbers of its rows and of its comments among them.
        "": 8,
        "tags/": 1,
        "authors/": 1,
        "specialties/": 1,
        "tags/run/": 7,
        "authors/reed/": 6,
        "specialties/sports/": 6,
        "2025/1/": 6,
        "2025/": 8,
    }
    for path, queries in expected.items():
        with django_assert_num_queries(queries):
            page(client, f"/articles/{path}")
