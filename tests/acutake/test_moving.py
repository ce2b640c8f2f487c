"""Whole exports through the command: the numbers in are the numbers out, and nothing is lost."""

import csv
from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image as Pillow

from articles.models import Article, Author, Feature, Image, ImportedItem, OldAddress
from comments.models import Comment
from tests.articles.wordpress.files import SITE, author, category, comment, export, item

pytestmark = pytest.mark.django_db
Status = Article.Status


def call(path, **options):
    out = StringIO()
    call_command("import_wordpress", path, stdout=out, **options)
    return out.getvalue().splitlines()


def bring(tmp_path, content, **options):
    """The rows of the report; the file is imported, or only looked at."""
    path, report = tmp_path / "export.xml", tmp_path / "report.csv"
    path.write_bytes(content)
    call(path, report=report, **options)
    with report.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def outcomes(rows):
    return [(row["kind"], row["id"], row["outcome"]) for row in rows]


def notes_of(rows, kind, old_id):
    (row,) = [row for row in rows if (row["kind"], row["id"]) == (kind, old_id)]
    return row["notes"].splitlines()


@pytest.fixture
def media(tmp_path):
    """A copy of wp-content/uploads with one picture and one file that only says it is one."""
    folder = tmp_path / "uploads"
    (folder / "2019" / "05").mkdir(parents=True)
    Pillow.new("RGB", (8, 6), "green").save(folder / "2019" / "05" / "calf.jpg")
    (folder / "2019" / "05" / "broken.jpg").write_bytes(b"GIF89a")
    return folder


UPLOADS = "https://old.example/blog/wp-content/uploads"
CALF = item(
    old_id=9,
    kind="attachment",
    status="inherit",
    title="The calf",
    excerpt="Its muscles",
    body="Seen from behind",
    link=f"{SITE}/calf/",
    attachment_url=f"{UPLOADS}/2019/05/calf.jpg",
    meta={
        "_wp_attached_file": "2019/05/calf.jpg",
        "_wp_attachment_image_alt": "A calf",
        "_wp_attachment_metadata": 'a:1:{s:10:"image_meta";a:2:{s:6:"credit";s:3:"Ada";'
        's:9:"copyright";s:6:"CC BY ";}}',
    },
)
HEAD = author("ada", "Ada Alder", old_id=2)
WHOLE = export(
    item(
        old_id=7,
        title="Heel &amp; calf",
        slug="heel",
        excerpt="The <em>line</em>",
        tags=["Heel"],
        categories=["Feet", "Uncategorized"],
        body='One\n\n<img class="wp-image-9" src="x"> <a href="https://www.old.example/blog/?p=8">two</a>',
        sticky=1,
        meta={"_thumbnail_id": "9", "_yoast_wpseo_metadesc": "A summary"},
        comments=[
            comment(old_id=2, parent=1, name="Cy", body="I <b>agree</b>", status="0"),
            comment(old_id=1, body='See <a href="https://far.example/">this</a>'),
            comment(old_id=3, kind="pingback", url="https://far.example/ping"),
            comment(old_id=4, parent=99, status="spam"),
            comment(old_id=5, parent=2, status="trash", email="no address"),
        ],
    ),
    CALF,
    item(old_id=8, title="Second", slug="heel", creator="gone", status="future",
         date_gmt="2101-05-04 17:30:00", comment_status="closed"),
    item(old_id=10, kind="revision", status="inherit", title="Old words"),
    item(old_id=11, kind="page", title="About us", slug="about"),
    head=HEAD + category("feet", "Feet") + category("uncategorized", "Uncategorized"),
)  # fmt: skip


