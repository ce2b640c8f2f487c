"""Comments on articles. Nothing is public before a moderator has approved it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from directory.models import Practitioner


class CommentQuerySet(models.QuerySet):
    """Which comments: named by what a visitor may see."""

    def approved(self):
        """Those that the public may read. Every public page and count starts from here."""
        return self.filter(status=Comment.Status.APPROVED)

    def pending(self):
        """Those that wait for a moderator, longest first."""
        return self.filter(status=Comment.Status.PENDING).order_by("created_at", "pk")

    def in_thread_order(self):
        """Oldest first, with everything that a thread shows in the same query."""
        return self.select_related("practitioner", "editor").order_by("created_at", "pk")


class Comment(models.Model):
    """One comment. `commenter_email` is never shown, hashed into a page, or sent anywhere."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        APPROVED = "approved", _("Approved")
        SPAM = "spam", _("Spam")
        REMOVED = "removed", _("Removed")

    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name=_("article"), related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        models.RESTRICT,
        verbose_name=_("in reply to"),
        related_name="replies",
        null=True,
        blank=True,
    )
    commenter_name = models.CharField(
        _("name"), max_length=80, blank=True, help_text=_("Empty: Anonymous.")
    )
    commenter_email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never published."))
    body = models.TextField(_("comment"), max_length=10_000, help_text=_("Plain text."))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PENDING
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("editor"),
        related_name="comments",
        null=True,
        blank=True,
        help_text=_("Set when this is the editors' answer."),
    )
    practitioner = models.ForeignKey(
        Practitioner,
        models.SET_NULL,
        verbose_name=_("practitioner"),
        related_name="comments",
        null=True,
        blank=True,
        help_text=_("Set when an editor has made sure that this practitioner wrote it."),
    )
    submission_key = models.CharField(max_length=64, unique=True, null=True, editable=False)
    created_at = models.DateTimeField(_("written"))
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="decided_comments",
        null=True,
        editable=False,
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["article", "status", "created_at", "id"]),
            models.Index(fields=["status", "created_at", "id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(editor__isnull=True) | Q(practitioner__isnull=True),
                name="comments_comment_is_an_editors_or_a_practitioners",
            )
        ]

    def __str__(self):
        return f"{self.commenter_name or _('Anonymous')}: {self.body[:60]}"

    def get_absolute_url(self):
        return f"{self.article.get_absolute_url()}#comment-{self.pk}"

    def is_approved(self):
        """The same rule as `CommentQuerySet.approved`."""
        return self.status == self.Status.APPROVED
