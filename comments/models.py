"""Comments on articles. Nothing is public before a moderator has approved it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from directory.models import Practitioner

LONGEST_NAME = 80
LONGEST_BODY = 10_000


class CommentQuerySet(models.QuerySet):
    """Which comments: named by what a visitor may see."""

    def approved(self):
        """Those that the public may read. Every public page and count starts from here."""
        return self.filter(status=Comment.Status.APPROVED)

    def pending(self):
        """Those that wait for a moderator, longest first."""
        return self.filter(status=Comment.Status.PENDING).order_by("created_at", "pk")

    def for_thread(self):
        """What a thread shows, oldest first, in one query.

        Beside the approved ones those that somebody answered, since they may leave a placeholder.
        The address of a commenter stays in the database.
        """
        is_answered = Exists(Comment.objects.filter(parent=OuterRef("pk")))
        return (
            self.filter(Q(status=Comment.Status.APPROVED) | is_answered)
            .select_related("practitioner", "editor")
            .only(
                *("article_id", "parent_id", "commenter_name", "body", "status", "created_at"),
                *(f"practitioner__{name}" for name in ("name", "letters", "slug", "listing")),
                *(f"editor__{name}" for name in ("first_name", "last_name")),
            )
            .order_by("created_at", "pk")
        )


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
        _("name"), max_length=LONGEST_NAME, blank=True, help_text=_("Empty: Anonymous.")
    )
    commenter_email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never published."))
    body = models.TextField(_("comment"), max_length=LONGEST_BODY, help_text=_("Plain text."))
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
    # Null for what was not sent through the form: any number of rows may have none.
    submission_key = models.CharField(  # noqa: DJ001
        max_length=64, unique=True, null=True, editable=False
    )
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

    def shown_name(self):
        """The name that readers see: that of the listing for a checked practitioner who is listed.

        Without a listing the comment stands under what was typed.
        """
        if self.editor_id:
            return self.commenter_name or self.editor.get_full_name() or _("The editors")
        if self.has_listing():
            return self.practitioner.name
        return self.commenter_name or _("Anonymous")

    def shown_letters(self):
        """The letters after the name, which nobody gets by typing them."""
        return self.practitioner.letters if self.has_listing() else ""

    def has_listing(self):
        """Whether it is a practitioner's whose listing everybody can see."""
        return self.practitioner_id is not None and self.practitioner.is_listed()


class ModerationAction(models.Model):
    """What a moderator did to a comment, and when. `comments.moderation` writes it."""

    comment = models.ForeignKey(
        Comment, models.CASCADE, verbose_name=_("comment"), related_name="moderation_actions"
    )
    from_status = models.CharField(
        _("from"), max_length=10, choices=Comment.Status.choices, blank=True
    )
    to_status = models.CharField(_("to"), max_length=10, choices=Comment.Status.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("by"),
        related_name="moderation_actions",
        null=True,
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("moderation action")
        verbose_name_plural = _("moderation actions")

    def __str__(self):
        return f"{self.get_to_status_display()}: {self.comment_id}"
