"""The next version of an article: drafted, reviewed and scheduled beside what readers get."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Draft
from articles.publishing import check_body, publish, record_action
from articles.revisions import latest_revision, record_beginning, record_revision
from articles.snapshots import apply_snapshot, snapshot_of


@transaction.atomic
def begin_next_version(article: Article, *, at: datetime, by: User | None) -> Article:
    """The article's next version; where there is none yet, one with the article's words."""
    settle(article, at=at)
    current = Article.objects.select_for_update().get(pk=article.pk)
    begun = Article.objects.filter(next_of=current).first()
    if begun:
        return begun
    record_beginning(current)
    version = Article.objects.create(
        next_of=current,
        slug=f"next-version-{current.pk}",
        takes_comments=current.takes_comments,
        is_demonstration=current.is_demonstration,
    )
    apply_snapshot(version, snapshot_of(current))
    record_revision(version, at=at, by=by, note=_("Begun from what is published."))
    return version


@transaction.atomic
def schedule_next_version(
    version: Article, *, goes_out_at: datetime, at: datetime, by: User | None
) -> None:
    """Let readers get the next version from the moment `goes_out_at` on, by the clock alone.

    Raises ValidationError where nobody could read it then, and like `check_body`.
    """
    article = Article.objects.select_for_update().get(pk=version.next_of_id)
    check_body(version.body, lead_image=version.lead_image_id)
    check_schedule(article, goes_out_at=goes_out_at, at=at)
    _date_change(version, goes_out_at, of=article)
    if article.next_version_at != goes_out_at:
        article.next_version_at = goes_out_at
        article.save(update_fields=["next_version_at", "updated_at"])
        record_action(article, "Scheduled the next version.", at=at, by=by)


def check_schedule(article: Article, *, goes_out_at: datetime, at: datetime) -> None:
    """Raise ValidationError unless a next version can take over from the article then."""
    if article.status != Article.Status.PUBLISHED:
        raise ValidationError(
            _("The article itself is not published: publish this version instead."), code="status"
        )
    if goes_out_at <= at:
        raise ValidationError(_("That moment has passed."), code="past")
    if goes_out_at <= article.published_at:
        raise ValidationError(_("The article itself is published later than that."), code="early")
    if article.expires_at and article.expires_at <= goes_out_at:
        raise ValidationError(_("The article will have expired by then."), code="expired")


@transaction.atomic
def unschedule_next_version(version: Article, *, at: datetime, by: User | None) -> None:
    """Take the time from a next version that is not out yet."""
    article = Article.objects.select_for_update().get(pk=version.next_of_id)
    if article.next_version_at and article.next_version_at > at:
        article.next_version_at = None
        article.save(update_fields=["next_version_at", "updated_at"])
        record_action(article, "Took the time from the next version.", at=at, by=by)


@transaction.atomic
def publish_next_version(version: Article, *, at: datetime, by: User | None) -> Article:
    """Make the next version the article's words at once; returns the article, which is public.

    Raises ValidationError like `publish`.
    """
    check_body(version.body, lead_image=version.lead_image_id)
    _date_change(version, at, of=version.next_of)
    article = _hand_over(version, at=at, by=by)
    publish(article, at=at, by=by)
    return article


@transaction.atomic
def discard_next_version(version: Article, *, at: datetime, by: User | None) -> None:
    """Give the next version up; its revisions stay with the article."""
    unschedule_next_version(version, at=at, by=by)
    article = version.next_of
    version.delete()
    record_action(article, "Discarded the next version.", at=at, by=by)


def is_unsettled(article: Article, *, at: datetime) -> bool:
    """Whether readers get the words of a next version that its own row still holds."""
    whole = article.next_of or article
    return whole.next_version_at is not None and whole.next_version_at <= at


@transaction.atomic
def settle(article: Article, *, at: datetime) -> None:
    """Write the words of a next version that has come into force on the article's row.

    Readers see no difference: it can be late, or be done twice. An editor's writes need it.
    """
    current = Article.objects.select_for_update().get(pk=article.pk)
    version = Article.objects.filter(next_of=current).first()
    if version and is_unsettled(current, at=at):
        _hand_over(version, at=current.next_version_at, by=None)


def settle_all(*, at: datetime) -> int:
    """`settle` for every article that waits for it; returns how many did."""
    waiting = Article.objects.filter(next_version_at__lte=at).order_by("pk")
    for article in waiting:
        settle(article, at=at)
    return len(waiting)


def _date_change(version: Article, moment: datetime, *, of: Article) -> None:
    """A new note of what changed is dated with the moment from which readers see it."""
    if version.revision_note and version.revision_note != of.revision_note:
        version.revised_at = moment
        version.save(update_fields=["revised_at", "updated_at"])


def _hand_over(version: Article, *, at: datetime, by: User | None) -> Article:
    article = Article.objects.select_for_update().get(pk=version.next_of_id)
    record_beginning(article)
    last = latest_revision(version)
    article.next_version_at = None
    apply_snapshot(article, snapshot_of(version))
    by = by or (last.editor if last else None)
    record_revision(article, at=at, by=by, note=_("The next version went out."))
    # Whoever was still typing on it keeps the words, unless they have some on the article too.
    typing = Draft.objects.filter(article=version, set_aside_at__isnull=True)
    has_own = Draft.objects.filter(article=article, set_aside_at__isnull=True).values("editor")
    typing.filter(editor__in=has_own).update(set_aside_at=at)
    Draft.objects.filter(article=version).update(article=article)
    version.delete()
    record_action(article, "The next version went out.", at=at, by=by)
    return article
