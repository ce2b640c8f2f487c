"""Snapshots of an article, and the revisions that keep them."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Byline, Revision
from articles.models.versions import DERIVED_COLUMNS, LASTING_FIELDS, SNAPSHOT_FIELDS
from articles.revisions import latest_revision, record_beginning, record_revision, restore
from articles.snapshots import BYLINE_COLUMNS, apply_snapshot, snapshot_of
from tests.articles.factories import NOW, make_article, make_author, make_image
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_full_article():
    article = make_article(
        headline="Full",
        summary="A summary.",
        lead_image=make_image(),
        lead_caption="A caption.",
        revised_at=NOW,
        revision_note="A dose was corrected.",
        reviewed_by=make_author(),
        last_reviewed_on=date(2026, 3, 1),
        next_review_on=date(2027, 3, 1),
        authors=[make_author(), make_author()],
        tags=["running", "heel pain"],
        specialties=[make_specialty(), make_specialty()],
    )
    article.bylines.filter(position=1).update(role=Byline.Role.ILLUSTRATION)
    return Article.objects.get(pk=article.pk)


def test_every_editable_field_is_in_the_snapshot_or_belongs_to_the_article():
    """A new field of `Article` has to be named in `articles.models.versions`, in one of the two."""
    fields = [*Article._meta.fields, *Article._meta.many_to_many]
    editable = {field.name for field in fields if field.editable} - {"id", "authors"}
    assert editable - {*LASTING_FIELDS, *SNAPSHOT_FIELDS} == set()
    assert {*LASTING_FIELDS} & {*SNAPSHOT_FIELDS, *DERIVED_COLUMNS} == set()
    assert set(snapshot_of(make_full_article())) == set(SNAPSHOT_FIELDS)


def test_every_field_of_a_byline_is_in_the_snapshot():
    names = {field.name for field in Byline._meta.fields if field.editable}
    assert names - {"id", "article", "author"} == set(BYLINE_COLUMNS)


def test_a_snapshot_put_on_another_article_gives_it_the_same_words():
    full, other = make_full_article(), make_article()
    apply_snapshot(other, snapshot_of(full))
    other = Article.objects.get(pk=other.pk)
    assert snapshot_of(other) == snapshot_of(full)
    assert (other.word_count, other.search_text) == (full.word_count, full.search_text)
    assert other.slug != full.slug


def test_what_was_deleted_since_is_left_out():
    article = make_full_article()
    snapshot = snapshot_of(article)
    kept = article.bylines.get(position=1).author_id
    gone = {**snapshot, "lead_image": 999, "reviewed_by": 999, "specialties": [999]}
    gone["bylines"] = [{"author": 999, "position": 0}, {"author": kept, "position": 1}]
    apply_snapshot(article, gone)
    article = Article.objects.get(pk=article.pk)
    assert (article.lead_image, article.reviewed_by, article.specialties.count()) == (None, None, 0)
    assert [byline.author_id for byline in article.bylines.all()] == [kept]


def test_a_snapshot_from_before_a_field_was_there_leaves_the_field_alone():
    article = make_full_article()
    snapshot = snapshot_of(article)
    del snapshot["summary"], snapshot["tags"]
    apply_snapshot(article, {**snapshot, "headline": "Older"})
    article = Article.objects.get(pk=article.pk)
    assert (article.headline, article.summary, article.tags.count()) == ("Older", "A summary.", 2)


def test_revisions_are_numbered_with_editor_moment_and_note():
    ada = User.objects.create_user("ada")
    article = make_article(headline="One")
    record_beginning(article)
    record_beginning(article)
    article.headline = "Two"
    article.save()
    record_revision(article, at=NOW, by=ada, note="A better word.")
    rows = Revision.objects.filter(article=article).order_by("number")
    assert [(row.number, row.snapshot["headline"], row.editor, row.note) for row in rows] == [
        (0, "One", None, "As it was before changes were kept."),
        (1, "Two", ada, "A better word."),
    ]
    assert latest_revision(article).number == 1
    assert rows[1].saved_at == NOW


def test_restoring_makes_a_new_revision_and_keeps_all():
    article = make_full_article()
    first = record_revision(article, at=NOW, by=None)
    article.headline = "Changed"
    article.save()
    article.tags.set(["other"])
    record_revision(article, at=NOW + DAY, by=None)
    last = restore(first, onto=article, at=NOW + 2 * DAY, by=None)
    article = Article.objects.get(pk=article.pk)
    assert snapshot_of(article) == first.snapshot == last.snapshot
    assert (last.number, last.note) == (3, "Restored from number 1.")


def test_an_editor_who_leaves_takes_no_revision_along():
    ada = User.objects.create_user("ada")
    revision = record_revision(make_article(), at=NOW, by=ada)
    ada.delete()
    revision.refresh_from_db()
    assert revision.editor is None
