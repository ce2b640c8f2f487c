"""Articles, and which of them the public may read."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.authors import Author, Byline
from articles.models.images import Image
from articles.models.versions import VersionedQuerySet
from directory.models import Specialty


class ArticleQuerySet(VersionedQuerySet):
    """Which articles: named by what a visitor may see."""

    def published(self, *, at=None):
        """Those that the public may read at the moment `at` (now): the clock alone decides.

        A next version whose time has come is shown on its article (`VersionedQuerySet`).
        """
        at = at or timezone.now()
        return self.shown(at=at).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            status=Article.Status.PUBLISHED,
            published_at__lte=at,
        )

    def scheduled(self, *, at=None):
        """Those that the public will be able to read at some moment after `at` (now).

        A next version with a time to come is one of them.
        """
        at = at or timezone.now()
        public = Article.Status.PUBLISHED
        return self.filter(
            Q(status=public, published_at__gt=at)
            | Q(next_of__status=public, next_of__next_version_at__gt=at)
        )

    def expired(self, *, at=None):
        """Those whose end has come at the moment `at` (now)."""
        at = at or timezone.now()
        return self.filter(
            status=Article.Status.PUBLISHED, published_at__lte=at, expires_at__lte=at
        )

    def featured(self):
        """Those that the editors put first on the home page, in their order."""
        return self.filter(feature__isnull=False).order_by("feature__position", "pk")

    def due_for_review(self, *, on):
        """Those whose next medical review was to be on the day `on` or before.

        A next version is due with its article, not beside it.
        """
        return self.filter(next_of__isnull=True, next_review_on__lte=on)

    def dated(self, *, since, before):
        """Those whose date of publication is `since` or later, and earlier than `before`."""
        return self.filter(published_at__gte=since, published_at__lt=before)

    def newest_first(self):
        """A total order for lists."""
        return self.order_by("-published_at", "-pk")

    def for_list(self):
        """What a list shows of each, in three queries at most; bodies stay where they are."""
        return (
            self.defer("body", "search_text")
            .select_related("lead_image")
            .prefetch_related(
                Prefetch("bylines", Byline.objects.select_related("author")),
                "lead_image__renditions",
            )
        )


class Article(models.Model):
    """A piece: headline, dek and body. Scheduled and expired are derived from the dates."""

    class CommentHold(models.TextChoices):
        ALL = "all", _("All")
        FIRST = "first", _("From who writes for the first time")
        LINKS = "links", _("With links")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    headline = models.CharField(_("headline"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    dek = models.TextField(_("dek"), blank=True, help_text=_("The line under the headline."))
    body = models.TextField(_("body"), blank=True)
    summary = models.CharField(
        _("summary for search engines"), max_length=200, blank=True, help_text=_("Plain text.")
    )
    lead_image = models.ForeignKey(
        Image,
        models.PROTECT,
        verbose_name=_("lead image"),
        related_name="leads",
        null=True,
        blank=True,
    )
    lead_caption = models.TextField(
        _("caption of the lead image"), blank=True, help_text=_("Empty: the image's own.")
    )
    authors = models.ManyToManyField(Author, through="articles.Byline", related_name="articles")
    tags = TaggableManager(verbose_name=_("tags"), blank=True)
    specialties = models.ManyToManyField(
        Specialty, verbose_name=_("specialties"), related_name="articles", blank=True
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, editable=False)
    revised_at = models.DateTimeField(_("revised at"), null=True, blank=True)
    revision_note = models.CharField(
        _("what changed"), max_length=200, blank=True, help_text=_("Readers see it.")
    )
    reviewed_by = models.ForeignKey(
        Author,
        models.PROTECT,
        verbose_name=_("medically reviewed by"),
        related_name="reviewed_articles",
        null=True,
        blank=True,
    )
    last_reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(_("next review on"), null=True, blank=True)
    takes_comments = models.BooleanField(_("takes comments"), default=True)
    comment_hold = models.CharField(
        _("comments that wait for a moderator"),
        max_length=10,
        choices=CommentHold.choices,
        blank=True,
        help_text=_("Empty: as on the whole site."),
    )
    comments_close_after_days = models.PositiveSmallIntegerField(
        _("days in which it takes comments"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(9_999)],
        help_text=_("Counted from publication. Empty: as on the whole site; 0: for ever."),
    )
    next_of = models.OneToOneField(
        "self",
        models.CASCADE,
        related_name="next_version",
        null=True,
        editable=False,
        help_text="The article whose next version this row is; never public by itself.",
    )
    next_version_at = models.DateTimeField(
        null=True, editable=False, help_text="From when readers get the next version."
    )
    is_demonstration = models.BooleanField(default=False, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    search_text = models.TextField(editable=False, blank=True, help_text="Folded words.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"]),
            # Every page asks now and then whether there is one.
            models.Index(
                fields=["is_demonstration"],
                condition=Q(is_demonstration=True),
                name="articles_article_demo",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="articles_article_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=F("published_at")),
                name="articles_article_expires_after_publication",
            ),
            models.CheckConstraint(
                condition=Q(next_of__isnull=True) | Q(status__in=["draft", "in_review"]),
                name="articles_article_next_version_is_not_public",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(last_reviewed_on__isnull=False),
                name="articles_article_review_has_day",
                violation_error_message=_("Say on which day it was reviewed."),
            ),
            models.CheckConstraint(
                condition=Q(next_review_on__isnull=True)
                | Q(last_reviewed_on__isnull=True)
                | Q(next_review_on__gt=F("last_reviewed_on")),
                name="articles_article_next_review_after_last",
                violation_error_message=_("The next review comes after the last one."),
            ),
        ]

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("articles:article", args=[self.slug])

    def is_published(self, *, at=None):
        """The same rule as `ArticleQuerySet.published`."""
        at = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at <= at
            and (self.expires_at is None or self.expires_at > at)
        )

    def is_due_for_review(self, *, on):
        """The same rule as `ArticleQuerySet.due_for_review`."""
        is_dated = self.next_of_id is None and self.next_review_on is not None
        return is_dated and self.next_review_on <= on

    def comments_close_at(self):
        """From when on it takes no comments; None where that is never, or not known yet."""
        days = self.comments_close_after_days
        if days is None:
            days = settings.COMMENTS_CLOSE_AFTER_DAYS
        if not days or self.published_at is None:
            return None
        try:
            return self.published_at + timedelta(days=days)
        except OverflowError:  # An archive may hold any date, and a preview shows it.
            return None

    def is_open_for_comments(self, *, at):
        """Whether its editors let it take any, and its time for them is not over."""
        end = self.comments_close_at()
        return self.takes_comments and (end is None or at < end)

    def changed_at(self):
        """The last change that readers are told of; not the last write of the row."""
        return max(self.published_at, self.revised_at or self.published_at)


class Feature(models.Model):
    """An article's place at the head of the home page, which shows it while it is public.

    Apart from the article's own fields: it belongs to the home page, not to a version of the text.
    """

    article = models.OneToOneField(
        Article,
        models.CASCADE,
        verbose_name=_("article"),
        related_name="feature",
        # A next version stands there with its article.
        limit_choices_to={"next_of__isnull": True},
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("The lowest stands first.")
    )

    class Meta:
        ordering = ["position", "article"]
        verbose_name = _("featured article")
        verbose_name_plural = _("featured articles")

    def __str__(self):
        return self.article.headline


class ArticlePath(models.Model):
    """A slug that an article once had: its address redirects for good."""

    slug = models.SlugField(max_length=120, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="paths")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug
