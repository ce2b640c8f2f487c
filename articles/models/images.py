"""The image library: a file cannot lose its credit."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import Tag

from acutake.lib.text import fold


class ImageQuerySet(models.QuerySet):
    """Which images: named by what an editor still has to do about them."""

    def without_alternative(self):
        """Nobody has written a text for those who cannot see them, nor called them decorative."""
        return self.filter(alt_text="", is_decorative=False)

    def without_credit(self):
        """Nobody has said who made them."""
        return self.filter(credit="")

    def found_by(self, query: str):
        """Those with every word of the query in their facts or in one of their tags, without regard
        to case and accents. A query reads the names of all tags: no database folds as we do."""
        found, words = self, fold(query).split()
        names = list(Tag.objects.values_list("pk", "name")) if words else []
        folded = [(key, fold(name)) for key, name in names]
        images = Image.tags.through.objects.filter(
            content_type__app_label="articles", content_type__model="image"
        )
        for word in words:
            tagged = images.filter(tag__in=[key for key, name in folded if word in name])
            has_word = Q(search_text__contains=word) | Q(pk__in=tagged.values("object_id"))
            found = found.filter(has_word)
        return found

    def used(self):
        """Those that some article shows, in whatever state the article is."""
        return self.filter(Exists(ImageUse.objects.filter(image=OuterRef("pk"))))

    def unused(self):
        """Those that no article shows."""
        return self.filter(~Exists(ImageUse.objects.filter(image=OuterRef("pk"))))


class Image(models.Model):
    """One picture. `file` is the cleaned original; `renditions` are made from it by a task.

    Many pictures may be uploaded before anybody has described them, so a text and a credit may be
    missing here; `is_ready` says whether an article that shows the picture may be published.
    """

    title = models.CharField(_("title"), max_length=120, help_text=_("For editors."))
    # NULL where there is none, since whatever is written is unique.
    key = models.SlugField(max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001
    file = models.ImageField(
        _("file"), upload_to="images/%Y/%m/", width_field="width_px", height_field="height_px"
    )
    width_px = models.PositiveIntegerField(editable=False, default=0)
    height_px = models.PositiveIntegerField(editable=False, default=0)
    upload_sha256 = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_index=True,
        editable=False,
        help_text="Of the file as it was uploaded, so that the same one is known again.",
    )
    focal_x_percent = models.PositiveSmallIntegerField(
        _("focal point from the left, in percent"), null=True, blank=True
    )
    focal_y_percent = models.PositiveSmallIntegerField(
        _("focal point from the top, in percent"), null=True, blank=True
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=400,
        blank=True,
        help_text=_("What somebody who cannot see the picture needs to know of it."),
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It says nothing that the text does not.")
    )
    long_description = models.TextField(
        _("long description"), blank=True, help_text=_("Every label that is drawn in the picture.")
    )
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=160, blank=True)
    rights = models.CharField(_("rights"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    tags = TaggableManager(verbose_name=_("tags"), blank=True)
    search_text = models.TextField(editable=False, blank=True, help_text="Folded words.")
    renditions_made_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x_percent__isnull=True, focal_y_percent__isnull=True)
                | Q(
                    focal_x_percent__isnull=False,
                    focal_y_percent__isnull=False,
                    focal_x_percent__lte=100,
                    focal_y_percent__lte=100,
                ),
                name="articles_image_focal_point_within",
            ),
        ]

    def __str__(self):
        return self.title

    def refresh_search_text(self) -> None:
        """Fold the facts that `ImageQuerySet.found_by` looks at. Call it before every save."""
        facts = [self.title, self.alt_text, self.caption, self.credit, self.rights, self.source]
        self.search_text = fold("\n".join(facts))

    def has_alternative(self) -> bool:
        """A text for those who cannot see it, or the decision that none is needed."""
        return self.is_decorative or bool(self.alt_text)

    def focal_point(self) -> tuple[int, int] | None:
        """Percent from the left and from the top; None where nobody has chosen a point."""
        if self.focal_x_percent is None or self.focal_y_percent is None:
            return None
        return self.focal_x_percent, self.focal_y_percent

    def is_ready(self) -> bool:
        """Whether an article that shows it may be published: it has its alternative and credit."""
        return self.has_alternative() and bool(self.credit)


class ImageUse(models.Model):
    """That an article shows an image: its present text, or one that waits to become it.

    Written by `articles.usage`, so that the library can say where each picture is without reading
    every article. PROTECT: a picture in use cannot be deleted, whoever tries.
    """

    image = models.ForeignKey(Image, models.PROTECT, related_name="uses")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="image_uses")

    class Meta:
        verbose_name = _("use of an image")
        verbose_name_plural = _("uses of images")
        constraints = [
            models.UniqueConstraint(fields=["image", "article"], name="articles_image_use_once")
        ]

    def __str__(self):
        return f"{self.image} in {self.article}"


class Rendition(models.Model):
    """A smaller file of an image, whole for a phone or a column, or cut around its focal point."""

    class Shape(models.TextChoices):
        WHOLE = "whole", _("Whole")
        TEASER = "teaser", _("Cut for a list")
        CARD = "card", _("Cut for social networks")

    class Format(models.TextChoices):
        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"

    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")
    file = models.FileField(upload_to="renditions/%Y/%m/")
    shape = models.CharField(max_length=6, choices=Shape.choices, default=Shape.WHOLE)
    format = models.CharField(max_length=4, choices=Format.choices, default=Format.WEBP)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()

    class Meta:
        ordering = ["width_px", "pk"]
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "shape", "format", "width_px"],
                name="articles_rendition_once",
            )
        ]

    def __str__(self):
        return f"{self.image} at {self.width_px} px"
