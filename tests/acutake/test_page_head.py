"""The head of every public page: one title, one address or none, and a card."""

import re
from urllib.parse import urlsplit

import pytest
from django.template import Context, Template
from django.urls import reverse

from directory.portraits import portrait_of
from tests.acutake.test_nobody_unlisted import (
    all_examples,
    everything_in,
    world,  # noqa: F401 (a fixture)
)
from tests.articles.factories import make_article
from tests.directory.factories import make_practitioner
from tests.page_reader import Page

ORIGIN = "https://acutake.example"
CARD_TAGS = {
    *("og:site_name", "og:locale", "og:type", "og:title", "og:description"),
    *("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
    *("twitter:card", "twitter:title", "twitter:description", "twitter:image"),
    "twitter:image:alt",
}


@pytest.fixture(autouse=True)
def origin(settings):
    settings.SITE_URL = ORIGIN


@pytest.fixture
def pages(client, small_gazetteer, world):  # noqa: F811
    """Every kind of public page, by its address; what is no page of HTML is left out."""
    answers = {path: client.get(path) for path in all_examples()}
    for answer in answers.values():
        # A stream that is left unread would ask the database when the test is over.
        everything_in(answer)
    return {
        path: answer
        for path, answer in answers.items()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    }


def is_kept_out(page: Page, answer) -> bool:
    """Whether search engines are asked not to list it."""
    return "noindex" in page.meta.get("robots", "") + answer.get("X-Robots-Tag", "")


@pytest.mark.django_db
def test_a_page_has_its_own_address_or_is_kept_out_of_search_engines(pages):
    assert len(pages) > 25
    for path, answer in pages.items():
        page = Page.of(answer)
        if not page.canonical:
            assert is_kept_out(page, answer), path
            assert "og:url" not in page.meta, path
            continue
        (canonical,) = page.canonical
        # Nothing that was asked for is in it; a list that was asked for a page too many has one.
        assert canonical == page.meta["og:url"] == ORIGIN + urlsplit(path).path, path


@pytest.mark.django_db
def test_the_way_to_a_page_is_told_as_it_is_shown(pages):
    for path, answer in pages.items():
        page = Page.of(answer)
        if not page.canonical or path == "/":
            continue
        told = page.node("BreadcrumbList")["itemListElement"]
        assert [entry["position"] for entry in told] == list(range(1, len(page.crumbs) + 1)), path
        assert [entry["name"] for entry in told] == [name for name, _ in page.crumbs], path
        # The page that one is on has no link to itself.
        ways = [f"{ORIGIN}{address}" for _, address in page.crumbs[:-1]]
        assert [entry["item"] for entry in told] == [*ways, ORIGIN + urlsplit(path).path], path


@pytest.mark.django_db
def test_no_search_has_an_address_to_share(pages):
    searched = [path for path in pages if path.startswith(("/acupuncturists/?", "/search/?"))]
    assert len(searched) > 5
    assert [path for path in searched if Page.of(pages[path]).canonical] == []


@pytest.mark.django_db
def test_the_head_of_an_article_knows_nothing_of_a_place_that_was_asked_for(client, pages):
    asked = [path for path in pages if path.startswith("/articles/heel-pain/?where=")]
    assert asked
    heads = {
        client.get(path).content.decode().partition("</head>")[0]
        for path in [*asked, "/articles/heel-pain/"]
    }
    assert len(heads) == 1


@pytest.mark.django_db
def test_every_page_has_a_card_with_its_title_and_description(pages):
    for path, answer in pages.items():
        html, meta = answer.content.decode(), Page.of(answer).meta
        assert CARD_TAGS - meta.keys() == set(), path
        assert [name for name in CARD_TAGS if not meta[name]] == [], path
        assert meta["og:title"] == meta["twitter:title"]
        assert meta["og:description"] == meta["twitter:description"] == meta["description"]
        assert re.search(r"<title>\s*(\S[^<]*)</title>", html), path
        assert meta["og:image"] == meta["twitter:image"]
        assert meta["og:image"].startswith(f"{ORIGIN}/"), path


@pytest.mark.django_db
def test_a_list_names_the_page_that_is_shown(client):
    for _ in range(25):
        make_article(tags=["run"])
    for name, arguments in (("list", []), ("tag", ["run"])):
        path = reverse(f"articles:{name}", args=arguments)
        shown = {
            asked: Page.of(client.get(path, {"page": asked})).canonical
            for asked in ("1", "2", "3", "99", "abc")
        }
        assert shown == {
            "1": [ORIGIN + path],
            "2": [f"{ORIGIN}{path}?page=2"],
            "3": [f"{ORIGIN}{path}?page=3"],
            "99": [f"{ORIGIN}{path}?page=3"],
            "abc": [ORIGIN + path],
        }


@pytest.mark.django_db
def test_a_practitioner_with_a_photo_has_a_small_card_of_it(client):
    ada = make_practitioner(name="Ada", photo="portraits/ada.jpg", photo_consent="By letter.")
    meta = Page.of(client.get(ada.get_absolute_url())).meta
    portrait = portrait_of(ada, size_px=320)
    assert (meta["twitter:card"], meta["og:image"]) == ("summary", f"{ORIGIN}{portrait.src}")
    assert (meta["og:image:width"], meta["og:image:alt"]) == ("320", "Portrait of Ada")
    bea = make_practitioner(name="Bea")
    meta = Page.of(client.get(bea.get_absolute_url())).meta
    assert (meta["twitter:card"], meta["og:image:width"]) == ("summary_large_image", "1200")


@pytest.mark.django_db
def test_an_article_says_more_of_itself(client):
    article = make_article(tags=["heel", "run & jump"], headline='"Heel" & calf')
    html = client.get(article.get_absolute_url()).content.decode()
    meta = Page(html).meta
    assert (meta["og:type"], meta["robots"]) == ("article", "max-image-preview:large")
    assert meta["og:title"] == '"Heel" & calf'
    assert meta["article:author"] == ORIGIN + article.authors.get().get_absolute_url()
    assert re.findall('article:tag" content="([^"]*)"', html) == ["heel", "run &amp; jump"]
    assert "article:modified_time" not in meta


@pytest.mark.parametrize("text", ["<b>&</b>", "", "a\nb"])
def test_what_is_kept_is_written_as_it_was(text):
    kept = "{% kept as it %}{% block a %}{{ text }}{% endblock %}{% endkept %}"
    source = "{% load page_head %}" + kept + "{{ it }}|{{ it }}|{{ text }}"
    once, again, itself = Template(source).render(Context({"text": text})).split("|")
    assert once == again == itself


@pytest.mark.django_db
def test_the_home_page_says_whose_site_it_is(client):
    page = Page.of(client.get("/"))
    assert page.nodes == [
        {
            "@type": "WebSite",
            "@id": f"{ORIGIN}/#website",
            "name": "AcuTake",
            "url": f"{ORIGIN}/",
            "publisher": {"@id": f"{ORIGIN}/#organization"},
        },
        {
            "@type": "Organization",
            "@id": f"{ORIGIN}/#organization",
            "name": "AcuTake",
            "url": f"{ORIGIN}/",
            "logo": {
                "@type": "ImageObject",
                "contentUrl": f"{ORIGIN}/static/img/icon-180.png",
                "width": 180,
                "height": 180,
            },
        },
    ]
    assert "/static/img/icon-180.png" in page.addresses
