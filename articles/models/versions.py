"""An article and its next version: what belongs to which, and which of the two readers get.

A next version is a row of `Article` of its own (`next_of`), never public by itself. From
`next_version_at` on, what is fetched through `published` shows its words on the article's row, so
that the address, the comments and every other page that knows the article stay as they are
(docs/decisions, 15).
"""

from datetime import datetime

from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.query import ModelIterable

from articles.models.authors import Byline

# What is drafted, kept in a revision, compared, restored, and changes when a version goes out.
SNAPSHOT_COLUMNS = (
    *("headline", "dek", "body", "summary", "lead_image", "lead_caption"),
    *("revised_at", "revision_note", "reviewed_by", "last_reviewed_on", "next_review_on"),
)
SNAPSHOT_RELATIONS = ("bylines", "tags", "specialties")
SNAPSHOT_FIELDS = (*SNAPSHOT_COLUMNS, *SNAPSHOT_RELATIONS)
# What holds for the article, whichever version is shown.
COMMENT_FIELDS = ("takes_comments", "comment_hold", "comments_close_after_days")
LASTING_FIELDS = ("slug", "status", "published_at", "expires_at", *COMMENT_FIELDS)
DERIVED_COLUMNS = ("word_count", "search_text")
LONG_COLUMNS = ("body", "search_text")


class VersionedQuerySet(models.QuerySet):
    """Shows the words that are in force at `shown_at`; None shows what the rows hold."""

    shown_at: datetime | None = None

    def shown(self, *, at: datetime):
        """The articles as readers get them at the moment `at`.

        Five queries more where a next version has come into force and is not yet handed over.
        """
        chosen = self.filter(next_of__isnull=True)
        chosen.shown_at = at
        return chosen

    def tagged(self, tag):
        """Those that stand under the tag in the version that is shown."""
        return self._having(tags=tag)

    def by_author(self, author):
        """Those that the author stands on in the version that is shown."""
        return self._having(authors=author)

    def written_by(self, author):
        """The same without those that the author illustrated, translated and the like."""
        return self._having(bylines__author=author, bylines__role=Byline.Role.AUTHOR)

    def about(self, specialty):
        """Those about a kind of care in the version that is shown."""
        return self._having(specialties=specialty)

    def rows_shown(self):
        """The rows whose words readers get for these: their own, or those of next versions.

        To be counted by what belongs to a version, such as tags.
        """
        has_come = Q(next_version_at__lte=self.shown_at)
        own, superseded = self.filter(~has_come), self.filter(has_come)
        return self.model.objects.filter(
            Q(pk__in=own.values("pk")) | Q(next_of__in=superseded.values("pk"))
        )

    def _having(self, **condition):
        rows = self.model.objects.filter(**condition)
        return self._with(Q(pk__in=rows.values("pk")), rows)

    def _with(self, own: Q, rows):
        """Where `own` holds, or where one of `rows` is the next version and in force."""
        if self.shown_at is None:
            return self.filter(own)
        has_come = Q(next_version_at__lte=self.shown_at)
        versions = rows.filter(next_of__next_version_at__lte=self.shown_at)
        return self.filter(Q(own, ~has_come) | Q(pk__in=versions.values("next_of")))

    def _clone(self):
        clone = super()._clone()
        clone.shown_at = self.shown_at
        return clone

    def _fetch_all(self):
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self.shown_at and self._iterable_class is ModelIterable:
            due = self._due()
            if due:
                self._show_next_versions(due)

    def _due(self) -> list:
        """Those fetched whose next version has come. One query where `next_version_at` was
        deferred: name it in `only`; none where no words were fetched."""
        loaded = self._result_cache[0].__dict__ if self._result_cache else {}
        if "next_version_at" in loaded:
            dated = (row for row in self._result_cache if row.next_version_at)
            return [row for row in dated if row.next_version_at <= self.shown_at]
        if loaded.keys().isdisjoint({*SNAPSHOT_COLUMNS, *DERIVED_COLUMNS}):
            return []
        rows = {row.pk: row for row in self._result_cache}
        due = self.model.objects.filter(pk__in=rows, next_version_at__lte=self.shown_at)
        return [rows[key] for key in due.values_list("pk", flat=True)]

    def _show_next_versions(self, due: list):
        versions = whole(self.model.objects.filter(next_of__in=due))
        if "body" not in due[0].__dict__:
            versions = versions.defer(*LONG_COLUMNS)
        by_article = {version.next_of_id: version for version in versions}
        for article in due:
            if article.pk in by_article:
                show_version(article, by_article[article.pk])


def whole(versions):
    """The rows of `versions` with everything that a page shows of them, in five queries."""
    return versions.select_related("lead_image", "reviewed_by").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("author")),
        "tags",
        "specialties",
        "lead_image__renditions",
    )


def show_version(article, version) -> None:
    """Put the words of `version` (of `whole`) on the article in memory; it is not to be saved."""
    options = article._meta
    for name in (*SNAPSHOT_COLUMNS, *DERIVED_COLUMNS):
        field = options.get_field(name)
        if field.attname in article.__dict__:
            setattr(article, field.attname, getattr(version, field.attname))
            if field.is_relation:
                setattr(article, name, getattr(version, name))
    article._prefetched_objects_cache = {
        **getattr(article, "_prefetched_objects_cache", {}),
        **version._prefetched_objects_cache,
    }
