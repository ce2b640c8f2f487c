"""Public pages are sent compressed, and the admin as it is."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from acutake.compression import compress_public_pages
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

TAKES_GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def answer(path, content_type="text/html; charset=utf-8"):
    request = RequestFactory().get(path, headers=TAKES_GZIP)
    response = HttpResponse("word " * 200, content_type=content_type)
    return compress_public_pages(lambda request: response)(request)


@pytest.mark.parametrize("path", ["/", "/about/", "/articles/feed/", "/acupuncturists.geojson"])
def test_page_is_compressed_for_whoever_takes_it(client, path):
    make_article()
    plain, compressed = client.get(path), client.get(path, headers=TAKES_GZIP)

    assert plain.get("Content-Encoding") is None
    assert compressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert plain["Vary"] == compressed["Vary"] == "Accept-Encoding"
    assert int(compressed["Content-Length"]) == len(compressed.content) < len(plain.content)


def test_sitemap_is_compressed_as_it_is_written(client):
    make_article()
    plain, compressed = (
        b"".join(client.get("/sitemap-articles.xml", headers=headers).streaming_content)
        for headers in ({}, TAKES_GZIP)
    )

    assert gzip.decompress(compressed) == plain


def test_who_has_the_compressed_feed_is_told_so(client):
    make_article()
    first = client.get("/articles/feed/", headers=TAKES_GZIP)
    again = client.get("/articles/feed/", headers={**TAKES_GZIP, "If-None-Match": first["ETag"]})

    assert first["ETag"].startswith('W/"')
    assert (again.status_code, again.content) == (304, b"")
    assert again["Vary"] == first["Vary"] == "Accept-Encoding"


def test_admin_is_never_compressed(client):
    assert client.get("/admin/login/", headers=TAKES_GZIP).get("Content-Encoding") is None
    assert answer("/admin/").get("Content-Encoding") is None


@pytest.mark.parametrize("content_type", ["image/png", "image/webp", "font/woff2", ""])
def test_what_is_no_text_is_left_as_it_is(content_type):
    assert answer("/", content_type).get("Content-Encoding") is None


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html",
        "text/vcard; charset=utf-8",
        "application/atom+xml; charset=utf-8",
        "application/json",
        "application/geo+json",
        "application/xml",
        "image/svg+xml",
    ],
)
def test_what_is_text_is_compressed(content_type):
    assert answer("/", content_type)["Content-Encoding"] == "gzip"
