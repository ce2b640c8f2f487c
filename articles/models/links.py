"""What is known of the addresses that articles link to on other sites."""

import hashlib

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class OutsideLinkQuerySet(models.QuerySet):
    """Which addresses."""

    def in_use(self):
        """Those that an article has."""
        uses = OutsideLink.articles.through.objects.filter(outsidelink=OuterRef("pk"))
        return self.filter(Exists(uses))

    def due(self, *, before, silent_before=None):
        """Those in use that were last looked at before `before`, or never: longest ago first.

        Those that did not answer then are due when that was before `silent_before`.
        """
        is_due = Q(checked_at__isnull=True) | Q(checked_at__lt=before)
        if silent_before:
            is_due |= Q(verdict=OutsideLink.Verdict.UNREACHABLE, checked_at__lt=silent_before)
        return self.in_use().filter(is_due).order_by(F("checked_at").asc(nulls_first=True), "pk")


class OutsideLink(models.Model):
    """One address, shared by the articles that link to it, and how its last check ended."""

    class Verdict(models.TextChoices):
        UNCHECKED = "unchecked", _("Not checked yet")
        ALIVE = "alive", _("Answers")
        MOVED = "moved", _("Has moved for good")
        DEAD = "dead", _("Is gone")
        UNREACHABLE = "unreachable", _("Does not answer")
        REFUSED = "refused", _("Is not checked")

    url = models.TextField(_("address"))
    # An index on the address itself would have a limit to its length in PostgreSQL.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    articles = models.ManyToManyField("articles.Article", related_name="outside_links")
    verdict = models.CharField(
        _("verdict"), max_length=12, choices=Verdict.choices, default=Verdict.UNCHECKED
    )
    status_code = models.PositiveSmallIntegerField(_("status code"), null=True, blank=True)
    location = models.TextField(
        _("new address"), blank=True, help_text=_("Where it has moved for good.")
    )
    failures = models.PositiveSmallIntegerField(
        _("failures"), default=0, help_text=_("How many checks in a row got no answer.")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True, db_index=True)

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        ordering = ["url", "pk"]
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")

    def __str__(self):
        return self.url[:200]


def digest_of(url: str) -> str:
    """What an address is found by."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
