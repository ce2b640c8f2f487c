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
    limits = models.TextField(
        _("what it is not"),
        blank=True,
        help_text=_("What it does not replace, and when somebody should see a doctor first."),
    )
    first_visit = models.TextField(
        _("a first visit"), blank=True, help_text=_("What to expect and what to bring.")
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


class SpecialtyPath(models.Model):
    """A slug that a specialty once had, or one that was merged into it: its addresses redirect."""

    slug = models.SlugField(max_length=60, unique=True)
    specialty = models.ForeignKey(Specialty, models.CASCADE, related_name="paths")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug


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


class CredentialKind(models.Model):
    """What letters after a name stand for, wherever they stand: one entry of the glossary.

    A Credential is one person's; this is what all who have it share. Hours are those of training
    in acupuncture or needling: both None is "varies or not known", `hours_high` alone None is "and
    more".
    """

    class Category(models.TextChoices):
        LICENSE = "license", _("License or legal title")
        BOARD = "board", _("Board certification")
        DEGREE = "degree", _("Degree")
        CERTIFICATE = "certificate", _("Certificate of a course")
        MEMBERSHIP = "membership", _("Membership of a professional body")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    letters = models.CharField(_("letters"), max_length=40, help_text=_("As we write them."))
    spellings = models.TextField(
        _("other spellings"),
        blank=True,
        help_text=_("One on each line. Dots, spaces and capitals make no difference."),
    )
    name = models.CharField(_("in plain words"), max_length=120, unique=True)
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    issuer = models.CharField(_("issuer"), max_length=160)
    requirements = models.TextField(
        _("what it takes"), help_text=_("One or two plain sentences for patients.")
    )
    hours_low = models.PositiveIntegerField(
        _("training hours, from"),
        null=True,
        blank=True,
        help_text=_("In acupuncture or needling. Empty: it varies, or nobody has published it."),
    )
    hours_high = models.PositiveIntegerField(
        _("training hours, to"), null=True, blank=True, help_text=_("Empty: and more.")
    )
    source_name = models.CharField(_("source"), max_length=160)
    source_url = models.URLField(_("address of the source"))
    looked_up_on = models.DateField(
        _("looked up on"),
        null=True,
        blank=True,
        help_text=_("Empty: nobody has read the source for us yet."),
    )

    class Meta:
        ordering = ["letters", "pk"]
        verbose_name = _("kind of credential")
        verbose_name_plural = _("kinds of credentials")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours_low=None, hours_high=None)
                | models.Q(hours_low__isnull=False, hours_high=None)
                | models.Q(
                    hours_low__isnull=False,
                    hours_high__isnull=False,
                    hours_low__lte=models.F("hours_high"),
                ),
                name="directory_credential_kind_hours_in_order",
            )
        ]

    def __str__(self):
        return f"{self.letters}: {self.name}"

    def get_absolute_url(self):
        return f"{reverse('directory:letters')}#{self.slug}"
