"""What is wrong with links, inside at once and outside as the last check found it."""

from datetime import timedelta

import pytest

from articles.html import sanitize
from articles.links import is_outside, link_facts, outside_addresses, record_links
from articles.models import OutsideLink
from articles.models.links import digest_of
from articles.outline import outline_of
from articles.publishing import change_slug
from tests.articles.factories import NOW, make_article
from tests.directory.factories import make_practitioner, make_specialty

pytestmark = pytest.mark.django_db


def faults(*hrefs):
    """The code of what is wrong with each address, and the new one if there is any."""
    body = "".join(f'<p><a href="{href}">words</a></p>' for href in hrefs)
    facts = link_facts(outline_of(sanitize(body)).links, at=NOW)
    return {key[1]: (fact.code, fact.new_address) for key, fact in facts.items()}


def make_link(url, **fields):
    return OutsideLink.objects.create(url=url, digest=digest_of(url), checked_at=NOW, **fields)


def test_pages_that_the_public_sees_are_right():
    article, person = make_article(), make_practitioner()
    specialty = make_specialty()
    hrefs = [
        *(article.get_absolute_url(), person.get_absolute_url(), specialty.get_absolute_url()),
        f"http://testserver{article.get_absolute_url()}#section-one",
        *("/about/", "/acupuncturists/?what=knee", "/media/x.pdf", "#section-one"),
        *("mailto:a@example.org", "tel:+15550100"),
    ]
    assert faults(*hrefs) == {}


def test_pages_that_are_missing_or_not_public_are_found():
    later = make_article(published_at=NOW + timedelta(days=1), slug="later")
    unlisted = make_practitioner(listing="draft", slug="unlisted")
    hrefs = [
        *(later.get_absolute_url(), unlisted.get_absolute_url(), "/articles/never-was/"),
        *("/nowhere/", "http://testserver/nowhere/", "/acupuncturists/specialties/no/"),
    ]
    assert faults(*hrefs) == dict.fromkeys(hrefs, ("link_dead", ""))


def test_an_old_address_is_offered_its_new_one():
    article, person = make_article(slug="old"), make_practitioner(slug="now")
    change_slug(article, "new")
    person.paths.create(slug="then")
    assert faults("/articles/old/", "/acupuncturists/then/") == {
        "/articles/old/": ("link_moved", "/articles/new/"),
        "/acupuncturists/then/": ("link_moved", "/acupuncturists/now/"),
    }


def test_an_old_address_of_what_is_not_public_leads_nowhere():
    article = make_article(slug="old")
    change_slug(article, "new")
    article.status = "withdrawn"
    article.save()
    assert faults("/articles/old/") == {"/articles/old/": ("link_dead", "")}


def test_a_link_by_number_is_right_while_the_public_sees_its_target():
    article, later = make_article(), make_article(published_at=NOW + timedelta(days=1))
    body = f'<p><a data-article="{article.pk}">a</a><a data-article="{later.pk}">b</a></p>'
    facts = link_facts(outline_of(body).links, at=NOW)
    assert {key: fact.code for key, fact in facts.items()} == {
        ("article", later.pk): "link_not_public"
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"verdict": "alive"}, None),
        ({"verdict": "dead"}, ("link_dead", "")),
        (
            {"verdict": "moved", "location": "https://y.example/"},
            ("link_moved", "https://y.example/"),
        ),
        ({"verdict": "unreachable", "failures": 2}, None),
        ({"verdict": "unreachable", "failures": 3}, ("link_silent", "")),
        ({"verdict": "refused"}, ("link_private", "")),
    ],
)
def test_a_link_to_another_site_is_as_its_last_check_found_it(fields, expected):
    make_link("https://x.example/", **fields)
    assert faults("https://x.example/") == ({"https://x.example/": expected} if expected else {})


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://x.example/a?b#c", True),
        ("HTTP://x.example", True),
        ("http://testserver/about/", False),
        ("/about/", False),
        ("//x.example/", False),
        ("mailto:a@x.example", False),
        ("https://", False),
        ("http://[", False),
        (f"https://x.example/{'a' * 2000}", False),
    ],
)
def test_only_an_address_of_another_site_is_asked_for(href, expected):
    assert is_outside(href) is expected


def test_an_address_is_written_down_once_for_all_articles_and_goes_with_the_text():
    body = (
        '<p><a href="https://x.example/">a</a><sup data-note=""><a href="https://y.example/">b</a>'
    )
    first, second = make_article(body=body), make_article(body=body)
    for article in (first, second, first):
        record_links(article)
    assert OutsideLink.objects.count() == 2
    assert {link.url for link in second.outside_links.all()} == outside_addresses(body)
    first.body = "<p>nothing</p>"
    assert record_links(first) == []
    assert (first.outside_links.count(), second.outside_links.count()) == (0, 2)


def test_what_was_never_checked_is_given_back():
    make_link("https://x.example/", verdict="alive")
    article = make_article(
        body='<p><a href="https://x.example/">a</a> <a href="https://new.example/">b</a></p>'
    )
    assert [link.url for link in record_links(article)] == ["https://new.example/"]


@pytest.mark.parametrize("number", [1, 4])
def test_it_takes_as_many_queries_for_many_links_as_for_few(number, django_assert_num_queries):
    hrefs = [f"https://x{index}.example/" for index in range(number)]
    hrefs += [f"/articles/no-{index}/" for index in range(number)]
    hrefs += [f"/acupuncturists/no-{index}/" for index in range(number)]
    with django_assert_num_queries(5):
        faults(*hrefs)
