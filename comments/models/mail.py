"""What was mailed to whom, who wants no mail, and whose words were erased."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment


class Notice(models.Model):
    """One mail, so that it goes out once: `key` names its occasion.

    It holds no address: that of the comment, or of the moderator, is read when the mail is sent.
    """

    class Kind(models.TextChoices):
        PROOF = "proof", _("Link that proves the address")
        DECISION = "decision", _("News of the decision")
        REPLY = "reply", _("News of a reply")
        ABOUT = "about", _("Link to everything that is kept")
        DIGEST = "digest", _("Daily digest")

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    comment = models.ForeignKey(
        Comment,
        models.CASCADE,
        related_name="notices",
        null=True,
        help_text="The comment to whose writer it goes.",
    )
    reply = models.ForeignKey(
        Comment,
        models.CASCADE,
        related_name="notices_about",
        null=True,
        help_text="The reply that it tells of.",
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="comment_notices", null=True
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self):
        return self.key


class MailStop(models.Model):
    """An address that wants no more mail of a kind, known by a keyed hash alone."""

    class Scope(models.TextChoices):
        COMMENTS = "comments", _("News of one's comments")
        DIGEST = "digest", _("The moderators' digest")

    address_key = models.CharField(max_length=64)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mail stop")
        verbose_name_plural = _("mail stops")
        constraints = [
            models.UniqueConstraint(
                fields=["address_key", "scope"], name="comments_mailstop_once_a_scope"
            )
        ]

    def __str__(self):
        return self.get_scope_display()


class Erasure(models.Model):
    """An address whose comments were erased up to `erased_at`, known by a keyed hash alone."""

    address_key = models.CharField(max_length=64, unique=True)
    erased_at = models.DateTimeField()

    class Meta:
        ordering = ["-erased_at", "-pk"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self):
        return f"{self.erased_at:%Y-%m-%d}"
