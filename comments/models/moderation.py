"""How comments are kept in order: what was done, what readers report, what is held."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment


class ModerationAction(models.Model):
    """What was done to a comment, when, by whom and why. `comments.moderation` writes it.

    Without `by` it was its writer, the owner of its address, or the site itself; `act` tells them
    apart.
    """

    class Act(models.TextChoices):
        DECIDED = "decided", _("Decided")
        UNDONE = "undone", _("Undone")
        SCREENED = "screened", _("Screened")
        REPORTED = "reported", _("Held after reports")
        EDITED = "edited", _("Changed by its writer")
        WITHDRAWN = "withdrawn", _("Withdrawn by its writer")
        ERASED = "erased", _("Erased for its writer")
        CLOSED = "closed", _("Closed for answers")
        REOPENED = "reopened", _("Opened for answers")
        BANNED = "banned", _("Its writer was banned")
        DISOWNED = "disowned", _("Did not write it")

    # These change neither the status of a comment nor its words.
    BESIDE = (Act.CLOSED, Act.REOPENED, Act.BANNED, Act.DISOWNED)

    comment = models.ForeignKey(
        Comment, models.CASCADE, verbose_name=_("comment"), related_name="moderation_actions"
    )
    act = models.CharField(_("act"), max_length=10, choices=Act.choices, default=Act.DECIDED)
    from_status = models.CharField(
        _("from"), max_length=10, choices=Comment.Status.choices, blank=True
    )
    to_status = models.CharField(_("to"), max_length=10, choices=Comment.Status.choices)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("A code of `comments.reasons`, or words."),
    )
    batch = models.UUIDField(
        null=True, editable=False, help_text="The same for all that one click decided."
    )
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
        indexes = [
            models.Index(
                fields=["batch"],
                condition=Q(batch__isnull=False),
                name="comments_moderationaction_all",
            ),
            models.Index(fields=["at", "id"], name="comments_moderationaction_log"),
        ]

    def __str__(self):
        return f"{self.get_to_status_display()}: {self.comment_id}"


class Flag(models.Model):
    """A reader's report about a comment. It is open until a moderator decides about the comment."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising or spam")
        RUDE = "rude", _("Insulting or hateful")
        PRIVATE = "private", _("Tells private things about somebody")
        UNSAFE = "unsafe", _("Dangerous advice about health")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(
        Comment, models.CASCADE, verbose_name=_("comment"), related_name="flags"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    network_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="A keyed hash of the reader's network, forgotten after a while.",
    )
    created_at = models.DateTimeField(_("reported"))
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "network_key"],
                condition=Q(settled_at__isnull=True) & ~Q(network_key=""),
                name="comments_flag_once_a_network",
            )
        ]
        indexes = [
            models.Index(
                fields=["comment"],
                condition=Q(settled_at__isnull=True),
                name="comments_flag_open",
            )
        ]

    def __str__(self):
        return f"{self.get_reason_display()}: {self.comment_id}"


class Ban(models.Model):
    """Somebody whose comments are taken for spam. `value` depends on the kind.

    ADDRESS: the keyed hash of an e-mail address. SENDER: a comment's `network_key`. NETWORK: an
    IPv4 or IPv6 network as it is written, such as 192.0.2.0/24.
    """

    class Kind(models.TextChoices):
        ADDRESS = "address", _("E-mail address")
        SENDER = "sender", _("Network of a comment")
        NETWORK = "network", _("Network")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(_("value"), max_length=64)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("by"),
        related_name="comment_bans",
        null=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("since"), editable=False)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="comments_ban_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value[:18]}"


class Phrase(models.Model):
    """A word or a phrase that holds a comment, or makes it spam, wherever it stands in it."""

    class Effect(models.TextChoices):
        HOLD = "hold", _("Hold it")
        SPAM = "spam", _("Take it for spam")

    text = models.CharField(_("word or phrase"), max_length=200, unique=True)
    effect = models.CharField(
        _("effect"), max_length=10, choices=Effect.choices, default=Effect.HOLD
    )

    class Meta:
        ordering = ["text", "pk"]
        verbose_name = _("word to watch for")
        verbose_name_plural = _("words to watch for")

    def __str__(self):
        return self.text


class LearnedWords(models.Model):
    """What the moderators' decisions teach: one row, made anew from them by the screening."""

    spam_comments = models.PositiveIntegerField()
    ham_comments = models.PositiveIntegerField()
    counts = models.JSONField(help_text="By word: in how many spam and ham comments it stands.")
    learned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("learned words")
        verbose_name_plural = _("learned words")

    def __str__(self):
        return f"{self.spam_comments} / {self.ham_comments}"
