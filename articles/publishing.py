"""An article's way to its readers and back, and what is derived from its words."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from acutake.lib.text import fold
from articles import proofreading
from articles.html import plain_text
from articles.links import record_links
from articles.models import Article, ArticlePath
from articles.search_index import index_articles
from articles.tagging import give_addresses
from articles.tasks import check_new_links
from articles.usage import record_uses

# The first part of other addresses under /articles/ (see articles/urls.py).
RESERVED_SLUGS = frozenset({"authors", "feed", "preview", "specialties", "tags"})
# A year has a page. An article that was called so before that keeps its address.
YEAR = re.compile("[0-9]{4}")


@transaction.atomic
def publish(article: Article, *, at: datetime, by: User | None) -> None:
    """Make the article public at the moment `at`, which is now.

    A date of publication in the past is kept, since an editor may date back; one in the future
    becomes `at`. Raises ValidationError like `check_body`, and when its end has come. `by` is None
    where no person did it, and nothing is written to the log.
    """
    current = Article.objects.select_for_update().get(pk=article.pk)
    check_body(current.body, lead_image=current.lead_image_id)
    if current.expires_at and current.expires_at <= at:
        raise ValidationError(_("The date on which it expires has passed."), code="expired")
    article.status = Article.Status.PUBLISHED
    article.published_at = min(current.published_at or at, at)
    article.first_published_at = min(current.first_published_at or at, article.published_at)
    article.save(update_fields=["status", "published_at", "first_published_at", "updated_at"])
    record_action(article, "Published.", at=at, by=by)


def check_body(body: str, *, lead_image: int | None = None) -> None:
    """Raise ValidationError with every reason for which readers may not get it.

    These are the findings of the checklist that refuse: no text, and each picture that is missing
    or lacks its alternative or its credit. `lead_image` is a primary key.
    """
    refusals = proofreading.refusals(body, lead_image=lead_image)
    if refusals:
        raise ValidationError(
            [ValidationError(finding.text, code=finding.code) for finding in refusals]
        )


@transaction.atomic
def withdraw(article: Article, *, at: datetime, by: User | None) -> None:
    """Take the article from the public; its text, dates and old addresses stay.

    A next version that was scheduled goes on as a draft without a time.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    article.status = Article.Status.WITHDRAWN
    if article.next_version_at and article.next_version_at > at:
        article.next_version_at = None
    article.save(update_fields=["status", "next_version_at", "updated_at"])
    record_action(article, "Withdrawn.", at=at, by=by)


@transaction.atomic
def refresh_derived(
    article: Article, *, at: datetime | None = None, is_indexed_later: bool = False
) -> None:
    """Count the words, fold what the site's search looks at, note the pictures and links. Call
    it after every save.

    It reads the authors and tags, so they have to be saved before, and a tag without an address
    gets one. It also notes the first
    publication of an article that was published by its dates. Who saves many at once may index them
    together afterwards.
    """
    at = at or timezone.now()
    text = plain_text(article.body)
    names = [byline.author.name for byline in article.bylines.select_related("author")]
    tags = list(article.tags.order_by("name"))
    give_addresses(tags)
    article.word_count = len(plain_text(article.body, with_notes=False).split())
    names += [tag.name for tag in tags]
    article.search_text = fold("\n".join([article.headline, article.dek, text, *names]))
    if article.status == Article.Status.PUBLISHED and (
        article.first_published_at is None or article.first_published_at > at
    ):
        article.first_published_at = article.published_at
    article.save(update_fields=["word_count", "search_text", "first_published_at"])
    if not is_indexed_later:
        index_articles([article.pk])
    record_uses(article)
    if record_links(article) and settings.CHECKS_LINKS:
        check_new_links.enqueue(article.pk)


@transaction.atomic
def change_slug(article: Article, slug: str) -> None:
    """Give the article another address; the present one redirects to it for good.

    Raises ValidationError like `check_slug`.
    """
    check_slug(slug, article=article)
    old_slug, article.slug = article.slug, slug
    article.save(update_fields=["slug", "updated_at"])
    remember_slug(article, old_slug)


def check_slug(slug: str, *, article: Article) -> None:
    """Raise ValidationError for an address that another page has or once had."""
    is_own = Article.objects.filter(slug=slug, pk=article.pk).exists()
    is_taken = (
        slug in RESERVED_SLUGS
        or (YEAR.fullmatch(slug) and not is_own)
        or Article.objects.filter(slug=slug).exclude(pk=article.pk).exists()
        or ArticlePath.objects.filter(slug=slug).exclude(article=article.pk).exists()
    )
    if is_taken:
        raise ValidationError(_("Another page has this address."), code="slug_taken")


def remember_slug(article: Article, old_slug: str) -> None:
    """Let the address `old_slug` lead to the article, whose slug has just been changed.

    An article that was never public had no address that anybody could know.
    """
    ArticlePath.objects.filter(slug=article.slug, article=article).delete()
    if old_slug != article.slug and article.first_published_at is not None:
        ArticlePath.objects.get_or_create(slug=old_slug, defaults={"article": article})


def record_action(article: Article, message: str, *, at: datetime, by: User | None) -> None:
    """A line in the admin's history of the article."""
    if by is None:
        return
    LogEntry.objects.create(
        user=by,
        action_time=at,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=article.pk,
        object_repr=str(article)[:200],
        action_flag=CHANGE,
        change_message=message,
    )
