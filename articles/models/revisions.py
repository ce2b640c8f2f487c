"""What was saved of an article, and what an editor has typed since (docs/decisions, 15)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


class Revision(models.Model):
    """An article's words as they were once saved; never changed afterwards.

    It belongs to the article, also when it holds words of its next version.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    is_of_next_version = models.BooleanField(_("of the next version"), default=False)
    snapshot = models.JSONField(help_text="As `articles.snapshots.snapshot_of` makes it.")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        ordering = ["-number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="articles_revision_number_once"
            )
        ]

    def __str__(self):
        return f"{self.article}, {self.number}"


class Draft(models.Model):
    """What an editor has typed and not yet saved: kept by the page itself, shown to nobody else
    but editors, and apart from what is published.

    `version` counts the writes, so that two windows of one editor cannot overwrite each other.
    """

    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="drafts",
        null=True,
        help_text="None for an article that was never saved.",
    )
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fields = models.JSONField(help_text="The form as typed: lists of strings by field.")
    base_number = models.PositiveIntegerField(
        default=0, help_text="The number of the revision that it was typed upon; 0 for none."
    )
    version = models.PositiveIntegerField(default=1)
    typed_at = models.DateTimeField(_("typed at"))
    set_aside_at = models.DateTimeField(
        null=True, help_text="When it lost against another version; it is kept to be looked at."
    )

    class Meta:
        ordering = ["-typed_at", "-pk"]
        verbose_name = _("unsaved words")
        verbose_name_plural = _("unsaved words")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "editor"],
                condition=Q(set_aside_at__isnull=True),
                name="articles_draft_one_in_hand",
            )
        ]

    def __str__(self):
        return self.headline

    @property
    def headline(self):
        """As typed so far; may be empty."""
        return " ".join(self.fields.get("headline", []))
