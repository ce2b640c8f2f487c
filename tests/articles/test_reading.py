"""What the page of an article shows around its text."""

import re

import pytest
from django.urls import reverse

from articles.contents import LONG_WORDS
from articles.reading import read
from tests.articles.factories import NOW, PUBLISHED_AT, make_article, make_author, make_image
from tests.comments.factories import make_comment
from tests.directory.factories import make_practitioner, make_specialty

pytestmark = pytest.mark.django_db

WORDS = f"<p>{'word ' * LONG_WORDS}</p>"
NOTE = '<sup data-note="">Travell 1992</sup>'


def html_of(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def listed(html):
    """Addresses and words of the list of contents."""
    nav = html.partition('<nav class="contents"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]*)">([^<]*)</a>', nav)


def test_the_contents_lead_to_headings_notes_and_comments(client):
    body = (
        f"<h2>Two <em>muscles</em>{NOTE}</h2><h3>Calf</h3><h2>Two muscles</h2><h2> </h2>"
        f"<h2>&lt;script&gt; &amp; 肌肉</h2>{WORDS}"
    )
    html = html_of(client, make_article(body=body))
    expected = [
        ("#section-two-muscles", "Two muscles"),
        ("#section-calf", "Calf"),
        ("#section-two-muscles-2", "Two muscles"),
        ("#section-script", "&lt;script&gt; &amp; 肌肉"),
        ("#notes-heading", "Notes"),
        ("#comments", "Comments"),
    ]
    assert listed(html) == expected
    for address, _words in expected:
        assert html.count(f'id="{address[1:]}"') == 1


def test_a_heading_of_any_length_is_listed_whole(client):
    long = "Achilles" * 60
    html = html_of(client, make_article(body=f"<h2>{long}</h2><h2>b</h2><h2>c</h2>{WORDS}"))
    address = f"#section-{long.lower()[:60]}"
    assert listed(html)[0] == (address, long)
    assert f'<h2 id="{address[1:]}">{long}</h2>' in html


def test_a_short_article_has_no_contents(client):
    html = html_of(client, make_article(body="<h2>a</h2><h2>b</h2><h2>c</h2><p>d</p>"))
    assert ('class="contents"' in html, "article--long" in html) == (False, False)


def test_an_article_leads_to_the_ones_before_and_after(client):
    rows = [make_article(headline=f"Number {number}") for number in range(3)]
    html = html_of(client, rows[1])
    for relation, row in (("prev", rows[0]), ("next", rows[2])):
        way = re.search(rf'<a href="([^"]*)" rel="{relation}">(.*?)</a>', html)
        assert way[1] == row.get_absolute_url()
        assert row.headline in way[2]
    # In the head, Firefox would fetch the next one before anybody asks for it.
    assert re.findall(r'<link [^>]*rel="(?:prev|next)"', html) == []


def test_an_article_that_shares_nothing_says_so_and_still_leads_on(client):
    html = html_of(client, make_article())
    assert "No other article is about the same things yet." in html
    assert f'<a href="{reverse("articles:list")}">All articles</a>' in html
    make_article(tags=["run"])
    assert "No other article" not in html_of(client, make_article(tags=["run"]))


def test_a_lead_image_alone_opens_figures():
    large = make_image(size=(1000, 10))
    assert read(make_article(lead_image=large), at=NOW).opens_figures is True
    assert read(make_article(lead_image=make_image()), at=NOW).opens_figures is False


@pytest.mark.parametrize("number", [1, 4])
def test_the_fullest_page_takes_eleven_queries(client, number, django_assert_num_queries):
    kinds = [make_specialty() for _ in range(number)]
    tags = [f"tag {index}" for index in range(number)]
    body = WORDS + "".join(
        f'<h2>{index}</h2><figure data-image="{make_image().pk}"></figure>{NOTE}'
        f'<p><a data-article="{make_article(tags=tags, published_at=PUBLISHED_AT).pk}">a</a>'
        f'<a data-practitioner="{make_practitioner().pk}">b</a>'
        f'<a data-specialty="{kind.pk}">c</a></p>'
        for index, kind in enumerate(kinds)
    )
    article = make_article(
        body=body,
        tags=tags,
        specialties=kinds,
        lead_image=make_image(),
        authors=[make_author() for _ in range(number)],
        reviewed_by=make_author(),
        last_reviewed_on=NOW.date(),
    )
    make_article()
    for _ in range(number):
        make_comment(article=article)
    html_of(client, article)
    # Article, bylines, tags, specialties, links, figures, renditions, related, neighbors, comments.
    with django_assert_num_queries(11):
        html_of(client, article)
