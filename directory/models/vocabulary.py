"""The controlled lists that practitioners are described with."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MASK_BITS = 63


class SpecialtyQuerySet(models.QuerySet):
    """Which specialties."""

    def offered(self):
        """Those that at least one listed practitioner offers."""
        return self.filter(practitioners__listing="listed").distinct()


class Specialty(models.Model):
    """A kind of care that is offered. `bit` is its place in the search table's mask, for good."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.TextField(
        _("description"), help_text=_("Two or three plain sentences for patients.")
    )
    synonyms = models.TextField(
        _("synonyms"), blank=True, help_text=_("Words that patients use, one on each line.")
    )
    bit = models.PositiveSmallIntegerField(
        _("bit"), unique=True, validators=[MaxValueValidator(MASK_BITS - 1)], editable=False
    )

    objects = SpecialtyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bit__lt=MASK_BITS), name="directory_specialty_bit_fits_mask"
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("directory:specialty", args=[self.slug])


class Condition(models.Model):
    """What a patient seeks help for. It is found through the specialties that often see it."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.TextField(
        _("description"),
        help_text=_("One or two plain sentences on what it is; no promise that acupuncture helps."),
    )
    synonyms = models.TextField(
        _("synonyms"), blank=True, help_text=_("Words that patients use, one on each line.")
    )
    specialties = models.ManyToManyField(
        Specialty,
        related_name="conditions",
        verbose_name=_("specialties"),
        help_text=_("Kinds of care that often see it; a search for it finds all of these."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self):
        return self.name


class Insurer(models.Model):
    """A company or program that pays for care. `bit` is as that of a specialty."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    bit = models.PositiveSmallIntegerField(
        _("bit"), unique=True, validators=[MaxValueValidator(MASK_BITS - 1)], editable=False
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("insurer")
        verbose_name_plural = _("insurers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bit__lt=MASK_BITS), name="directory_insurer_bit_fits_mask"
            )
        ]

    def __str__(self):
        return self.name


class Language(models.Model):
    """A language that patients are treated in; `code` is its BCP 47 tag, `bit` as elsewhere."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    bit = models.PositiveSmallIntegerField(
        _("bit"), unique=True, validators=[MaxValueValidator(MASK_BITS - 1)], editable=False
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bit__lt=MASK_BITS), name="directory_language_bit_fits_mask"
            )
        ]

    def __str__(self):
        return self.name
