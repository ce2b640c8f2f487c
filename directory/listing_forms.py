"""What editors type of a practitioner."""

import base64
import binascii

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from directory.listing import check_slug
from directory.models import Practitioner
from directory.npi import validate_npi, without_separators
from directory.portraits import clean_photo, portrait_of

ACCEPTED_TYPES = "image/jpeg,image/png,image/webp,image/avif"
PHOTO_FIELDS = frozenset({"photo", "photo_focus_x", "photo_focus_y"})


class PhotoInput(forms.ClearableFileInput):
    """The file, the square that is shown now, and a box to take it away."""

    is_kept = False

    def render(self, name, value, attrs=None, renderer=None):
        """Its template stands beside the site's others."""
        context = self.get_context(name, value, attrs)
        if self.is_initial(value):
            context["portrait"] = portrait_of(value.instance, size_px=320)
        return render_to_string(
            "directory/admin/_photo_input.html", {**context, "is_kept": self.is_kept}
        )


class PractitionerForm(forms.ModelForm):
    """A listing. A photo that was chosen outlives a mistake elsewhere in the form.

    No browser sends a file again that the server did not keep, and a file of a form that is never
    sent again would stay for good: so the cleaned photo travels with the form, in `photo_kept`.
    """

    # With room for spaces and dashes, and for a digit too many, which a browser would cut off.
    npi = forms.CharField(
        label=Practitioner._meta.get_field("npi").verbose_name,
        help_text=Practitioner._meta.get_field("npi").help_text,
        max_length=20,
        required=False,
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=PhotoInput(attrs={"accept": ACCEPTED_TYPES}),
        help_text=_(
            "JPEG, PNG, WebP or AVIF, at most 30 MB and 40 million pixels. What a camera wrote "
            "into it, such as the place, is taken out."
        ),
    )
    photo_kept = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        widgets = dict.fromkeys(
            ("specialties", "languages", "insurers"), forms.CheckboxSelectMultiple
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.photo_before = self.instance.photo.name or ""

    def clean_npi(self):
        npi = without_separators(self.cleaned_data["npi"])
        if npi:
            validate_npi(npi)
        return npi

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        check_slug(slug, practitioner=self.instance)
        return slug

    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        if isinstance(photo, UploadedFile):
            photo = clean_photo(photo)
            self._keep(photo)
        elif photo is not False and (kept := self.data.get(self.add_prefix("photo_kept"))):
            photo = _unpacked(kept)
            self.fields["photo"].widget.is_kept = True
        return photo

    def clean(self):
        super().clean()
        values = self.cleaned_data
        if values.get("photo") and not values.get("photo_consent"):
            self.add_error("photo_consent", _("Say who agreed that the photo is shown, and when."))
        return values

    def has_new_photo(self) -> bool:
        """Whether another file, another cut of it, or none is to be stored."""
        is_kept = bool(self.cleaned_data.get("photo_kept")) and self.cleaned_data["photo"]
        return bool(is_kept) or not PHOTO_FIELDS.isdisjoint(self.changed_data)

    def _keep(self, photo: ContentFile) -> None:
        self.fields["photo"].widget.is_kept = True
        self.data = self.data.copy()
        self.data[self.add_prefix("photo_kept")] = base64.b64encode(photo.read()).decode()
        photo.seek(0)


def _unpacked(kept: str) -> ContentFile:
    try:
        content = base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValidationError(_("Please choose the photo again."), code="photo_lost") from error
    return clean_photo(ContentFile(content, name="photo.jpg"))
