import io

import pytest

from articles.models import ImportedItem
from articles.wordpress.survey import Keys, survey
from articles.wordpress.wxr import Export, WxrError
from tests.articles.factories import make_article
from tests.articles.wordpress.files import author, category, comment, export, item

pytestmark = pytest.mark.django_db
SLUGS = ["taken", "free", "free", "free", "feed", "%c3%bcber"]


def look(content, **options):
    return survey(io.BytesIO(content), **options)


def test_everything_is_counted_once():
    found = look(
        export(
            item(old_id=1, comments=[comment(old_id=1), comment(old_id=2)], tags=["Heel"]),
            item(old_id=2, creator="gone", categories=["Feet"]),
            item(old_id=3, kind="revision"),
            item(old_id=4, kind="attachment", attachment_url="https://old.example/x.zip"),
            head=author("ada", "Ada") + category("feet", "Feet") + category("hands", "Hands"),
        )
    )
    assert sorted(found.people) == ["ada", "gone"]
    assert [term.name for term in found.terms] == ["Feet", "Hands", "Heel"]
    assert (found.counts["items"], found.counts["comments"]) == (4, 2)
    assert found.total == 2 + 3 + 4 + 2
    assert (found.source, found.base) == ("old.example/blog", "/blog")


def test_addresses_are_decided_beforehand_and_alike_again():
    make_article(slug="taken")
    content = export(*[item(old_id=n, slug=slug) for n, slug in enumerate(SLUGS, 1)])
    found = look(content)
    assert list(found.slugs.values()) == ["taken-2", "free", "free-2", "free-3", "feed-2", "uber"]
    # As after a run that was killed when it had written two.
    for key in ("1", "2"):
        article = make_article(slug=found.slugs[key])
        ImportedItem.objects.create(
            source=found.source, kind="article", old_id=key, article=article
        )
    assert look(content).slugs == found.slugs


def test_links_lead_to_the_first_of_two_with_one_address():
    links = look(export(item(old_id=1, slug="heel"), item(old_id=2, slug="heel"))).links
    assert links == {
        "/blog/2019/05/heel": "/articles/heel/",
        "/blog?p=1": "/articles/heel/",
        "/blog?p=2": "/articles/heel-2/",
    }


def test_what_was_mended_is_told():
    dirty = export(item(old_id=1, title="Caf# \x0b", comments=[comment(url="https://a.example")]))
    assert look(dirty.replace(b"#", b"\xe9")).notes == [
        "WordPress export 1.2 of https://old.example/blog.",
        "1 byte is no UTF-8 and was read as Windows-1252.",
        "1 control character was left out.",
        "1 comment names a website of its writer, which comments here do not show.",
    ]


def test_a_break_at_the_very_end_is_found():
    with pytest.raises(WxrError):
        look(export(item(old_id=1)).replace(b"</rss>", b"</rs>"))


def test_items_are_named_alike_in_every_reading():
    content = export(
        item(old_id=1), item(old_id=1), item(old_id=1, title="Other"), item(old_id=""), "<item/>"
    )
    items = list(Export(io.BytesIO(content)))
    names, again = Keys(), Keys()
    taken = [names.take(found) for found in items]
    assert taken == [again.take(found) for found in items]
    keys = [key for key, _is_again in taken]
    assert (keys[:2], len(set(keys))) == (["1", "1"], 4)
    assert [is_again for _key, is_again in taken] == [False, True, False, False, False]
