"""Public identities, and their place on an article."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Practitioner


class Author(models.Model):
    """Who stands under a headline. Not an account: an editor may publish for many authors."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=140, unique=True)
    letters = models.CharField(_("letters"), max_length=60, blank=True)
    role = models.CharField(_("role"), max_length=80, blank=True)
    bio = models.TextField(_("about"), blank=True, help_text=_("Plain text."))
    practitioner = models.OneToOneField(
        Practitioner,
        models.SET_NULL,
        verbose_name=_("practitioner"),
        related_name="author",
        null=True,
        blank=True,
        help_text=_("The same person in the directory: each page then leads to the other."),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("articles:author", args=[self.slug])

    def name_with_letters(self):
        return f"{self.name}, {self.letters}" if self.letters else self.name


class AuthorPath(models.Model):
    """A slug that an author once had: its addresses redirect for good."""

    slug = models.SlugField(max_length=140, unique=True)
    author = models.ForeignKey(Author, models.CASCADE, related_name="paths")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug


class Byline(models.Model):
    """One author's ordered place on one article, and what that person did for it."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        RESEARCH = "research", _("Research")
        TRANSLATION = "translation", _("Translation")
        ILLUSTRATION = "illustration", _("Illustration")
        PHOTOGRAPHY = "photography", _("Photography")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.AUTHOR)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="articles_byline_once")
        ]

    def __str__(self):
        return self.author.name

    def is_author(self):
        """Whether the person wrote it, rather than helped with it."""
        return self.role == self.Role.AUTHOR
