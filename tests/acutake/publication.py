"""A small publication with everything in it that an archive has to keep, and the end of one."""

from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from taggit.models import Tag

from articles.images import add_image
from articles.models import (
    Article,
    ArticlePath,
    Author,
    AuthorPath,
    Feature,
    Image,
    OldAddress,
    TagPath,
)
from articles.next_versions import begin_next_version, schedule_next_version
from articles.publishing import refresh_derived
from articles.revisions import record_revision
from comments.models import Comment, ModerationAction
from directory.models import Practitioner, Specialty
from tests.articles.factories import make_article, make_author
from tests.comments.factories import make_comment
from tests.directory.factories import make_practitioner, make_specialty
from tests.pictures import make_picture_file

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
MADE = datetime(2026, 2, 1, 8, 30, 15, 123456, tzinfo=UTC)
DAY = timedelta(days=1)
HOSTILE = "</script> ]]> \u2028 \\u0000 “quotes” \N{ZERO WIDTH JOINER} 𝒳 \\ \t <b>&amp;</b>"


def make_directory():
    """What an archive refers to and does not hold."""
    make_specialty(name="Trigger point", slug="trigger-point")
    make_practitioner(name="Ada Brook", slug="ada-brook", letters="L.Ac.")
    make_practitioner(name="Ugo Unlisted", slug="ugo", listing="hidden")


def make_publication():
    """Articles in every state that refer to each other, and comments on them; `make_directory`
    comes before it. The moments and the numbers are always the same."""
    ada, editor = make_author(name="Ada Brook", slug="ada"), _make_account("editor", "Eve", "Ito")
    Author.objects.filter(pk=ada.pk).update(practitioner=_practitioner("ada-brook"))
    bob = make_author(name="Bob Ütz", slug="bob", letters="MD", role="Editor", bio=HOSTILE)
    calf, ear = _make_image("Calf", "blue"), _make_image("Ear", "green")
    other = make_article(
        pk=20, slug="other", headline="Other", authors=[bob], tags=["Ears", "calf pain"]
    )
    first = make_article(
        pk=7,
        slug="first",
        headline=f"Heel {HOSTILE}",
        dek=HOSTILE,
        authors=[ada, bob],
        tags=["Heel", "calf pain"],
        specialties=_specialties(),
        lead_image=calf,
        lead_caption="The calf.",
        reviewed_by=bob,
        last_reviewed_on=date(2026, 2, 2),
        next_review_on=date(2027, 2, 2),
        revised_at=NOW - DAY,
        revision_note="A word was wrong.",
        body=_body(ear, other),
    )
    first.bylines.filter(author=bob).update(role="illustration")
    ArticlePath.objects.create(article=first, slug="heel-once")
    ArticlePath.objects.create(article=first, slug="a-heel")
    AuthorPath.objects.create(author=bob, slug="robert")
    TagPath.objects.create(tag=Tag.objects.get(name="Ears"), slug="the-ear")
    OldAddress.objects.create(article=first, path="/2019/heel")
    OldAddress.objects.create(article=first, path="/?p=7")
    OldAddress.objects.create(image=ear, path="/uploads/ear.jpg")
    OldAddress.objects.create(author=bob, path="/author/bob")
    OldAddress.objects.create(tag=Tag.objects.get(name="Ears"), path="/category/ears")
    Feature.objects.create(article=first, position=3)
    make_article(pk=21, slug="draft", authors=[], status="draft", published_at=None)
    make_article(pk=22, slug="withdrawn", status="withdrawn", takes_comments=False, authors=[ada])
    make_article(pk=23, slug="over", expires_at=NOW - DAY, authors=[ada], body=_dead_links())
    make_article(pk=24, slug="to-come", published_at=NOW + DAY, authors=[ada])
    _make_versions(first, editor)
    _make_comments(first, other, editor)
    _set_moments()


def delete_publication():
    """The directory and its practitioners stay."""
    ModerationAction.objects.all().delete()
    Comment.objects.update(parent=None)
    Comment.objects.all().delete()
    Article.objects.filter(next_of__isnull=False).delete()
    Article.objects.all().delete()
    for image in Image.objects.all():
        default_storage.delete(image.file.name)
        image.delete()
    Author.objects.all().delete()
    Tag.objects.all().delete()
    User.objects.all().delete()


def _make_account(username, first_name, last_name):
    return User.objects.create_user(
        username, "private@example.org", "x", first_name=first_name, last_name=last_name
    )


