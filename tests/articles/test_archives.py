"""Which archive an address means, and what is counted in each."""

from datetime import timedelta

import pytest

from acutake.lib.old_addresses import remember_slug
from articles.archives import (
    Shelf,
    author_shelves,
    by_initial,
    find_author,
    find_specialty,
    find_tag,
    largest,
    related_tags,
    specialty_shelves,
    tag_shelves,
)
from articles.next_versions import begin_next_version, schedule_next_version
from articles.snapshots import apply_snapshot, snapshot_of
from tests.articles.factories import NOW, make_article, make_author
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HIDDEN = [
    {"status": "draft"},
    {"status": "withdrawn"},
    {"published_at": NOW + DAY},
    {"expires_at": NOW - DAY},
]


def counts(shelves):
    return {shelf.name: shelf.count for shelf in shelves}


def rename(row, slug):
    old, row.slug = row.slug, slug
    row.save()
    remember_slug(row, old)


def test_only_what_is_published_is_counted():
    reed, kind = make_author(name="Reed"), make_specialty(name="Sports")
    for _ in range(2):
        make_article(authors=[reed], tags=["run"], specialties=[kind])
    for fields in HIDDEN:
        make_article(authors=[reed, make_author()], tags=["run", "x"], specialties=[kind], **fields)
    assert counts(tag_shelves(at=NOW)) == {"run": 2}
    assert counts(author_shelves(at=NOW)) == {"Reed": 2}
    assert counts(specialty_shelves(at=NOW)) == {"Sports": 2}


def test_a_next_version_is_counted_from_its_minute_on_instead_of_the_old_words():
    article = make_article(tags=["old", "both"])
    version = begin_next_version(article, at=NOW, by=None)
    apply_snapshot(version, {**snapshot_of(version), "tags": ["new", "both"]})
    schedule_next_version(version, goes_out_at=NOW + DAY, at=NOW, by=None)
    assert counts(tag_shelves(at=NOW)) == {"both": 1, "old": 1}
    assert counts(tag_shelves(at=NOW + DAY)) == {"both": 1, "new": 1}


def test_names_stand_in_the_order_of_their_folded_words():
    make_article(tags=["zebra", "Élan", "apple", "eel", "123"])
    assert list(counts(tag_shelves(at=NOW))) == ["123", "apple", "eel", "Élan", "zebra"]
    initials = {key: [shelf.name for shelf in found] for key, found in grouped().items()}
    assert initials == {"#": ["123"], "A": ["apple"], "E": ["eel", "Élan"], "Z": ["zebra"]}


def grouped():
    return by_initial(tag_shelves(at=NOW))


def test_fullest_come_first_and_alike_ones_by_name():
    shelves = [Shelf("a", "/a/", 1), Shelf("b", "/b/", 3), Shelf("c", "/c/", 3)]
    assert [shelf.name for shelf in largest(shelves, 2)] == ["b", "c"]


def test_related_tags_are_those_of_the_same_articles():
    make_article(tags=["run", "heel", "calf"])
    make_article(tags=["run", "heel"])
    make_article(tags=["sleep"])
    make_article(tags=["run", "secret"], status="draft")
    found = find_tag("run", at=NOW)
    assert [(shelf.name, shelf.count) for shelf in related_tags(found.row, found.articles)] == [
        ("heel", 2),
        ("calf", 1),
    ]


@pytest.mark.parametrize("kind", ["tag", "author", "specialty"])
def test_archive_is_found_by_every_slug_that_it_had(kind):
    article = make_article(
        authors=[make_author(slug="one")], tags=["one"], specialties=[make_specialty(slug="one")]
    )
    rows = {
        "tag": (article.tags.get(), find_tag),
        "author": (article.authors.get(), find_author),
        "specialty": (article.specialties.get(), find_specialty),
    }
    row, find = rows[kind]
    for slug in ("two", "three", "four"):
        rename(row, slug)
    for slug in ("one", "two", "three", "four"):
        found = find(slug, at=NOW)
        assert (found.row, list(found.articles), found.has_moved) == (
            row,
            [article],
            slug != "four",
        )
    assert find("five", at=NOW) is None


@pytest.mark.parametrize("fields", HIDDEN)
def test_an_old_slug_tells_of_nobody_who_has_nothing_published(fields):
    author = make_author(slug="one")
    make_article(authors=[author], **fields)
    rename(author, "secret")
    assert find_author("one", at=NOW) is None


def test_a_new_row_takes_an_old_slug_over_as_soon_as_it_has_something_published():
    first = make_author(slug="one")
    make_article(authors=[first])
    rename(first, "first")
    second = make_author(slug="one")
    assert find_author("one", at=NOW).row == first
    make_article(authors=[second])
    assert find_author("one", at=NOW).row == second
    assert find_author("first", at=NOW).row == first


@pytest.mark.parametrize("count", [1, 5])
def test_one_query_for_any_number(count, django_assert_num_queries):
    for number in range(count):
        make_article(tags=[f"tag {number}", "all"], specialties=[make_specialty()])
    for shelves in (tag_shelves, author_shelves, specialty_shelves):
        shelves(at=NOW)
        with django_assert_num_queries(1):
            shelves(at=NOW)
