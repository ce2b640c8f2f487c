"""What search engines are told of."""

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from acutake import sitemaps
from articles.models import Article
from articles.next_versions import begin_next_version
from articles.snapshots import apply_snapshot, snapshot_of
from directory.models import CredentialKind, Practitioner
from tests.articles.factories import PUBLISHED_AT, make_article, make_author
from tests.directory.factories import make_office, make_practitioner, make_specialty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

OTHERS = [
    "/",
    "/about/",
    "/articles/",
    "/acupuncturists/in/",
    "/acupuncturists/specialties/",
    "/acupuncturists/letters/",
]


def entries(client, path):
    """The addresses of a page of the sitemap with the last change of each, or None."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    root = ElementTree.fromstring(response.getvalue())
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {}
    for entry in root:
        place = entry.find("s:loc", names).text
        assert place.startswith("http://testserver/")
        found[place.removeprefix("http://testserver")] = entry.findtext("s:lastmod", None, names)
    return found


@pytest.fixture(autouse=True)
def one_page(monkeypatch):
    """Keys begin anywhere when other tests have used up the first ones."""
    monkeypatch.setattr(sitemaps, "ENTRIES", 10**9)


def in_town(count, city, *, specialties=(), **fields):
    return [
        make_practitioner(specialties=specialties, office=make_office(city=city), **fields)
        for _ in range(count)
    ]


def abroad(count, **fields):
    """People in towns that have no page, and so must not take a place on a page of the sitemap."""
    return [
        make_practitioner(
            office=make_office(city="London", state_code=state, country_code=country), **fields
        )
        for state, country in (("ENG", "GB"), ("ON", "CA"))
        for _ in range(count)
    ]


def test_index_leads_to_every_page_of_every_kind(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "ENTRIES", 2)
    sleep, laser = make_specialty(slug="sleep"), make_specialty(slug="laser")
    people = [
        *in_town(3, "Brooklyn", specialties=[sleep, laser]),
        *in_town(3, "Manhattan", specialties=[sleep]),
        *in_town(3, "Queens"),
        *abroad(3, specialties=[sleep]),
    ]
    article = make_article(
        authors=[make_author(slug="reed"), make_author(slug="moss")],
        tags=["run", "sleep"],
        specialties=[sleep],
    )
    make_article(tags=["secret"], authors=[make_author()], specialties=[laser], status="draft")

    index = entries(client, "/sitemap.xml")
    told = [path for page in index for path in entries(client, page)]

    new_york = "/acupuncturists/in/new-york/"
    assert len(told) == len(set(told))
    assert set(told) == {
        *OTHERS,
        article.get_absolute_url(),
        "/articles/2026/",
        "/articles/2026/3/",
        *(f"/articles/tags/{slug}" for slug in ("", "run/", "sleep/")),
        *(f"/articles/authors/{slug}" for slug in ("", "reed/", "moss/")),
        *(f"/articles/specialties/{slug}" for slug in ("", "sleep/")),
        *(person.get_absolute_url() for person in people),
        sleep.get_absolute_url(),
        laser.get_absolute_url(),
        new_york,
        *(f"{new_york}{town}/" for town in ("brooklyn", "manhattan", "queens")),
        *(f"{new_york}brooklyn/{care}/" for care in ("sleep", "laser")),
        f"{new_york}manhattan/sleep/",
    }
    assert {path for path in index if "towns" in path} == {
        "/sitemap-towns.xml",
        "/sitemap-towns.xml?p=2",
    }
    assert all(client.get(path).status_code == 200 for path in told)


def test_only_what_is_public_is_told_of(client):
    make_article(slug="public")
    make_article(slug="a-draft", status=Article.Status.DRAFT)
    make_article(slug="tomorrow", published_at=timezone.now() + timedelta(days=1))
    make_practitioner(slug="listed")
    for listing in (Practitioner.Listing.WITHDRAWN, Practitioner.Listing.DRAFT):
        make_practitioner(listing=listing)

    assert set(entries(client, "/sitemap-articles.xml")) == {"/articles/public/"}
    assert set(entries(client, "/sitemap-practitioners.xml")) == {"/acupuncturists/listed/"}


@pytest.mark.parametrize(("count", "is_told"), [(2, False), (3, True)])
def test_landing_pages_are_told_of_as_they_are_indexed(client, count, is_told):
    sleep = make_specialty(slug="sleep")
    in_town(count, "Brooklyn", specialties=[sleep])
    in_town(3, "Brooklyn", specialties=[sleep], listing=Practitioner.Listing.WITHDRAWN)
    pages = {
        "specialties": "/acupuncturists/specialties/sleep/",
        "states": "/acupuncturists/in/new-york/",
        "towns": "/acupuncturists/in/new-york/brooklyn/",
        "care": "/acupuncturists/in/new-york/brooklyn/sleep/",
    }
    for section, page in pages.items():
        is_indexed = 'content="noindex"' not in client.get(page).text
        status = client.get(f"/sitemap-{section}.xml").status_code
        told = set(entries(client, f"/sitemap-{section}.xml")) if status == 200 else set()
        assert (is_indexed, told) == (is_told, {page} if is_told else set())
    index = set(entries(client, "/sitemap.xml"))
    assert {f"/sitemap-{section}.xml" in index for section in pages} == {is_told}


def test_last_changes_are_those_that_were_made(client):
    reed, moss = make_author(slug="reed"), make_author(slug="moss")
    make_article(slug="old", revised_at=None, authors=[reed, moss])
    make_article(slug="new", revised_at=PUBLISHED_AT + timedelta(days=3), authors=[moss])
    make_practitioner(slug="ada")
    Practitioner.objects.update(updated_at=datetime(2026, 2, 3, 23, 30, tzinfo=UTC))
    CredentialKind.objects.create(
        slug="lac",
        letters="L.Ac.",
        name="Licensed",
        looked_up_on=date(2026, 1, 2),
    )

    assert entries(client, "/sitemap-articles.xml") == {
        "/articles/old/": "2026-03-01",
        "/articles/new/": "2026-03-04",
    }
    assert entries(client, "/sitemap-practitioners.xml") == {"/acupuncturists/ada/": "2026-02-03"}
    assert entries(client, "/sitemap-authors.xml") == {
        "/articles/authors/reed/": "2026-03-01",
        "/articles/authors/moss/": "2026-03-04",
    }
    assert entries(client, "/sitemap-months.xml") == {
        "/articles/2026/": "2026-03-04",
        "/articles/2026/3/": "2026-03-04",
    }
    assert entries(client, "/sitemap-others.xml") == {
        **dict.fromkeys(OTHERS),
        "/articles/": "2026-03-04",
        "/articles/authors/": "2026-03-04",
        "/acupuncturists/letters/": "2026-01-02",
    }
    assert entries(client, "/sitemap.xml") == {
        "/sitemap-articles.xml": "2026-03-04",
        "/sitemap-authors.xml": "2026-03-04",
        "/sitemap-months.xml": "2026-03-04",
        "/sitemap-practitioners.xml": "2026-02-03",
        "/sitemap-others.xml": None,
    }


def test_archives_follow_a_next_version_from_its_minute_on(client):
    now = timezone.now()
    article = make_article(tags=["old"])
    version = begin_next_version(article, at=now, by=None)
    revised_at = PUBLISHED_AT + timedelta(days=2)
    words = {**snapshot_of(version), "tags": ["new"], "revised_at": revised_at.isoformat()}
    apply_snapshot(version, words)
    assert entries(client, "/sitemap-tags.xml") == {"/articles/tags/old/": "2026-03-01"}
    Article.objects.filter(pk=article.pk).update(next_version_at=now - timedelta(hours=1))
    assert entries(client, "/sitemap-tags.xml") == {"/articles/tags/new/": "2026-03-03"}


def test_every_archive_is_told_of_as_long_as_its_page_is_there(client):
    make_article(tags=["run"], specialties=[make_specialty()])
    paths = [
        path
        for section in ("tags", "authors", "about", "months", "others")
        for path in entries(client, f"/sitemap-{section}.xml")
    ]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
    Article.objects.update(status="withdrawn")
    for section in ("tags", "authors", "about", "months"):
        assert client.get(f"/sitemap-{section}.xml").status_code == 404
    assert set(entries(client, "/sitemap-others.xml")) == set(OTHERS)


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-nothing.xml",
        "/sitemap-articles.xml",
        "/sitemap-others.xml?p=2",
        "/sitemap-others.xml?p=0",
        "/sitemap-others.xml?p=-1",
        "/sitemap-others.xml?p=x",
        "/sitemap-others.xml?p=",
        f"/sitemap-practitioners.xml?p={'9' * 30}",
        "/sitemap-practitioners.xml?p=99999999",
        "/sitemap-care.xml?p=99999999",
    ],
)
def test_page_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_it_is_read_by_search_engines_and_shown_to_nobody(client):
    response = client.get("/sitemap.xml")
    assert response["X-Robots-Tag"] == "noindex"
    assert client.post("/sitemap.xml").status_code == 405
    assert dict(client.cookies) == {}


def test_a_page_has_at_most_so_many_entries(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "ENTRIES", 2)
    for _ in range(5):
        make_practitioner()
    pages = [path for path in entries(client, "/sitemap.xml") if "practitioners" in path]
    assert max(len(entries(client, page)) for page in pages) == 2
    assert sum(len(entries(client, page)) for page in pages) == 5
    numbers = [int(found) for page in pages for found in re.findall(r"p=(\d+)", page)]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("count", [3, 12])
def test_queries_do_not_grow_with_the_rows(client, count, django_assert_num_queries):
    sleep = make_specialty()
    in_town(count, "Brooklyn", specialties=[sleep])
    for number in range(count):
        moment = datetime(2025, 1 + number % 12, 1, tzinfo=UTC)
        make_article(tags=[f"tag {number}"], specialties=[make_specialty()], published_at=moment)
    list(client.get("/sitemap.xml"))
    for path, queries in (
        ("/sitemap.xml", 13),
        ("/sitemap-tags.xml", 1),
        ("/sitemap-authors.xml", 1),
        ("/sitemap-about.xml", 1),
        ("/sitemap-months.xml", 1),
        ("/sitemap-articles.xml", 1),
        ("/sitemap-practitioners.xml", 1),
        ("/sitemap-specialties.xml", 2),
        ("/sitemap-states.xml", 2),
        ("/sitemap-towns.xml", 2),
        ("/sitemap-care.xml", 3),
        ("/sitemap-others.xml", 5),
    ):
        with django_assert_num_queries(queries):
            assert list(client.get(path))
