"""Every save is kept: numbered, with its editor, its moment and a note."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.models import Article, Revision
from articles.snapshots import apply_snapshot, snapshot_of


def record_revision(article: Article, *, at: datetime, by: User | None, note: str = "") -> Revision:
    """Keep what has just been saved of the article or of a next version. Call it in the
    transaction of the save."""
    whole_article_id = article.next_of_id or article.pk
    # Locked, so that no two saves get one number.
    Article.objects.select_for_update().get(pk=whole_article_id)
    kept = Revision.objects.filter(article=whole_article_id)
    highest = kept.aggregate(highest=Max("number"))["highest"] or 0
    return _keep(article, number=highest + 1, saved_at=at, editor=by, note=note)


def record_beginning(article: Article) -> None:
    """Keep the words that an article had before its saves were kept; once, as number 0, so that
    nobody who has it open takes this for a save."""
    if article.next_of_id is None and not article.revisions.exists():
        note = _("As it was before changes were kept.")
        _keep(article, number=0, saved_at=article.updated_at, note=note)


def latest_revision(article: Article) -> Revision | None:
    """The last save of the article, or of the next version that the row is."""
    kept = Revision.objects.filter(
        article=article.next_of_id or article.pk,
        is_of_next_version=article.next_of_id is not None,
    )
    return kept.select_related("editor").order_by("-number").first()


@transaction.atomic
def restore(revision: Revision, *, onto: Article, at: datetime, by: User | None) -> Revision:
    """Give `onto`, the article or its next version, the words of the revision, as a new one."""
    record_beginning(onto)
    current = Article.objects.select_for_update().get(pk=onto.pk)
    apply_snapshot(current, revision.snapshot)
    note = _("Restored from number %(number)s.") % {"number": revision.number}
    return record_revision(current, at=at, by=by, note=note)


def _keep(article: Article, **fields) -> Revision:
    return Revision.objects.create(
        article_id=article.next_of_id or article.pk,
        is_of_next_version=article.next_of_id is not None,
        snapshot=snapshot_of(article),
        **fields,
    )
