"""Figures: which of them open large, where, and what stands there."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.figures import TALL_WIDEST_PX, WIDEST_PX, has_larger
from articles.models import Image
from articles.previews import make_link
from articles.publishing import change_slug
from articles.renditions import make_renditions
from tests.articles.factories import NOW, make_article, make_image

pytestmark = pytest.mark.django_db

LARGE = (WIDEST_PX + 1, 8)


def shown(image, words=""):
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure data-image="{image.pk}">{caption}</figure>'


def page_of(client, article, number, status=200):
    response = client.get(reverse("articles:figure", args=[article.slug, number]))
    assert response.status_code == status
    return response.content.decode()


def ways_to_figures(html):
    return re.findall(r'class="figure__large" href="([^"]*)" data-enlarge', html)


@pytest.mark.parametrize(
    ("width_px", "height_px", "expected"),
    [
        (WIDEST_PX, 1, False),
        (WIDEST_PX + 1, 1, True),
        (TALL_WIDEST_PX, 1000, False),
        (TALL_WIDEST_PX + 1, 1000, True),
        (8, 6, False),
    ],
)
def test_only_what_holds_more_than_the_article_shows_opens_large(width_px, height_px, expected):
    assert has_larger(Image(width_px=width_px, height_px=height_px)) is expected


def test_figures_lead_to_their_pages_by_number_the_lead_image_first(client):
    small, large = make_image(), make_image(size=LARGE)
    body = f"<p>a</p>{shown(small)}{shown(large)}"
    article = make_article(slug="calf", body=body, lead_image=make_image(size=LARGE))
    html = client.get("/articles/calf/").content.decode()
    assert ways_to_figures(html) == ["/articles/calf/figures/1/", "/articles/calf/figures/3/"]
    assert re.findall(r'<figure [^>]*id="([^"]*)"', html) == ["figure-1", "figure-2", "figure-3"]
    article.lead_image = None
    article.save()
    html = client.get("/articles/calf/").content.decode()
    assert ways_to_figures(html) == ["/articles/calf/figures/2/"]


def test_a_way_to_a_figure_says_so_before_the_words_of_the_picture(client):
    told, untold = make_image(size=LARGE, alt_text="A <calf>"), make_image(size=LARGE)
    Image.objects.filter(pk=untold.pk).update(alt_text="", is_decorative=True)
    article = make_article(body=shown(told) + shown(untold))
    html = client.get(article.get_absolute_url()).content.decode()
    assert re.findall(r'data-enlarge><span class="visually-hidden">([^<]*)</span>', html) == [
        *("Enlarge: ", "Enlarge the picture ")
    ]
    assert 'alt="A &lt;calf&gt;"' in html


def test_the_script_comes_only_where_a_figure_opens(client):
    for image, count in ((make_image(), 0), (make_image(size=LARGE), 1)):
        article = make_article(lead_image=image)
        html = client.get(article.get_absolute_url()).content.decode()
        assert html.count("data-figures") == count


def test_the_page_of_a_figure_says_all_that_belongs_to_it(client):
    image = make_image(
        size=LARGE,
        alt_text="A calf",
        credit="Drawing: R. Reed",
        rights="CC BY 4.0",
        source="https://pictures.example/7",
        long_description="TrP1: inner.\n\nTrP2: outer.",
    )
    body = f"<p>a<sup data-note=''>One</sup></p>{shown(image, 'The <em>calf</em>')}"
    article = make_article(headline="Heel & calf", slug="calf", body=body, lead_image=make_image())
    html = page_of(client, article, 2)
    for expected in (
        "<title>Figure 2: Heel &amp; calf · AcuTake</title>",
        '<meta name="robots" content="noindex">',
        "<h1>Figure 2 of 2</h1>",
        'alt="A calf" aria-details="picture-1-in-words" fetchpriority="high"',
        '<span class="figure__caption">The <em>calf</em></span>',
        "Drawing: R. Reed · CC BY 4.0",
        '<a href="https://pictures.example/7" rel="noopener noreferrer">',
        f'<a href="{image.file.url}">The file by itself ({LARGE[0]} × {LARGE[1]} pixels)</a>',
        "<p>TrP1: inner.</p>",
        "<p>TrP2: outer.</p>",
        '<a href="/articles/calf/#figure-2">',
        '<a href="/articles/calf/figures/1/" rel="prev">',
    ):
        assert expected in html
    assert 'rel="next"' not in html
    assert 'id="figure-2"' in client.get("/articles/calf/").content.decode()


def test_the_page_of_a_figure_offers_its_largest_file(client):
    image = make_image(size=(1700, 20))
    make_renditions(image, at=NOW)
    html = page_of(client, make_article(lead_image=image), 1)
    largest = image.renditions.filter(shape="whole", format="webp").last()
    assert f'{largest.file.url} {largest.width_px}w" sizes="1700px"' in html


def test_a_note_in_a_caption_leads_to_the_article_that_lists_it(client):
    image = make_image(size=LARGE)
    body = f"<p>a<sup data-note=''>One</sup></p>{shown(image, 'b<sup data-note=``>Two</sup>')}"
    article = make_article(slug="calf", body=body.replace("``", '""'))
    html = page_of(client, article, 1)
    assert re.findall(r'href="([^"]*#note[^"]*)"', html) == ["/articles/calf/#note-2"]
    assert 'id="note-2"' in client.get("/articles/calf/").content.decode()
    assert 'class="notes"' not in html


@pytest.mark.parametrize("number", ["0", "3", "9" * 30, "9" * 5000])
def test_a_figure_that_there_is_not_is_not_there(client, number):
    article = make_article(slug="calf", lead_image=make_image(), body=shown(make_image()))
    assert page_of(client, article, 2)
    assert client.get(f"/articles/calf/figures/{number}/").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "in_review"},
        {"status": "withdrawn"},
        {"expires_at": NOW},
    ],
)
def test_a_figure_of_what_is_not_public_is_not_there(client, fields):
    image = make_image(size=LARGE, credit="Secret hand")
    article = make_article(lead_image=image, **fields)
    change_slug(article, "moved")
    for slug in (article.slug, "moved"):
        response = client.get(reverse("articles:figure", args=[slug, 1]))
        assert (response.status_code, b"Secret" in response.content) == (404, False)


def test_a_figure_moves_with_its_article(client):
    article = make_article(slug="old", lead_image=make_image())
    change_slug(article, "new")
    response = client.get("/articles/old/figures/1/")
    assert (response.status_code, response["Location"]) == (301, "/articles/new/figures/1/")


def test_in_a_preview_figures_lead_to_their_files(client):
    image = make_image(size=LARGE)
    article = make_article(status="draft", published_at=None, lead_image=image, body=shown(image))
    link = make_link(article, at=timezone.now(), days=1)
    assert ways_to_figures(client.get(link).content.decode()) == [image.file.url] * 2


@pytest.mark.parametrize("number", [1, 5])
def test_the_page_of_a_figure_takes_a_constant_number_of_queries(
    client, number, django_assert_num_queries
):
    links = "".join(f'<a data-article="{make_article().pk}">a</a>' for _ in range(number))
    figures = "".join(shown(make_image(), links) for _ in range(number))
    article = make_article(body=figures, lead_image=make_image())
    page_of(client, article, 1)
    # Article, figures, renditions of these and of the lead image, links.
    with django_assert_num_queries(4):
        page_of(client, article, number + 1)