def test_everything_comes_over(tmp_path, media):
    rows = bring(tmp_path, WHOLE, media=media)

    assert outcomes(rows) == [
        ("author", "ada", "created"),
        ("author", "gone", "created"),
        ("category", "4", "created"),
        ("category", "4", "skipped"),
        ("tag", "Heel", "created"),
        ("picture", "9", "created"),
        ("post", "7", "created"),
        ("comment", "2", "created"),
        ("comment", "1", "created"),
        ("pingback", "3", "skipped"),
        ("comment", "4", "created"),
        ("comment", "5", "created"),
        ("post", "8", "created"),
        ("revision", "10", "skipped"),
        ("page", "11", "created"),
    ]
    heel = Article.objects.get(slug="heel")
    image = Image.objects.get()
    assert (heel.headline, heel.dek, heel.summary) == ("Heel & calf", "The line", "A summary")
    figure = f'<figure data-image="{image.pk}"></figure>'
    assert heel.body == f'<p>One</p>{figure}<p><a href="/articles/heel-2/">two</a></p>'
    assert (heel.status, heel.published_at) == (
        "published",
        datetime(2019, 5, 4, 17, 30, tzinfo=UTC),
    )
    assert (heel.first_published_at, heel.takes_comments) == (heel.published_at, True)
    assert (heel.lead_image, heel.word_count) == (image, 2)
    assert sorted(heel.tags.names()) == ["Feet", "Heel"]
    assert [byline.author.name for byline in heel.bylines.all()] == ["Ada Alder"]
    assert list(Feature.objects.values_list("article__slug", flat=True)) == ["heel"]
    facts = (image.title, image.alt_text, image.caption, image.credit, image.rights)
    assert facts == ("The calf", "A calf", "Its muscles", "Ada", "CC BY")
    assert image.long_description == "Seen from behind"
    paths = OldAddress.objects.filter(image=image).values_list("path", flat=True)
    assert list(paths) == ["/blog/wp-content/uploads/2019/05/calf.jpg"]
    second = Article.objects.get(slug="heel-2")
    assert (second.is_published(), second.takes_comments) == (False, False)
    assert notes_of(rows, "author", "gone") == [
        "The export has no name for this account; it may have been deleted."
    ]
    assert notes_of(rows, "post", "8") == [
        "Its old address is also that of another post, which keeps it: /blog/2019/05/heel.",
    ]


def test_comments_keep_their_threads_and_statuses(tmp_path):
    rows = bring(tmp_path, WHOLE)

    found = Comment.objects.order_by("pk")
    by_body = {(row.body, row.status): row for row in found}
    first = by_body["See this (https://far.example/)", "approved"]
    second = by_body["I agree", "pending"]
    assert (second.parent, second.commenter_name, first.parent) == (first, "Cy", None)
    assert by_body["Thank you.", "spam"].parent is None
    removed = by_body["Thank you.", "removed"]
    assert (removed.parent, removed.commenter_email) == (second, "")
    assert first.created_at == datetime(2019, 5, 5, 12, 0, tzinfo=UTC)
    assert first.commenter_email == "bo@example.org"
    assert notes_of(rows, "comment", "4") == ["What it answers is not there: it stands by itself."]
    assert len(found) == 4
    assert not any("example.org" in cell for row in rows for cell in row.values())


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_comes_over(tmp_path, version):
    head = "" if version == "1.0" else author("ada", "Ada Alder")
    terms = {
        "1.0": "<category><![CDATA[Feet]]></category><category domain='tag'>Heel</category>",
        "1.1": "<category domain='category' nicename='feet'>Feet</category>"
        "<category domain='post_tag' nicename='heel'>Heel</category>",
    }
    post = item(old_id=7, inner=terms.get(version, terms["1.1"]), comments=[comment()])
    rows = bring(tmp_path, export(post, version=version, head=head))
    assert [row["outcome"] for row in rows] == ["created"] * 5
    article = Article.objects.get()
    assert sorted(article.tags.names()) == ["Feet", "Heel"]
    names = [byline.author.name for byline in article.bylines.all()]
    assert names == ["ada" if version == "1.0" else "Ada Alder"]
    assert article.comments.approved().count() == 1


def test_a_dry_run_answers_the_same_and_writes_nothing(tmp_path, media):
    dry = bring(tmp_path, WHOLE, media=media, dry_run=True)
    models = (Article, Author, Image, Comment, ImportedItem, OldAddress)
    assert [model.objects.count() for model in models] == [0] * 6
    assert list((tmp_path / "media").glob("**/*.jpg")) == []

    assert bring(tmp_path, WHOLE, media=media) == dry


def test_the_same_file_again_changes_nothing(tmp_path, media):
    bring(tmp_path, WHOLE, media=media)
    before = list(Article.objects.order_by("pk").values())
    rows = bring(tmp_path, WHOLE, media=media)
    assert Counter(row["outcome"] for row in rows) == {"unchanged": 12, "skipped": 3}
    assert list(Article.objects.order_by("pk").values()) == before
    assert bring(tmp_path, WHOLE, media=media, dry_run=True) == rows


def test_the_command_says_how_many_of_each(tmp_path):
    path = tmp_path / "export.xml"
    path.write_bytes(WHOLE)
    assert call(path) == [
        "WordPress export 1.2 of https://old.example/blog.",
        "15 items: 11 created, 0 updated, 0 unchanged, 4 skipped; 9 with notes.",
    ]


def test_a_broken_file_changes_nothing(tmp_path):
    path = tmp_path / "export.xml"
    path.write_bytes(WHOLE.replace(b"</channel>", b"<item></channel>"))
    with pytest.raises(CommandError, match=r"Line \d+: an element is closed that is not open\."):
        call(path)
    assert (Article.objects.count(), Author.objects.count()) == (0, 0)
