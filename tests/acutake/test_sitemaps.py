"""What search engines are told of."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from acutake.sitemaps import PractitionerSitemap
from articles.models import Article
from directory.models import Practitioner
from tests.articles.factories import make_article
from tests.directory.factories import make_practitioner, make_specialty

pytestmark = pytest.mark.django_db


def addresses(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", response.content.decode())


def test_index_leads_to_every_page_of_every_kind(client, monkeypatch):
    monkeypatch.setattr(PractitionerSitemap, "limit", 2)
    people = [make_practitioner() for _ in range(3)]

    found = addresses(client, "/sitemap.xml")

    assert found == [
        "/sitemap-articles.xml",
        "/sitemap-practitioners.xml",
        "/sitemap-practitioners.xml?p=2",
        "/sitemap-specialties.xml",
        "/sitemap-letters.xml",
    ]
    assert [path for index in found for path in addresses(client, index)] == [
        *(person.get_absolute_url() for person in people),
        "/acupuncturists/letters/",
    ]


def test_only_what_is_public_is_told_of(client):
    make_article(slug="public")
    make_article(slug="a-draft", status=Article.Status.DRAFT)
    make_article(slug="tomorrow", published_at=timezone.now() + timedelta(days=1))
    offered, unused = make_specialty(slug="sleep"), make_specialty()
    make_practitioner(slug="listed", specialties=[offered])
    withdrawn = Practitioner.Listing.WITHDRAWN
    make_practitioner(slug="withdrawn", listing=withdrawn, specialties=[unused])

    assert addresses(client, "/sitemap-articles.xml") == ["/articles/public/"]
    assert addresses(client, "/sitemap-practitioners.xml") == ["/acupuncturists/listed/"]
    assert addresses(client, "/sitemap-specialties.xml") == ["/acupuncturists/specialties/sleep/"]


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-articles.xml?p=2"])
def test_page_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_index_reads_no_practitioners(client, count, django_assert_num_queries):
    for _ in range(count):
        make_practitioner()
    # For each kind its last change and its number; specialties have no date.
    with django_assert_num_queries(6):
        client.get("/sitemap.xml")
