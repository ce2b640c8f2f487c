"""The image library: a file cannot lose its credit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Image(models.Model):
    """One picture. `file` is the cleaned original; `renditions` are made from it by a task."""

    title = models.CharField(_("title"), max_length=120, help_text=_("For editors."))
    # NULL where there is none, since whatever is written is unique.
    key = models.SlugField(max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001
    file = models.ImageField(
        _("file"), upload_to="images/%Y/%m/", width_field="width_px", height_field="height_px"
    )
    width_px = models.PositiveIntegerField(editable=False, default=0)
    height_px = models.PositiveIntegerField(editable=False, default=0)
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
    credit = models.CharField(_("credit"), max_length=160)
    rights = models.CharField(_("rights"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(credit=""), name="articles_image_has_credit"
            ),
            models.CheckConstraint(
                condition=models.Q(is_decorative=True) | ~models.Q(alt_text=""),
                name="articles_image_has_alt_text_or_is_decorative",
            ),
        ]

    def __str__(self):
        return self.title


class Rendition(models.Model):
    """A smaller file of an image, for a phone or a column."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")
    file = models.FileField(upload_to="renditions/%Y/%m/")
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()

    class Meta:
        ordering = ["width_px"]
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "width_px"], name="articles_rendition_once_a_width"
            )
        ]

    def __str__(self):
        return f"{self.image} at {self.width_px} px"
