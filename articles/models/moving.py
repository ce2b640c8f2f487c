"""What came from another site, and the addresses that its pages had there."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles.models.articles import Article
from articles.models.authors import Author
from articles.models.images import Image
from directory.models.uploads import Upload

LONGEST_PATH = 600


class ImportedItem(models.Model):
    """What a row of ours was on another site, so that the next export finds it again.

    `digests` are those of what that site said, by field; `left` says how the import left our row,
    so that a change by an editor is known. The row may be deleted since: it is not made again.
    """

    class Kind(models.TextChoices):
        AUTHOR = "author", _("Author")
        PICTURE = "picture", _("Picture")
        ARTICLE = "article", _("Article")

    source = models.CharField(max_length=200, help_text="Host and path of the other site.")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    old_id = models.CharField(max_length=300)
    article = models.ForeignKey(Article, models.SET_NULL, related_name="+", null=True)
    author = models.ForeignKey(Author, models.SET_NULL, related_name="+", null=True)
    image = models.ForeignKey(Image, models.SET_NULL, related_name="+", null=True)
    digests = models.JSONField(default=dict)
    left = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "old_id"], name="articles_imported_item_once"
            )
        ]

    def __str__(self):
        return f"{self.source} {self.kind} {self.old_id}"


def _only_one(*names: str) -> Q:
    """That one of the columns has a value and the others have none."""
    cases = (Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names)
    return reduce(or_, cases)


class OldAddress(models.Model):
    """A path that a page or a picture had on another site; it leads for good to what that is now.

    `path` is as `articles.old_addresses` writes it, with a number such as "?p=7" where the address
    had one.
    """

    path = models.CharField(_("path"), max_length=LONGEST_PATH, unique=True)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="old_addresses", null=True, blank=True
    )
    author = models.ForeignKey(
        Author, models.CASCADE, related_name="old_addresses", null=True, blank=True
    )
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+", null=True, blank=True)
    image = models.ForeignKey(
        Image, models.CASCADE, related_name="old_addresses", null=True, blank=True
    )

    class Meta:
        verbose_name = _("address on another site")
        verbose_name_plural = _("addresses on another site")
        constraints = [
            models.CheckConstraint(
                condition=_only_one("article", "author", "tag", "image"),
                name="articles_old_address_leads_to_one",
            )
        ]

    def __str__(self):
        return self.path


class WordPressImport(Upload):
    """A WordPress export; what it holds are items. `noted` counts those with something to say."""

    pages = models.CharField(_("pages"), max_length=8)
    total = models.PositiveIntegerField(_("items"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    noted = models.PositiveIntegerField(_("with notes"), default=0)

    class Meta(Upload.Meta):
        verbose_name = _("import from WordPress")
        verbose_name_plural = _("imports from WordPress")

    @property
    def done(self) -> int:
        return self.taken + self.skipped
