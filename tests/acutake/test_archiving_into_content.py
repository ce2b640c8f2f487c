"""An archive that comes into a site which has articles of its own."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from PIL import Image as Pillow
from taggit.models import Tag

from articles.images import add_image
from articles.models import Article, ArticlePath, Author, Image, Revision
from articles.publishing import change_slug
from comments.models import Comment, ModerationAction
from directory.models import Practitioner, Specialty
from tests.acutake.publication import NOW, delete_publication, make_directory
from tests.articles.archive.files import (
    FIRST_VERSION,
    contents,
    lines,
    records,
    with_record,
    write,
)
from tests.articles.factories import make_article, make_author
from tests.comments.factories import make_comment
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def directory():
    make_directory()


def imported(path=FIRST_VERSION, *arguments):
    out = StringIO()
    call_command("import_articles", path, *arguments, stdout=out)
    return out.getvalue()


def exported(path):
    call_command("export_articles", "--with-addresses", out=path, stdout=StringIO())
    return contents(path)


def test_numbers_that_are_taken_are_left_to_who_has_them(tmp_path):
    mine = make_article(pk=7, slug="mine", headline="Mine")
    answered = make_comment(pk=5, article=mine, body="Mine")

    said = imported()

    first = Article.objects.get(slug="first")
    assert f"articles, first: created. its number here is {first.pk}: feeds tell" in said
    assert (Article.objects.get(pk=7).headline, first.pk > 24) == ("Mine", True)
    assert Comment.objects.get(pk=5).body == answered.body
    reply = Comment.objects.get(pk=6)
    assert (reply.article, reply.parent.article, reply.parent.pk > 30) == (first, first, True)
    assert imported().count("created") == imported().count(" 0 created")
    # Links lead to the article, whatever its number is.
    other = {**contents(FIRST_VERSION), **exported(tmp_path / "b.zip")}
    words = {record["slug"]: record["words"] for record in records(other["articles.jsonl"])}
    before = records(contents(FIRST_VERSION)["articles.jsonl"])
    assert words["first"] == before[0]["words"]


def test_a_comment_that_got_another_number_is_not_made_again():
    mine = make_comment(pk=5, article=make_article(slug="mine"), body="Mine")
    imported()
    mine.delete()

    assert "comments: 0 created, 0 updated, 7 same" in imported()


def test_what_differs_stays_unless_an_update_is_asked_for():
    imported()
    article = Article.objects.get(slug="other")
    Article.objects.filter(pk=article.pk).update(headline="Written here")
    Author.objects.filter(slug="bob").update(bio="Written here")
    Image.objects.filter(title="Ear").update(credit="Written here")
    Comment.objects.filter(pk=8).update(status=Comment.Status.SPAM)

    said = imported()

    assert "articles, other: different." in said
    assert "authors, bob: different." in said
    assert "images, images/2026/02/ear.jpg: different." in said
    assert "comments, 8 on other: different." in said
    assert Article.objects.get(slug="other").headline == "Written here"

    assert "1 updated" in imported(FIRST_VERSION, "--update")
    assert Article.objects.get(slug="other").headline == "Other"
    assert Author.objects.get(slug="bob").bio != "Written here"
    assert Image.objects.get(title="Ear").credit == "Drawn by us"
    assert Comment.objects.get(pk=8).status == "pending"
    # What was replaced can be restored.
    kept = Revision.objects.filter(article=article).order_by("number")
    assert [row.snapshot["headline"] for row in kept] == ["Written here", "Other"]
    assert "different" not in imported().replace(" 0 different", "")


def test_an_article_whose_address_has_changed_here_is_the_same_one(client):
    imported()
    change_slug(Article.objects.get(slug="other"), "another")

    assert "articles, other: different." in imported()
    assert Article.objects.filter(slug="other").count() == 0

    imported(FIRST_VERSION, "--update")
    assert Article.objects.get(slug="other").paths.get().slug == "another"


def test_an_address_that_another_article_once_had_is_refused():
    mine = make_article(slug="mine")
    ArticlePath.objects.create(article=mine, slug="first")
    ArticlePath.objects.create(article=mine, slug="heel-once")

    said = imported()

    assert "articles, first: refused. another article here once had its address" in said
    assert "comments, 5 on first: refused. its article was refused" in said
    assert "articles: 5 created, 0 updated, 0 same, 0 different, 1 refused." in said


def test_accounts_and_tags_that_are_here_are_used():
    editor = User.objects.create_user("editor", password="x", is_staff=True)
    make_article(tags=["CALF pain"])

    said = imported()

    assert "accounts: 0 created, 0 updated, 1 same" in said
    assert Comment.objects.get(pk=6).editor == editor
    assert User.objects.get(username="editor").has_usable_password()
    names = Article.objects.get(slug="other").tags.values_list("name", flat=True)
    assert set(names) == {"CALF pain", "Ears"}
    assert "different" not in imported().replace(" 0 different", "")


def test_a_tag_keeps_the_address_that_it_has_here():
    imported()
    Tag.objects.filter(name="Ears").update(slug="an-ear")
    Tag.objects.filter(name="Heel").delete()
    Tag.objects.create(name="High heels", slug="heel")

    said = imported(FIRST_VERSION, "--update")

    assert "tags, Ears: different. it stays at “an-ear” here" in said
    assert "tags, Heel: created. the address “heel” belongs to another tag here" in said
    slugs = dict(Tag.objects.values_list("name", "slug"))
    assert (slugs["Ears"], slugs["High heels"], slugs["Heel"]) == ("an-ear", "heel", "heel_1")


def test_what_the_directory_does_not_have_is_told():
    Practitioner.objects.all().delete()
    Specialty.objects.all().delete()

    said = imported()

    assert "authors, ada: created. the practitioner “ada-brook” is not here" in said
    assert "a link leads to the practitioner “ugo”, which is not here" in said
    assert "the specialty “trigger-point” is not here" in said
    assert "comments, 9 on other: created. the practitioner “ada-brook” is not here" in said
    assert 'data-practitioner="999999999"' in Article.objects.get(slug="first").body


def test_a_body_passes_the_rules_of_every_body(tmp_path):
    entries = contents(FIRST_VERSION)
    words = records(entries["articles.jsonl"])[1]["words"]
    words["body"] = '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:x">x</a></p>'
    path = write(tmp_path / "a.zip", with_record(entries, "articles", 1, {"words": words}))

    said = imported(path)

    assert Article.objects.get(slug="other").body == "<p>Hi <a>x</a></p>"
    assert "articles, other: created. its body was brought into the form" in said
    assert "different" not in imported(path).replace(" 0 different", "")


def test_a_picture_passes_the_checks_of_an_upload(tmp_path):
    exif = Pillow.Exif()
    exif[0x010E] = "At home"
    entries = contents(FIRST_VERSION)
    dirty = make_picture_file("JPEG", size=(30, 20), exif=exif).read()
    pictures = {"calf.jpg": dirty, "ear.jpg": b"<html>"}
    for number, (name, content) in enumerate(pictures.items()):
        entries[f"files/images/2026/02/{name}"] = content
        facts = {"sha256": hashlib.sha256(content).hexdigest()}
        entries = with_record(entries, "images", number, facts)

    said = imported(write(tmp_path / "a.zip", entries))

    calf, ear = Image.objects.order_by("title")
    with calf.file.open() as file:
        assert b"At home" not in file.read()
    assert (calf.width_px, calf.height_px) == (30, 20)
    assert "calf.jpg: created. its file held more than a picture and was cleaned" in said
    assert "ear.jpg: created. its file is left out: The file is damaged" in said
    assert not ear.file.storage.exists(ear.file.name)
    again = imported(tmp_path / "a.zip")
    assert "images: 0 created, 0 updated, 2 same" in again


def test_one_picture_that_is_there_twice_stays_two(tmp_path):
    for title in ("Once", "Again"):
        file = make_picture_file(name="same.png")
        add_image(file, title=title, alt_text="In words", credit=f"By {title}")
    path = tmp_path / "a.zip"
    exported(path)
    delete_publication()

    imported(path)

    assert dict(Image.objects.values_list("title", "credit")) == {
        "Once": "By Once",
        "Again": "By Again",
    }
    assert "images: 0 created, 0 updated, 2 same" in imported(path)


def test_a_picture_of_the_library_is_known_by_its_upload():
    """Under another name, and used as it is."""
    imported()
    ear = Image.objects.get(title="Ear")
    with ear.file.open() as file:
        moved = ear.file.storage.save("images/2020/01/ear-7.jpg", file)
    ear.file.storage.delete(ear.file.name)
    Image.objects.filter(pk=ear.pk).update(file=moved, focal_x_percent=50)

    said = imported(FIRST_VERSION, "--update")

    assert "images: 0 created, 1 updated, 1 same" in said
    assert "articles: 0 created, 0 updated, 6 same" in said
    ear.refresh_from_db()
    assert (ear.file.name, ear.focal_point(), ear.renditions_made_at) == (moved, (25, 75), None)


def test_what_moderators_did_is_added_never_taken_away():
    imported()
    root = Comment.objects.get(pk=5)
    ModerationAction.objects.filter(comment=root, by=None).delete()
    own = ModerationAction.objects.create(
        comment=root, to_status="spam", at=NOW + timedelta(days=9)
    )

    imported(FIRST_VERSION, "--update")

    assert root.moderation_actions.count() == 3
    assert own in root.moderation_actions.all()


def test_a_part_that_is_not_there_is_no_trouble(tmp_path):
    entries = contents(FIRST_VERSION)
    entries["revisions.jsonl"] = entries["comments.jsonl"] = lines([])

    imported(write(tmp_path / "a.zip", entries))

    assert (Article.objects.filter(next_of=None).count(), Comment.objects.count()) == (6, 0)
    delete_publication()
    make_author(slug="ada", name="Ada Brook")
    assert "authors, ada: different." in imported()
