"""What old sites hold that no manual mentions: nothing of it stops an import, or goes unsaid."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from taggit.models import Tag

from articles.models import Article, Author, ImportedItem, OldAddress, Revision
from articles.publishing import change_slug
from articles.tag_merging import merge_tags
from comments.models import Comment
from comments.moderation import approve
from tests.acutake.test_moving import bring, notes_of, outcomes
from tests.articles.wordpress.files import author, category, comment, export, item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "status", "date", "notes"),
    [
        ({"status": "draft"}, "draft", None, []),
        ({"status": "pending"}, "in_review", None, []),
        ({"status": "private"}, "draft", None, ["It was private on the old site."]),
        ({"password": "x"}, "draft", None, ["It was protected by a password on the old site."]),
        ({"status": "trash", "slug": "a__trashed"}, "withdrawn", (2019, 5, 4, 17, 30), []),
        ({"status": "wc-done"}, "draft", None, ["Its status on the old site was “wc-done”."]),
        ({"date_gmt": "0000-00-00 00:00:00"}, "published", (2019, 5, 4, 17, 30), []),
        ({"date_gmt": "0000-00-00 00:00:00", "date": "x"}, "published", (2019, 5, 4, 17, 30), []),
        ({"date_gmt": "9999-99-99 00:00:00", "date": "1066-10-14 09:00:00"}, "published",
         (2019, 5, 4, 17, 30), []),
    ],
)  # fmt: skip
def test_statuses_and_dates(tmp_path, fields, status, date, notes):
    rows = bring(tmp_path, export(item(old_id=7, **fields)))
    article = Article.objects.get()
    moment = datetime(*date, tzinfo=UTC) if date else None
    assert (article.status, article.published_at) == (status, moment)
    assert notes_of(rows, "post", "7") == notes
    assert list(article.revisions.values_list("note", flat=True)) == notes[:1]


def test_a_post_without_any_date_gets_that_of_the_import(tmp_path):
    content = export(item(old_id=7, date="0000-00-00 00:00:00", date_gmt="0000-00-00 00:00:00"))
    content = content.replace(b"Sat, 04 May 2019 17:30:00 +0000", b"Sat, 99 Mai 20199")
    rows = bring(tmp_path, content)
    first = Article.objects.get().published_at
    assert abs((timezone.now() - first).total_seconds()) < 600
    assert notes_of(rows, "post", "7") == ["It has no date; it gets that of the import."]
    assert outcomes(bring(tmp_path, content))[-1] == ("post", "7", "unchanged")
    assert Article.objects.get().published_at == first


@pytest.mark.parametrize(
    ("title", "headline", "body"),
    [
        ("", "Words.", "<p>Words.</p>"),
        ("<script>x</script> ", "Words.", "<p>Words.</p>"),
        ("a " * 90, "a " * 78 + "a…", f"<p><strong>{'a ' * 89}a</strong></p><p>Words.</p>"),
    ],
)
def test_titles_that_cannot_be_headlines(tmp_path, title, headline, body):
    rows = bring(tmp_path, export(item(old_id=7, title=title)))
    article = Article.objects.get()
    assert (article.headline, article.body) == (headline, body)
    assert len(notes_of(rows, "post", "7")) == 1


def test_an_item_without_anything_is_kept(tmp_path):
    rows = bring(tmp_path, export("<item></item><item></item>", item(old_id=7)))
    assert [row["outcome"] for row in rows[-3:]] == ["created", "skipped", "created"]
    assert rows[-2]["notes"] == "The same stands in the file before."
    assert sorted(Article.objects.values_list("headline", flat=True)) == [
        "A title",
        "Without a title",
    ]


def test_ids_and_slugs_that_are_not_their_own(tmp_path):
    content = export(
        item(old_id=7, title="First", slug="heel"),
        item(old_id=7, title="Second", slug="heel"),
        item(old_id=7, title="First", slug="heel"),
        item(old_id="", title="Third", slug="feed"),
        item(old_id="0", title="Fourth", slug="%d0%b1%d0%be%d0%bb%d1%8c"),
        item(old_id="x" * 500, title="Больно", slug=""),
        item(old_id="9" * 500, title="Sixth", slug="s" * 400, creator="c" * 400),
    )
    rows = bring(tmp_path, content)
    assert [row["outcome"] for row in rows if row["kind"] == "post"] == [
        *("created", "created", "skipped", "created", "created", "created", "created")
    ]
    slugs = dict(Article.objects.values_list("headline", "slug"))
    number = slugs.pop("Больно")
    assert slugs.pop("Sixth") == "s" * 120
    assert slugs == {"First": "heel", "Second": "heel-2", "Third": "feed-2", "Fourth": "fourth"}
    assert number.startswith("post-x")
    assert Counter(row["outcome"] for row in bring(tmp_path, content))["created"] == 0
    assert Article.objects.count() == 6


def test_an_address_that_is_taken_here_gets_a_number(tmp_path, client):
    from tests.articles.factories import make_article

    here = make_article(slug="heel")
    bring(tmp_path, export(item(old_id=7, slug="heel")))
    assert client.get("/blog/2019/05/heel/")["Location"] == "/articles/heel-2/"
    assert client.get(here.get_absolute_url()).status_code == 200


def test_thousands_of_revisions_are_passed_over_and_counted(tmp_path):
    revisions = [item(old_id=n, kind="revision", status="inherit") for n in range(100, 2_100)]
    rows = bring(tmp_path, export(item(old_id=7), *revisions))
    assert Counter((row["kind"], row["outcome"]) for row in rows) == {
        ("author", "created"): 1,
        ("post", "created"): 1,
        ("revision", "skipped"): 2_000,
    }


def test_deep_threads_circles_and_strangers(tmp_path):
    deep = [comment(old_id=n, parent=n - 1, body=f"Level {n}") for n in range(1, 31)]
    odd = [
        comment(old_id=50, parent=51, body="Circle"),
        comment(old_id=51, parent=50, body="Circle too"),
        comment(old_id=52, parent=52, body="Self"),
        comment(old_id=52, body="Double"),
        comment(old_id="", name="", body=""),
        comment(old_id=54, name="N" * 200, date_gmt="0000-00-00 00:00:00", date="x", status="y"),
    ]
    content = export(item(old_id=7, comments=[*reversed(deep), *odd]))
    rows = bring(tmp_path, content)
    assert Counter(row["outcome"] for row in rows) == {"created": 38}
    found, depth = Comment.objects.get(body="Level 30"), 1
    while found.parent:
        found, depth = found.parent, depth + 1
    assert (found.body, depth) == ("Level 1", 30)
    assert Comment.objects.get(body="Circle").parent is None
    assert Comment.objects.get(body="Circle too").parent == Comment.objects.get(body="Circle")
    assert Comment.objects.get(body="Self").parent is None
    assert Counter(row["outcome"] for row in bring(tmp_path, content)) == {"unchanged": 38}


def test_comments_are_plain_words(tmp_path):
    html = '<p>a<br />b</p>\n<p>c <a href="https://x.example/?a=1&amp;b=2">d</a></p>&lt;e&gt;<script>f</script>'
    bring(tmp_path, export(item(old_id=7, comments=[comment(body=html)])))
    assert Comment.objects.get().body == "a\nb\n\nc d (https://x.example/?a=1&b=2)\n\n<e>"


def test_a_later_export_renews_what_nobody_has_touched(tmp_path):
    posts = (
        {"old_id": 7, "slug": "one"},
        {"old_id": 8, "slug": "two"},
        {"old_id": 9, "slug": "three"},
    )
    said = [comment(old_id=1, status="0"), comment(old_id=2, status="0")]
    bring(tmp_path, export(*[item(**post, comments=said) for post in posts]))
    one, two, three = (Article.objects.get(slug=post["slug"]) for post in posts)
    change_slug(two, "second")
    three.delete()
    approve(one.comments.order_by("pk")[0], at=timezone.now(), by=None)

    said = [comment(old_id=1, status="spam"), comment(old_id=2, body="Anew", status="1")]
    later = export(
        *[
            item(**post, title="Anew", tags=["New"], body="New words", comments=said)
            for post in posts
        ],
        item(old_id=10, slug="four"),
    )
    dry = bring(tmp_path, later, dry_run=True)
    rows = bring(tmp_path, later)

    assert rows == dry
    posts = [(row["id"], row["outcome"], row["changed"]) for row in rows if row["kind"] == "post"]
    assert posts == [
        ("7", "updated", "headline, body, tags"),
        ("8", "skipped", ""),
        ("9", "skipped", ""),
        ("10", "created", ""),
    ]
    assert notes_of(rows, "post", "8") == [
        "An editor has changed it here; the export has another: headline, body, tags."
    ]
    assert notes_of(rows, "post", "9") == ["Somebody has deleted this article here."]
    told = [row["outcome"] for row in rows if row["kind"] == "comment"]
    assert told == ["skipped", "updated", "updated", "updated", "skipped", "skipped"]
    one.refresh_from_db()
    assert (one.headline, one.body, list(one.tags.names())) == ("Anew", "<p>New words</p>", ["New"])
    notes = Revision.objects.filter(article=one).order_by("number").values_list("note", flat=True)
    assert list(notes) == [
        "As it was before changes were kept.",
        "Updated from a later WordPress export.",
    ]
    states = one.comments.order_by("pk").values_list("body", "status")
    assert list(states) == [("Thank you.", "approved"), ("Anew", "approved")]
    assert Counter(row["outcome"] for row in bring(tmp_path, later))["updated"] == 0


def test_pages_may_be_left_out(tmp_path):
    content = export(item(old_id=7), item(old_id=8, kind="page", comments=[comment()]))
    rows = bring(tmp_path, content, pages="skip")
    assert notes_of(rows, "page", "8") == ["Pages are left out, as it was chosen."]
    assert notes_of(rows, "comment", "1") == ["There is no article that it could stand under."]
    assert Article.objects.count() == 1


def test_attachments_that_cannot_be_pictures(tmp_path):
    path = "https://old.example/wp-content/uploads"
    outside = {"_wp_attached_file": "../../secret.jpg"}
    content = export(
        item(old_id=1, kind="attachment", title="No file"),
        item(old_id=2, kind="attachment", attachment_url=f"{path}/a.pdf"),
        item(old_id=3, kind="attachment", attachment_url=f"{path}/a.jpg"),
        item(old_id=4, kind="attachment", attachment_url=f"{path}/a.jpg"),
        item(old_id=5, kind="attachment", attachment_url=f"{path}/b.jpg", meta=outside),
        item(old_id=6, kind="attachment", attachment_url=f"{path}/c.jpg"),
    )
    media = tmp_path / "a" / "uploads"
    media.mkdir(parents=True)
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (media / "c.jpg").write_bytes(b"GIF89a")
    rows = {row["id"]: row["notes"] for row in bring(tmp_path, content, media=media)}
    assert rows == {
        "1": "It has no file.",
        "2": "It is no picture: a.pdf. Links to it stay as they are.",
        "3": "There is no such file among the uploads.",
        "4": "Another attachment has the same file.",
        "5": "There is no such file among the uploads.",
        "6": "The file is damaged, or it is not a JPEG, PNG, WebP or AVIF picture.",
    }


def test_old_addresses_that_lead_elsewhere_are_told(tmp_path):
    bring(tmp_path, export(item(old_id=7, slug="heel"), site="https://one.example/blog"))
    later = export(
        item(old_id=8, slug="heel"),
        item(old_id=9, slug="about", link="https://two.example/about/"),
        site="https://two.example/blog",
    )
    dry = bring(tmp_path, later, dry_run=True)
    rows = bring(tmp_path, later)
    assert rows == dry
    assert notes_of(rows, "post", "8") == [
        "Its old address leads somewhere else here already: /blog/2019/05/heel."
    ]
    assert notes_of(rows, "post", "9") == [
        "This site has a page of its own at its old address: /about."
    ]


def test_two_sites_may_come_one_after_the_other(tmp_path):
    bring(tmp_path, export(item(old_id=7), site="https://one.example"))
    bring(tmp_path, export(item(old_id=7), site="https://two.example/blog"))
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["a-title", "a-title-2"]
    assert ImportedItem.objects.filter(kind="article").count() == 2
    paths = OldAddress.objects.filter(path__contains="?p=").values_list("path", "article__slug")
    assert dict(paths) == {"/?p=7": "a-title", "/blog?p=7": "a-title-2"}


def test_lists_of_the_old_site_lead_to_lists_here(tmp_path, client):
    head = (
        author("ada", "Ada Alder", old_id=3)
        + category("body", "Body")
        + category("%d1%81%d1%82%d0%be%d0%bf%d1%8b", "Стопы", parent="body")
        + category("s" * 900, "Long")
    )
    bring(tmp_path, export(item(old_id=7, categories=["Body", "Стопы"]), head=head))
    body, feet = (Article.objects.get().tags.get(name=name) for name in ("Body", "Стопы"))
    for address, tag in (("category/body/", body), ("category/body/стопы/page/2/", feet)):
        led = client.get(f"/blog/{address}")
        assert (led.status_code, led["Location"]) == (301, f"/articles/tags/{tag.slug}/")
    for address in ("author/ada/", "?author=3"):
        assert client.get(f"/blog/{address}")["Location"] == "/articles/authors/ada-alder/"
    assert client.get("/blog/").status_code == 404


def test_a_tag_that_was_merged_here_stays_merged(tmp_path, client):
    content = export(item(old_id=7, categories=["Feet"]), head=category("feet", "Feet"))
    bring(tmp_path, content)
    foot = Tag.objects.create(name="Foot")
    merge_tags(foot, [Tag.objects.get(name="Feet")])
    later = content.replace(b"Words.", b"Other words.")
    rows = bring(tmp_path, later)
    assert [row["outcome"] for row in rows] == ["unchanged", "unchanged", "updated"]
    assert list(Tag.objects.values_list("name", flat=True)) == ["Foot"]
    assert list(Article.objects.get().tags.names()) == ["Foot"]
    assert client.get("/blog/category/feet/")["Location"] == "/articles/tags/foot/"


def test_no_name_is_an_address_of_e_mail(tmp_path, client):
    content = export(
        item(old_id=7, creator="ada@old.example", comments=[comment(name="bo@old.example")]),
        item(old_id=8, creator="cy@old.example"),
        head=author("ada@old.example", "") + author("dee", "Dee &lt;dee@old.example&gt;"),
    )
    rows = bring(tmp_path, content)
    assert [row["outcome"] for row in rows] == ["created"] * 6
    assert not any("@" in cell and "old.example" in cell for row in rows for cell in row.values())
    names = list(Author.objects.order_by("name").values_list("name", "slug"))
    assert names == [("Dee <dee>", "dee-dee"), ("ada", "ada"), ("cy", "cy")]
    assert "@old.example" not in client.get("/articles/a-title/").content.decode()
    assert [row["outcome"] for row in bring(tmp_path, content)] == ["unchanged"] * 6
