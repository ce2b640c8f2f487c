"""What a phone downloads for an article, and what its first lines wait for."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.core.management import call_command
from django.test import Client

from acutake.demo.loading import load_demonstration
from articles.html import images_of
from articles.models import Article
from articles.renditions import make_renditions
from tests.articles.factories import NOW, make_article
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db

# Compressed, with fonts and scripts, without the pictures of the article.
MOST_BYTES = 50_000
# The longest one of the demonstration, with the most comments.
ARTICLE = "heel-pain-that-starts-in-the-calf"
# As a phone's browser asks over HTTPS.
ENCODINGS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
CSS_URL = re.compile(r'url\("(?P<url>[^"]+)"\)|@import "(?P<imported>[^"]+)"')
JS_IMPORT = re.compile(r'\b(?:from|import)\s*"(?P<url>[^"]+)"')


class PageFiles(HTMLParser):
    """The files that a page names, and what of them keeps its first lines waiting."""

    def __init__(self, html: str):
        super().__init__()
        self.urls: set[str] = set()
        self.blocking: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        relations = (attributes.get("rel") or "").split()
        if tag == "link" and {"stylesheet", "preload", "icon"} & set(relations):
            self.urls.add(attributes["href"])
        if tag == "link" and "stylesheet" in relations and attributes.get("media") != "print":
            self.blocking.append(attributes["href"])
        if tag == "script" and attributes.get("type") != "application/ld+json":
            self.urls.add(attributes["src"])
            if not (attributes.get("type") == "module" or {"defer", "async"} & attributes.keys()):
                self.blocking.append(attributes["src"])


@pytest.fixture
def demonstration(gazetteer):
    """The demonstration, with the files for phones of the pictures that the article shows."""
    call_command("load_vocabulary", verbosity=0)
    call_command("sync_groups", verbosity=0)
    load_demonstration(at=NOW, password="for-this-test-only")
    article = Article.objects.get(slug=ARTICLE)
    for image in [article.lead_image, *images_of(article.body).values()]:
        make_renditions(image, at=NOW)


@pytest.fixture
def served(settings, tmp_path) -> Client:
    """A visitor of the site with its files collected as a server has them."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "acutake.staticfiles.BundledStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return Client()


def fetch(client, url) -> tuple[str, int]:
    """The text at `url`, and how many bytes come over the network for it."""
    plain, sent = (
        client.get(url, headers=headers) for headers in ({"Accept-Encoding": "identity"}, ENCODINGS)
    )
    assert (url, plain.status_code) == (url, 200)
    return plain.getvalue().decode(errors="replace"), len(sent.getvalue())


def download(client, path) -> dict[str, int]:
    """The bytes of the page and of all that it and its files name, but pictures of the article."""
    sizes = {}
    html, sizes[path] = fetch(client, path)
    waiting = PageFiles(html).urls
    while waiting:
        url = waiting.pop()
        text, sizes[url] = fetch(client, url)
        pattern = {"css": CSS_URL, "js": JS_IMPORT}.get(url.rpartition(".")[2])
        named = pattern.finditer(text) if pattern else ()
        found = {urljoin(url, next(filter(None, match.groups()))) for match in named}
        waiting |= found - sizes.keys()
    return sizes


@pytest.mark.usefixtures("demonstration")
def test_the_longest_article_weighs_at_most_50_kilobytes_without_its_pictures(served):
    sizes = download(served, f"/articles/{ARTICLE}/")
    kinds = {url.rpartition(".")[2] for url in sizes if url.startswith("/static/")}
    assert kinds == {"css", "js", "svg", "woff2"}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize(
    ("path", "stylesheet"),
    [
        ("/", "site"),
        ("/articles/", "site"),
        (f"/articles/{ARTICLE}/", "site"),
        ("/search/?q=heel", "site"),
        ("/acupuncturists/", "directory"),
        ("/acupuncturists/ada/", "directory"),
    ],
)
def test_nothing_keeps_a_page_waiting_but_one_stylesheet(client, path, stylesheet):
    make_article(slug=ARTICLE)
    make_practitioner(slug="ada")
    html = client.get(path).content.decode()
    assert PageFiles(html).blocking == [f"/static/css/{stylesheet}.css"]
