"""Comments on articles. Nothing is public that is not approved."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Greatest, Lower, StrIndex
from django.db.models.lookups import GreaterThan
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.excerpts import shortened
from comments.models.shown import Shown
from directory.models import License, Practitioner

LONGEST_NAME = 80
LONGEST_BODY = 10_000
# All that readers see of a comment and of who wrote it.
SHOWN_COLUMNS = (
    *("article_id", "parent_id", "commenter_name", "body", "website"),
    *("status", "created_at", "edited_at"),
    *(f"practitioner__{name}" for name in ("name", "letters", "slug", "listing")),
    *(f"editor__{name}" for name in ("first_name", "last_name")),
)

# What decides where a comment stands in a thread.
OUTLINE_COLUMNS = ("pk", "parent_id", "status", "is_closed", "decided_at", "withdrawn_at")
THREAD_COLUMNS = (
    *("pk", "commenter_name", "body", "website", "status", "created_at", "edited_at"),
    "is_licensed",
    *("editor", "editor__first_name", "editor__last_name", "practitioner"),
    *(f"practitioner__{name}" for name in ("name", "letters", "slug", "listing")),
)


class CommentQuerySet(models.QuerySet):
    """Which comments: named by what a visitor may see."""

    def approved(self):
        """Those that the public may read. Every public page and count starts from here."""
        return self.filter(status=Comment.Status.APPROVED)

    def pending(self):
        """Those that wait for a moderator, longest first."""
        return self.filter(status=Comment.Status.PENDING).order_by("created_at", "pk")

    def told_of_news(self):
        """Those whose writers may get mail about them: the address is proven to be theirs."""
        return self.filter(proven_at__isnull=False, withdrawn_at=None).exclude(commenter_email="")

    def of_address(self, address):
        """Those whose writer gave this address, in small or large letters; an index serves it."""
        same = self.alias(address=Lower("commenter_email")).exclude(commenter_email="")
        # Lowered by the database on both sides: it need not know more small letters than ASCII's.
        return same.filter(address=Lower(Value(address.strip())))

    def public(self, *, at):
        """Those that the public may read on an article that it may read."""
        return self.approved().filter(article__in=Article.objects.published(at=at))

    def with_licenses(self):
        """With `is_licensed` in the same query, as `Comment.is_licensed` is for one alone."""
        checked = License.objects.checked(on=localdate())
        held = checked.filter(practitioner=OuterRef("practitioner"))
        return self.annotate(is_licensed=Exists(held))

    def for_outline(self):
        """What the shape of a thread depends on, oldest first: tuples of `OUTLINE_COLUMNS`.

        Beside the approved ones those that somebody answered, since they may leave a placeholder.
        """
        is_answered = Exists(Comment.objects.filter(parent=OuterRef("pk")))
        return (
            self.filter(Q(status=Comment.Status.APPROVED) | is_answered)
            .order_by("created_at", "pk")
            .values_list(*OUTLINE_COLUMNS)
        )

    def for_thread(self):
        """The words of approved ones: tuples of `THREAD_COLUMNS`, in no order.

        The address of a commenter stays in the database.
        """
        return self.approved().with_licenses().order_by().values_list(*THREAD_COLUMNS)

    def for_feed(self):
        """What a feed shows, in one query: what last changed for readers first.

        Each has `changed_at`, when it became public or its writer changed it. So a comment that
        waited long is not missed. The addresses stay in the database.
        """
        moments = ("decided_at", "edited_at")
        changed = (Coalesce(moment, "created_at") for moment in moments)
        return (
            self.approved()
            .with_licenses()
            .annotate(changed_at=Greatest("created_at", *changed))
            .select_related("practitioner", "editor", "parent")
            .only(*SHOWN_COLUMNS, "parent__status")
            .order_by("-changed_at", "-pk")
        )


def _contains(*marks: str):
    """Whether the body holds one of `marks`, reckoned by the database whoever writes the row."""
    found = (GreaterThan(StrIndex("body", Value(mark)), 0) for mark in marks)
    return models.GeneratedField(
        expression=reduce(or_, map(Q, found)),
        output_field=models.BooleanField(),
        db_persist=True,
    )


class Comment(Shown, models.Model):
    """One comment. `commenter_email` is never shown, hashed into a page, or sent anywhere.

    Its writer is known by the signed links that went to that address (`comments.links`). A comment
    that its writer withdrew is removed with `withdrawn_at`; an erased one holds no words besides.
    """

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
        _("status"), max_length=10, choices=Shown.Status.choices, default=Shown.Status.PENDING
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
    website = models.URLField(
        _("web site"), blank=True, help_text=_("Asked for by a setting only; it is published.")
    )
    proven_at = models.DateTimeField(
        _("address proven"),
        null=True,
        editable=False,
        help_text="When the writer followed the link that was mailed to the address.",
    )
    wants_decision = models.BooleanField(
        default=False, editable=False, help_text="Mail about the decision, once proven."
    )
    wants_replies = models.BooleanField(
        default=False, editable=False, help_text="Mail about replies, once proven."
    )
    network_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of the sender's network, forgotten after a while.",
    )
    screening = models.JSONField(
        default=list,
        editable=False,
        help_text="Why the screening held it or took it for spam; `comments.screening` words it.",
    )
    is_closed = models.BooleanField(
        _("closed"), default=False, help_text=_("It and what stands below it take no answers.")
    )
    edited_at = models.DateTimeField(_("changed by its writer"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn by its writer"), null=True, editable=False)
    has_question = _contains("?", "\uff1f", "\u061f")
    has_link = _contains("://", "www.")
    body_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of its letters: that of a copy. Empty for what is too short.",
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
            # What is held for an address, however it was typed.
            models.Index(Lower("commenter_email"), name="comments_comment_address"),
            # Of all rows: SQLite cannot tell that a key it is asked for is not the empty one.
            models.Index(fields=["network_key", "created_at"], name="comments_comment_network"),
            models.Index(fields=["body_key", "created_at"], name="comments_comment_copies"),
            models.Index(fields=["decided_at", "id"], name="comments_comment_decided"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(editor__isnull=True) | Q(practitioner__isnull=True),
                name="comments_comment_is_an_editors_or_a_practitioners",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(status="removed"),
                name="comments_comment_withdrawn_is_removed",
            ),
        ]

    def __str__(self):
        return f"{self.commenter_name or _('Anonymous')}: {shortened(self.body, 60)}"

    def get_absolute_url(self):
        """The address that leads to it wherever it stands by then."""
        return reverse("comments:comment", args=[self.pk])

    def is_told_of_news(self):
        """The same rule as `CommentQuerySet.told_of_news`."""
        return bool(self.commenter_email and self.proven_at and not self.withdrawn_at)

    def is_erased(self):
        """Whether everything was erased for its writer: what is withdrawn alone keeps its words."""
        return self.withdrawn_at is not None and not (self.body or self.commenter_email)

    @cached_property
    def is_licensed(self):
        """Whether its practitioner holds a checked license today. A query, but `with_licenses`."""
        held = License.objects.filter(practitioner=self.practitioner_id)
        return held.checked(on=localdate()).exists()