def _make_image(title, color):
    file = ContentFile(make_picture_file("JPEG", size=(40, 30), color=color).read(), name="a.jpg")
    facts = {"alt_text": f"{title} in words", "credit": "Drawn by us", "rights": "CC BY 4.0"}
    image = add_image(file, title=title, caption=HOSTILE, source="A book", **facts)
    image.tags.add("drawings")
    # Where the file of an image is says when it came in.
    name = f"images/2026/02/{title.lower()}.jpg"
    default_storage.delete(name)
    with image.file.open() as file:
        moved = default_storage.save(name, file)
    default_storage.delete(image.file.name)
    image.file.name, image.focal_x_percent, image.focal_y_percent = moved, 25, 75
    image.save()
    return image


def _body(image, article):
    practitioner = _practitioner("ugo").pk
    return (
        f'<h2>Words</h2><figure data-image="{image.pk}"><figcaption>An <em>ear</em></figcaption>'
        f'</figure><p>See <a data-article="{article.pk}">the other</a>, '
        f'<a data-practitioner="{practitioner}">Ugo</a>, '
        f'<a data-specialty="{_specialties()[0].pk}">points</a>, '
        '<a href="https://example.org/?a=1&amp;b=2">elsewhere</a>, and data-article="7" in words.'
        '<sup data-note="">A note.</sup></p><aside data-kind="callout"><p>Mind.</p></aside>'
    )


def _dead_links():
    return '<p><a data-article="999999999">Gone</a></p><figure data-image="999999999"></figure>'


def _practitioner(slug):
    return Practitioner.objects.get(slug=slug)


def _specialties():
    return list(Specialty.objects.filter(slug="trigger-point"))


def _make_versions(article, editor):
    record_revision(article, at=NOW - 3 * DAY, by=editor, note="As it was.")
    version = begin_next_version(article, at=NOW - 2 * DAY, by=editor)
    version.headline = "Heel, again"
    version.save()
    version.tags.set(["Heel"])
    refresh_derived(version, at=NOW)
    record_revision(version, at=NOW - DAY, by=None)
    schedule_next_version(version, goes_out_at=NOW + 5 * DAY, at=NOW, by=None)


def _make_comments(first, other, editor):
    status = Comment.Status
    root = make_comment(pk=5, article=first, body=HOSTILE, commenter_email="a@example.org")
    make_comment(
        pk=6,
        parent=root,
        editor=editor,
        commenter_name="",
        decided_at=NOW,
        decided_by=editor,
    )
    ModerationAction.objects.create(
        comment=root, from_status="pending", to_status="approved", by=editor, at=NOW
    )
    ModerationAction.objects.create(comment=root, to_status="approved", by=None, at=NOW + DAY)
    checked = {"practitioner": _practitioner("ada-brook"), "commenter_email": "ada@example.org"}
    make_comment(pk=9, article=other, commenter_name="Ada", **checked)
    make_comment(pk=8, article=other, status=status.PENDING, commenter_email="not an address")
    # A reply whose number is lower than that of what it answers.
    late = make_comment(pk=30, article=first, status=status.REMOVED, commenter_name="")
    answer = make_comment(pk=10, parent=late, status=status.SPAM)
    make_comment(pk=11, parent=answer)


def _set_moments():
    """What the clock and the factories' counters would make another each time."""
    for row in Article.objects.order_by("pk"):
        moments = {"created_at": MADE + row.pk * DAY, "updated_at": MADE + row.pk * 2 * DAY}
        words = {} if row.slug in ("first", "other") or row.next_of_id else _words(row.slug)
        Article.objects.filter(pk=row.pk).update(**moments, **words)
        refresh_derived(Article.objects.get(pk=row.pk), at=NOW)
    for number, image in enumerate(Image.objects.order_by("pk")):
        Image.objects.filter(pk=image.pk).update(created_at=MADE + number * DAY)
    for comment in Comment.objects.order_by("pk"):
        words = {} if comment.body == HOSTILE else {"body": f"Words {comment.pk}"}
        name = {"commenter_name": f"Reader {comment.pk}"} if comment.commenter_name else {}
        address = {} if comment.pk in (5, 8, 9) else {"commenter_email": ""}
        moment = {"created_at": MADE + comment.pk * DAY}
        Comment.objects.filter(pk=comment.pk).update(**words, **name, **address, **moment)


def _words(slug):
    return {"headline": f"The {slug}", "dek": f"Under {slug}."} | (
        {} if slug == "over" else {"body": f"<p>Words of {slug}.</p>"}
    )
