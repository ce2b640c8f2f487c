"""Slugs that a row once had, of authors for one: each leads to the row, never to another slug."""

import pytest

from acutake.lib.old_addresses import find_by_slug, hand_over_slugs, moved, remember_slug
from articles.models import Author, AuthorPath
from tests.articles.factories import make_author

pytestmark = pytest.mark.django_db


def rename(author, slug):
    old, author.slug = author.slug, slug
    author.save()
    remember_slug(author, old)


def old_slugs(author):
    return set(author.paths.values_list("slug", flat=True))


def test_every_slug_that_it_had_leads_to_the_row():
    author = make_author(slug="one")
    for slug in ("two", "three", "four"):
        rename(author, slug)
    assert old_slugs(author) == {"one", "two", "three"}
    found = {slug: find_by_slug(Author.objects, slug) for slug in ("one", "two", "three", "four")}
    assert found == dict.fromkeys(found, author)


def test_slug_that_is_taken_back_is_no_old_one():
    author = make_author(slug="one")
    for slug in ("two", "one", "two", "one"):
        rename(author, slug)
    assert (author.slug, old_slugs(author)) == ("one", {"two"})


def test_slug_that_stays_leaves_nothing():
    author = make_author(slug="one")
    remember_slug(author, "one")
    remember_slug(author, "")
    assert old_slugs(author) == set()


def test_row_that_has_the_slug_today_wins_and_who_had_it_last_comes_after():
    first, second = make_author(slug="one"), make_author(slug="other")
    rename(first, "first")
    rename(second, "one")
    assert find_by_slug(Author.objects, "one") == second
    rename(second, "second")
    assert find_by_slug(Author.objects, "one") == second
    assert (old_slugs(first), old_slugs(second)) == (set(), {"other", "one"})


def test_addresses_of_a_merged_row_lead_to_the_one_that_stays():
    kept, merged = make_author(slug="kept-before"), make_author(slug="merged-before")
    rename(merged, "merged")
    rename(kept, "kept")
    hand_over_slugs(kept, merged)
    merged.delete()
    assert old_slugs(kept) == {"kept-before", "merged-before", "merged"}


def test_slug_that_went_to_and_fro_between_two_merged_rows_leads_to_no_loop():
    kept, merged = make_author(slug="same"), make_author(slug="other")
    rename(kept, "kept")
    rename(merged, "same")
    rename(merged, "merged")
    rename(kept, "same")
    hand_over_slugs(kept, merged)
    merged.delete()
    assert (kept.slug, old_slugs(kept)) == ("same", {"kept", "other", "merged"})


def test_nobody_has_an_unknown_slug():
    make_author(slug="one")
    assert find_by_slug(Author.objects, "two") is None
    assert AuthorPath.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "/new/"),
        ("page=2", "/new/?page=2"),
        ("page=2&a=%C3%A9&a=%26+b", "/new/?page=2&a=%C3%A9&a=%26+b"),
        ("next=https://evil.example/", "/new/?next=https%3A%2F%2Fevil.example%2F"),
        ("x=%0d%0aSet-Cookie:%20a=b", "/new/?x=%0D%0ASet-Cookie%3A+a%3Db"),
    ],
)
def test_what_was_asked_goes_along(rf, query, expected):
    response = moved(rf.get("/old/", QUERY_STRING=query), "/new/")
    assert (response.status_code, response["Location"]) == (301, expected)
