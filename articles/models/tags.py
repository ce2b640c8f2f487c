"""What tags have beside their names, which taggit keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag


class TagPath(models.Model):
    """A slug that a tag once had, or one that was merged into it: its addresses redirect for good.

    A name that makes this slug means the tag, too, where no other one has that name by now.
    """

    slug = models.SlugField(max_length=100, unique=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="paths")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug
